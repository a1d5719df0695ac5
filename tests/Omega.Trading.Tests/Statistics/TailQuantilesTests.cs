using CsCheck;
using Omega.Trading.Statistics;

namespace Omega.Trading.Tests.Statistics;

public sealed class TailQuantilesTests
{
    /// <summary>0, 1, …, 100: the rank of 5 % is 5, that of 1 % is 1.</summary>
    [Fact]
    public void Of_ZeroToHundred_IsByHand()
    {
        var tails = TailQuantiles.Of([.. Enumerable.Range(0, 101).Select(i => (double)(i * 37 % 101))]);

        Assert.Equal(new TailQuantiles(1, 5, 95, 0.5, 2.5), tails);
    }

    [Fact]
    public void Of_BetweenTwoValues_Interpolates() => Assert.Equal(0.05, TailQuantiles.Of([1, 0]).Lowest5, 12);

    [Fact]
    public void Of_AnySample_IsThatOfTheSortedOne() => Check(Gen.Double[-1, 1].Array[1, 500], 100);

    [Fact]
    public void Of_ManyValuesWithTies_IsThatOfTheSortedOne() =>
        Check(Gen.Select(Gen.Frequency((3, Gen.Const(0.0)), (5, Gen.Double[-1, 1])), Gen.Frequency((1, Gen.Double[-1, 1]), (1, Gen.Int[-3, 3].Select(i => i / 10.0))), Gen.Int[0, 1_000_000], (a, b, seed) => (a, b, seed))
            .Select(parts =>
            {
                var random = new Random(parts.seed);
                return Enumerable.Range(0, 9_000 + random.Next(3_000)).Select(_ => random.Next(3) switch { 0 => parts.a, 1 => parts.b, _ => (random.NextDouble() * 2) - 1 }).ToArray();
            }), 30);

    private static void Check(Gen<double[]> samples, long iterations) => samples.Sample(values =>
    {
        var sorted = values.Order().ToArray();
        var tails = TailQuantiles.Of(values);
        var (low1, low5, high5) = (Quantile(sorted, 0.01), Quantile(sorted, 0.05), Quantile(sorted, 0.95));

        Assert.Equal(low1, tails.Lowest1, 1e-12);
        Assert.Equal(low5, tails.Lowest5, 1e-12);
        Assert.Equal(high5, tails.Highest5, 1e-12);
        Assert.Equal(sorted.Where(value => value <= low1 + 1e-12).Average(), tails.MeanBelow1, 1e-9);
        Assert.Equal(sorted.Where(value => value <= low5 + 1e-12).Average(), tails.MeanBelow5, 1e-9);
    }, iter: iterations);

    private static double Quantile(double[] sorted, double p)
    {
        var rank = p * (sorted.Length - 1);
        var (below, above) = (sorted[(int)rank], sorted[Math.Min((int)rank + 1, sorted.Length - 1)]);
        return (below * (1 - (rank % 1))) + (above * (rank % 1));
    }
}
