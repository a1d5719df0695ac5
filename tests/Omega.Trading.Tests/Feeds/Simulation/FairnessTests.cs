using Omega.Trading.Feeds;

namespace Omega.Trading.Tests.Feeds.Simulation;

/// <summary>Nothing has an edge in the simulated market. Every seed is fixed: what passes once passes always.</summary>
public sealed class FairnessTests
{
    // A correct market passes each bound with a probability of 0.9999.
    private const double Bound = 3.9;
    private static readonly Instrument Btc = Instrument.Parse("BTC/USD");
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>By construction: whatever the variance, the expected simple return is 0. The integral is over the normal density.</summary>
    [Theory]
    [InlineData(1e-8)]
    [InlineData(3.5e-5)]
    [InlineData(0.01)]
    [InlineData(0.5)]
    public void Return_AnyVariance_HasAnExpectedSimpleReturnOfZero(double variance)
    {
        const double step = 1e-3;
        var expected = 0.0;
        for (var z = -12.0; z <= 12; z += step)
            expected += (Math.Exp(HourCourse.Return(variance, z)) - 1) * Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI) * step;
        Assert.Equal(0, expected, 1e-12);
    }

    /// <summary>An hour's return over its deviation is standard normal, whatever happened before.</summary>
    [Fact]
    public void HourCourse_ReturnsGivenTheirVariance_AreNormalAndIndependent()
    {
        var course = new HourCourse(17, SimulatedTape.Begin, 100_000);
        var surprises = Enumerable.Range(0, 150_000).Select(i =>
        {
            var (hour, next) = (course[i], course[i + 1]);
            return (next.Level - hour.Level + (hour.Variance / 2)) / Math.Sqrt(hour.Variance);
        }).ToArray();
        var root = Math.Sqrt(surprises.Length);
        Assert.InRange(surprises.Average() * root, -Bound, Bound);
        Assert.InRange((surprises.Average(z => z * z) - 1) / Math.Sqrt(2) * root, -Bound, Bound);
        Assert.InRange(surprises.Average(z => z * z * z) / Math.Sqrt(15) * root, -Bound, Bound);
        Assert.InRange((surprises.Average(z => z * z * z * z) - 3) / Math.Sqrt(96) * root, -Bound, Bound);
        Assert.InRange(surprises.Zip(surprises.Skip(1), (a, b) => a * b).Sum() / root, -Bound, Bound);
    }

    /// <summary>Over many seeds the mean simple return is 0, and so is what the usual rules earn.</summary>
    [Theory]
    [InlineData("always", 0, 0)]
    [InlineData("momentum", 24, 1)]
    [InlineData("reversal", 1, -1)]
    [InlineData("momentum", 168, 1)]
    [InlineData("buy cheap", 0, -1)]
    public void HourCourse_ManySeeds_EarnNothingOnTheMean(string rule, int back, int sign)
    {
        var (sum, squares, count) = (0.0, 0.0, 0);
        for (var seed = 0UL; seed < 60; seed++)
        {
            var course = new HourCourse(seed, SimulatedTape.Begin, 100_000);
            for (var i = back; i < 4000; i++)
            {
                var position = rule switch
                {
                    "always" => 1,
                    "buy cheap" => Math.Sign(course[i].Level - Math.Log(100_000)) * sign,
                    _ => Math.Sign(course[i].Level - course[i - back].Level) * sign,
                };
                var earned = position * (Math.Exp(course[i + 1].Level - course[i].Level) - 1);
                (sum, squares, count) = (sum + earned, squares + (earned * earned), count + 1);
            }
        }

        // Earnings of a martingale are uncorrelated: their squares add up to the variance of the sum.
        Assert.Equal(60 * (4000 - back), count);
        Assert.InRange(sum / Math.Sqrt(squares), -Bound, Bound);
    }

    /// <summary>The prices within an hour follow the law of steps drawn one by one: no part of it tells what the rest will be.</summary>
    [Fact]
    public async Task Candles_WithinTheHour_AreUncorrelatedAndTheirVariancesAddUp()
    {
        var (first, second, whole, crossed, weight) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for (var seed = 0; seed < 4; seed++)
        {
            var minutes = await MinutesAsync(seed, 60 * 1500);
            for (var hour = 0; hour + 60 < minutes.Count; hour += 60)
            {
                // Over the hour's own spread, so that no hour outweighs the rest.
                var (a, b) = (Math.Log(minutes.Opens[hour + 30] / minutes.Opens[hour]), Math.Log(minutes.Opens[hour + 60] / minutes.Opens[hour + 30]));
                var scale = Enumerable.Range(hour, 60).Sum(i => Square(Math.Log(minutes.Opens[i + 1] / minutes.Opens[i])));
                (first, second, whole) = (first + (a * a / scale), second + (b * b / scale), whole + (Square(a + b) / scale));
                (crossed, weight) = (crossed + (a * b / scale), weight + Square(a * b / scale));
            }
        }

        Assert.InRange(crossed / Math.Sqrt(weight), -Bound, Bound);
        Assert.InRange(whole / (first + second), 0.96, 1.04);
        Assert.InRange(first / second, 0.93, 1.07);
    }

    /// <summary>Minutes follow each other without a pattern, at the hour's end too.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(59)]
    [InlineData(60)]
    public async Task Candles_Minutes_AreUncorrelated(int lag)
    {
        var (crossed, weight) = (0.0, 0.0);
        for (var seed = 20; seed < 24; seed++)
        {
            var minutes = await MinutesAsync(seed, 60 * 1000);
            var returns = Enumerable.Range(0, minutes.Count - 1).Select(i => (minutes.Opens[i + 1] / minutes.Opens[i]) - 1).ToArray();
            for (var i = lag; i < returns.Length; i++)
                (crossed, weight) = (crossed + (returns[i] * returns[i - lag]), weight + Square(returns[i] * returns[i - lag]));
        }

        Assert.InRange(crossed / Math.Sqrt(weight), -Bound, Bound);
    }

    private static async Task<CandleSeries> MinutesAsync(int seed, int count)
    {
        await using var feed = new SimulatedFeed(new() { Seed = seed }, new Microsoft.Extensions.Time.Testing.FakeTimeProvider(Now));
        return (await feed.GetHistoryAsync(new(Btc, Timeframe.M1) { Count = count })).Candles;
    }

    private static double Square(double value) => value * value;
}
