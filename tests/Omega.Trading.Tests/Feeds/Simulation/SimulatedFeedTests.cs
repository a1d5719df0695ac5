using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Omega.Trading.Feeds;
using Omega.Trading.Tests.Market;

namespace Omega.Trading.Tests.Feeds.Simulation;

public sealed class SimulatedFeedTests
{
    private static readonly DateTimeOffset Now = new(2025, 2, 3, 4, 5, 6, TimeSpan.Zero);
    private static readonly Instrument Btc = Instrument.Parse("BTC/USD");

    [Fact]
    public async Task GetHistoryAsync_WhateverWasAskedBefore_GivesTheSame()
    {
        await using var straight = Feed();
        var expected = new Dictionary<Timeframe, Candle[]>();
        foreach (var timeframe in Timeframe.All)
            expected.Add(timeframe, Candles.All(await GetAsync(straight, Btc, timeframe, 200)));
        await Gen.Select(Gen.Int[0, 11], Gen.Int[1, 150]).List[1, 12].SampleAsync(async asked =>
        {
            await using var feed = Feed();
            foreach (var (period, count) in asked)
            {
                var timeframe = Timeframe.All[period];
                var candles = Candles.All(await GetAsync(feed, Btc, timeframe, count));
                Assert.Equal(expected[timeframe].TakeLast(candles.Length), candles.TakeLast(200));
            }
        }, iter: 10, threads: 1);
    }

    [Fact]
    public async Task GetHistoryAsync_OtherSeedOrMarket_GivesOtherPrices()
    {
        await using var one = Feed();
        await using var two = Feed(new() { Seed = 6 });
        var eth = Instrument.Parse("ETH/USD");
        await using var both = Feed(new() { Seed = 5, Instruments = [eth, Btc] });
        var known = await GetAsync(one, Btc, Timeframe.H1, 20);
        Assert.Equal(Candles.All(known), Candles.All(await GetAsync(both, Btc, Timeframe.H1, 20)));
        Assert.Empty(known.Closes.ToArray().Intersect((await GetAsync(two, Btc, Timeframe.H1, 20)).Closes.ToArray()));
        Assert.Empty(known.Closes.ToArray().Intersect((await GetAsync(both, eth, Timeframe.H1, 20)).Closes.ToArray()));
    }

    /// <summary>A seed means the same prices for ever: ledgers and records are kept under its name.</summary>
    [Fact]
    public async Task GetHistoryAsync_Seed5_GivesThePricesItAlwaysGave()
    {
        await using var feed = Feed();
        var first = (await feed.GetHistoryAsync(new(Btc, Timeframe.D1) { From = SimulatedFeed.Begin, To = SimulatedFeed.Begin.AddDays(3) })).Candles;
        Assert.Equal(100_000, first.Opens[0]);
        Assert.Equal([99_810.46, 99_659.47, 85_459.70], first.Closes.ToArray(), (known, close) => Math.Abs(known - close) < 0.011);
    }

    [Fact]
    public async Task GetHistoryAsync_EveryTimeframe_IsSoundAndWithoutGaps()
    {
        await using var feed = Feed();
        foreach (var timeframe in Timeframe.All)
        {
            var candles = await GetAsync(feed, Btc, timeframe, 3000);
            Assert.True(PriceSurvey.Of(candles.Opens, candles.Highs, candles.Lows, candles.Closes).IsSound);
            Assert.Equal(0, candles.MissingCount);
            Assert.All(candles.Volumes.ToArray(), volume => Assert.True(volume > 0));
            Assert.All(Candles.All(candles), candle => Assert.Equal(Math.Round(candle.Close, 2), candle.Close));
        }
    }

    [Fact]
    public async Task GetHistoryAsync_FromBeforeItBegins_BeginsThere()
    {
        await using var feed = Feed();
        foreach (var timeframe in Timeframe.All.Where(timeframe => timeframe.Milliseconds >= Timeframe.H1.Milliseconds))
            Assert.Equal(SimulatedFeed.Begin, (await feed.GetHistoryAsync(new(Btc, timeframe) { From = SimulatedFeed.Begin.AddYears(-1) })).Candles[0].OpenTime);
    }

    [Fact]
    public void Feed_ClockOutsideTheMarket_SaysSo()
    {
        var error = Assert.Throws<TradingException>(() => new SimulatedFeed(time: new FakeTimeProvider(new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero))));
        Assert.Contains("from 2023-01-02 to 2073-", error.Message, StringComparison.Ordinal);
        Assert.Contains("Set the clock", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_OutOfBounds_AreRefused()
    {
        Assert.Throws<TradingException>(() => new SimulatedFeedOptions { Seed = -1 });
        Assert.Throws<TradingException>(() => new SimulatedFeedOptions { Instruments = [] });
        Assert.Throws<TradingException>(() => new SimulatedFeedOptions { Instruments = [Btc, Instrument.Parse("btc-usd")] });
    }

    [Fact]
    public async Task Feed_Source_SaysThatItIsSimulated()
    {
        await using var feed = Feed();
        Assert.Equal(("SIM:5", true), (feed.Source, feed.IsSimulated));
        await using var replay = new ReplayFeed(await GetAsync(feed, Btc, Timeframe.H1, 10), Btc);
        Assert.True(replay.IsSimulated);
    }

    private static SimulatedFeed Feed(SimulatedFeedOptions? options = null) => new(options ?? new() { Seed = 5 }, new FakeTimeProvider(Now));

    private static async Task<CandleSeries> GetAsync(SimulatedFeed feed, Instrument instrument, Timeframe timeframe, int count) =>
        (await feed.GetHistoryAsync(new(instrument, timeframe) { Count = count })).Candles;
}
