using Omega.Trading.Feeds;
using Omega.Trading.Tests.Indicators;

namespace Omega.Trading.Tests.Feeds.Simulation;

/// <summary>The simulated market moves as BTC does; the same figures are taken of both.</summary>
public sealed class CalibrationTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(12)]
    public async Task Candles_Hours_HaveTheStylisedFacts(int seed) => Check(await SimulatedAsync(seed));

    [Fact]
    public void RealHours_2020To2024_HaveTheSameStylisedFacts()
    {
        var hours = CandleSeries.Create(Timeframe.H1, "real", RealBars.Slice(0, RealBars.Count)).Between(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), null);
        Check(StylisedFacts.Of(hours));
    }

    // Wide enough for single years of the real file, and far from what a random walk of even steps has: kurtosis 3, no memory, no quiet days.
    private static void Check(StylisedFacts facts)
    {
        TestContext.Current.TestOutputHelper?.WriteLine(facts.ToString());
        Assert.InRange(facts.Volatility, 0.40, 0.75);
        Assert.InRange(facts.Kurtosis, 10, 60);
        Assert.InRange(facts.Memory1, 0.20, 0.40);
        Assert.InRange(facts.Memory24, 0.10, 0.25);
        Assert.InRange(facts.Memory168, 0.05, 0.20);
        Assert.InRange(facts.Quiet, 0.06, 0.20);
        Assert.InRange(facts.Turbulent, 0.06, 0.20);
        Assert.InRange(facts.RangeOverBody, 1.8, 2.3);
        Assert.InRange(facts.Weekend, 0.6, 0.85);
        Assert.InRange(facts.American, 1.1, 1.5);
    }

    private static async Task<StylisedFacts> SimulatedAsync(int seed)
    {
        await using var feed = new SimulatedFeed(new() { Seed = seed }, new Microsoft.Extensions.Time.Testing.FakeTimeProvider(new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero)));
        return StylisedFacts.Of((await feed.GetHistoryAsync(new(feed.Instruments[0], Timeframe.H1) { Count = HistoryRequest.MostCandles })).Candles);
    }
}
