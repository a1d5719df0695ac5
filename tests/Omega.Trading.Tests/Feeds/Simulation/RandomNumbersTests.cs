using Omega.Trading.Feeds;
using Omega.Trading.Statistics;

namespace Omega.Trading.Tests.Feeds.Simulation;

public sealed class RandomNumbersTests
{
    [Fact]
    public void Xoshiro_PublishedState_GivesThePublishedNumbers()
    {
        var random = new Xoshiro256(1, 2, 3, 4);
        Assert.Equal([11520UL, 0UL, 1509978240UL, 1215971899390074240UL], new[] { random.Next(), random.Next(), random.Next(), random.Next() });
    }

    [Fact]
    public void SplitMix_PublishedSeed_GivesThePublishedNumbers()
    {
        var state = 1234567UL;
        Assert.Equal([6457827717110365317UL, 3203168211198807973UL, 9817491932198370423UL], new[] { Xoshiro256.Mix(ref state), Xoshiro256.Mix(ref state), Xoshiro256.Mix(ref state) });
    }

    [Fact]
    public void Fill_TwoMillion_FollowTheNormalLaw()
    {
        var (random, numbers) = (new Xoshiro256(99), new double[2_000_000]);
        StandardNormal.Fill(ref random, numbers);

        // 3.4426 is where the ziggurat's tail begins.
        foreach (var bound in (double[])[-4, -3.5, -3, -2, -1, -0.3, 0, 0.1, 0.5, 1, 1.7, 2.5, 3, 3.4426, 3.8, 4.2])
        {
            var (share, count) = (Normal.Cdf(bound), numbers.Count(number => number < bound));
            var deviation = Math.Sqrt(numbers.Length * share * (1 - share));
            Assert.InRange(count, (numbers.Length * share) - (4.5 * deviation) - 1, (numbers.Length * share) + (4.5 * deviation) + 1);
        }
    }

    [Fact]
    public void Fill_SameState_GivesWhatSingleCallsGive()
    {
        var (many, one) = (new Xoshiro256(7), new Xoshiro256(7));
        var numbers = new double[100_000];
        StandardNormal.Fill(ref many, numbers);
        Assert.All(numbers, number => Assert.Equal(StandardNormal.Next(ref one), number));
        Assert.Equal(one.Next(), many.Next());
    }
}
