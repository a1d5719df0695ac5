using CsCheck;
using Omega.TestKit;
using Omega.Trading.Feeds;
using Omega.Trading.Tests.Indicators;
using Omega.Trading.Tests.Market;

namespace Omega.Trading.Tests.Feeds.Replay;

public sealed class ReplayFeedTests
{
    private static readonly Instrument Btc = Instrument.Parse("BTC/USD");
    private static readonly DateTimeOffset Midnight = new(2024, 5, 6, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task WatchAsync_Candles_ShowTheirPricesInTheStatedOrder()
    {
        // Hours that are even, then odd, when counted from 1970; the order is the same whether a candle rises or falls.
        var series = Hours(new(100, 110, 90, 105, 8), new(105, 107, 95, 96, 4), new(96, 120, 80, 85, 2));
        var (clock, feed) = Begin(series, Midnight);
        var updates = await feed.WatchToTheEndAsync(clock, Timeframe.H1);

        Assert.Equal(
            [("00:15", 110), ("00:30", 90), ("00:45", 105), ("01:00", 105), ("01:15", 95), ("01:30", 107), ("01:45", 96), ("02:00", 96), ("02:15", 120), ("02:30", 80), ("02:45", 85)],
            updates.OfType<PriceUpdate>().Select(update => (update.At.ToString("HH:mm", null), update.Price)));
        Assert.Equal(Candles.All(series), updates.Finals());
        Assert.Equal(FeedStatus.Ended, Assert.IsType<FeedStateUpdate>(updates[^1]).State.Status);
        Assert.Contains(new CandleUpdate(Midnight.AddMinutes(30), new Candle(series.Times[0], 100, 110, 90, 90, 0), IsFinal: false), updates);
    }

    [Fact]
    public async Task GetHistoryAsync_LongerOpenCandle_HasTheVolumeOfWhatEnded()
    {
        var (clock, feed) = Begin(Hours(new(100, 110, 90, 105, 8), new(105, 107, 95, 96, 4), new(96, 120, 80, 85, 2)), Midnight);
        clock.Time.Advance(TimeSpan.FromMinutes(140));
        var history = await feed.GetHistoryAsync(new(Btc, Timeframe.H4));
        Assert.Equal(0, history.Candles.Count);
        Assert.Equal(new Candle(Midnight.ToUnixTimeMilliseconds(), 100, 120, 90, 120, 12), history.OpenCandle);
        Assert.Equal(120, history.Price);
    }

    [Fact]
    public async Task Feed_NoBeginningGiven_HasAllBehindIt()
    {
        var series = Walks.Of(Timeframe.H1, Midnight, 50);
        await using var feed = new ReplayFeed(series, Btc, time: new ClockDriver().Time);
        var history = await feed.GetHistoryAsync(new(Btc, Timeframe.H1));
        Assert.Equal(Candles.All(series), Candles.All(history.Candles));
        Assert.Equal((null, Midnight.AddHours(50), FeedStatus.Ended), (history.OpenCandle, history.AsOf, feed.State.Status));

        // The third day has begun and not ended: 50 hours are two days and two hours.
        var days = await feed.GetHistoryAsync(new(Btc, Timeframe.D1));
        Assert.Equal((2, Midnight.AddDays(2), series.Closes[^1]), (days.Candles.Count, days.OpenCandle!.Value.OpenTime, days.Price));
        var updates = await feed.WatchToTheEndAsync(new ClockDriver(), Timeframe.D1);
        Assert.Equal([typeof(FeedStateUpdate), typeof(CandleUpdate)], updates.Select(update => update.GetType()));
    }

    [Theory]
    [InlineData(1, 3600)]
    [InlineData(60, 60)]
    [InlineData(3600, 1)]
    [InlineData(0.5, 7200)]
    public async Task Feed_Speed_SetsHowFastTimeGoes(double speed, double seconds)
    {
        var clock = new ClockDriver();
        await using var feed = new ReplayFeed(Walks.Of(Timeframe.H1, Midnight, 50), Btc, new() { From = Midnight.AddHours(5), Speed = speed }, clock.Time);
        clock.Time.Advance(TimeSpan.FromSeconds(seconds));
        Assert.Equal(Midnight.AddHours(6), (await feed.GetHistoryAsync(new(Btc, Timeframe.H1))).AsOf);
    }

    [Fact]
    public async Task Feed_SpeedZero_StandsStill()
    {
        var clock = new ClockDriver();
        await using var feed = new ReplayFeed(Walks.Of(Timeframe.H1, Midnight, 50), Btc, new() { From = Midnight.AddHours(5), Speed = 0 }, clock.Time);
        clock.Time.Advance(TimeSpan.FromDays(100));
        Assert.Equal((Midnight.AddHours(5), FeedStatus.Live), ((await feed.GetHistoryAsync(new(Btc, Timeframe.H1))).AsOf, feed.State.Status));
    }

    [Fact]
    public async Task WatchAsync_VeryFast_TellsEveryFinalCandle()
    {
        var clock = new ClockDriver();
        var series = Walks.Of(Timeframe.M1, Midnight, 3000);
        await using var feed = new ReplayFeed(series, Btc, new() { From = Midnight, Speed = 1_000_000 }, clock.Time);
        Assert.Equal(Candles.All(series), (await feed.WatchToTheEndAsync(clock, Timeframe.M1)).Finals());
    }

    [Fact]
    public async Task WatchAsync_Gap_IsStaleAndCountsWhatIsMissing()
    {
        var walk = Candles.All(Walks.Of(Timeframe.H1, Midnight, 12));
        var (clock, feed) = Begin(CandleSeries.Create(Timeframe.H1, "test", [.. walk[..4], .. walk[9..]]), Midnight);
        var updates = await feed.WatchToTheEndAsync(clock, Timeframe.H1);
        var states = updates.OfType<FeedStateUpdate>().Select(update => (update.At, update.State.Status, update.State.MissingCandles)).ToList();

        // The last price before the gap comes at 03:45; an hour may pass without one.
        Assert.Contains((Midnight.AddHours(4.75).AddMilliseconds(1), FeedStatus.Stale, 0), states);
        Assert.Contains((Midnight.AddHours(9), FeedStatus.Live, 5), states);
        Assert.Equal(7, updates.Finals().Count);
        Assert.Equal((FeedStatus.Ended, 5L), (feed.State.Status, feed.State.MissingCandles));
    }

    [Fact]
    public async Task WatchAsync_Spike_IsSuspect()
    {
        var walk = Candles.All(Walks.Of(Timeframe.H1, Midnight, 40));
        walk[30] = walk[30] with { High = 200 };
        await AssertSuspectAsync(walk, 200);
    }

    [Fact]
    public async Task WatchAsync_FallThatStays_IsSuspectUntilTheNextPrice()
    {
        var walk = Candles.All(Walks.Of(Timeframe.H1, Midnight, 40));
        for (var i = 30; i < walk.Length; i++)
            walk[i] = walk[i] with { Open = walk[i].Open / 2, High = walk[i].High / 2, Low = walk[i].Low / 2, Close = walk[i].Close / 2 };
        await AssertSuspectAsync(walk, walk[30].Open);
    }

    [Fact]
    public async Task Feed_ShorterTimeframe_CannotBeAskedFor()
    {
        await using var feed = new ReplayFeed(Walks.Of(Timeframe.H1, Midnight, 50), Btc);
        Assert.Equal(["1h", "2h", "4h", "6h", "12h", "1d", "1w"], feed.Timeframes.Select(timeframe => timeframe.ToString()));
        var error = await Assert.ThrowsAsync<TradingException>(async () => await feed.GetHistoryAsync(new(Btc, Timeframe.M1)));
        Assert.Equal($"The feed {feed.Source} has no 1m candles of BTC/USD. It has: 1h, 2h, 4h, 6h, 12h, 1d, 1w.", error.Message);
    }

    [Fact]
    public void Feed_UnsoundOptions_SayWhat()
    {
        var series = Walks.Of(Timeframe.H1, Midnight, 50);
        Assert.Contains("to replay", Assert.Throws<TradingException>(() => new ReplayFeed(series.Slice(0, 0), Btc)).Message, StringComparison.Ordinal);
        Assert.Contains("2024-05-06T00:00:00", Assert.Throws<TradingException>(() => new ReplayFeed(series, Btc, new() { From = Midnight.AddSeconds(-1) })).Message, StringComparison.Ordinal);
        Assert.Contains("2024-05-08T02:00:00", Assert.Throws<TradingException>(() => new ReplayFeed(series, Btc, new() { From = Midnight.AddHours(50.1) })).Message, StringComparison.Ordinal);
        Assert.Throws<TradingException>(() => new ReplayOptions { Speed = -1 });
        Assert.Throws<TradingException>(() => new ReplayOptions { Speed = double.NaN });
    }

    [Fact]
    public async Task Feed_Source_IsTheCandlesHash()
    {
        var series = Walks.Of(Timeframe.H1, Midnight, 50);
        await using var feed = new ReplayFeed(series, Btc);
        Assert.Equal($"replay:{series.ComputeSha256()[..16]}", feed.Source);
        Assert.Equal(feed.Source, (await feed.GetHistoryAsync(new(Btc, Timeframe.H4))).Candles.Source);
        Assert.False(feed.IsSimulated);
    }

    /// <summary>Files with gaps: what a replay has shown at any time is a beginning of what it shows at the end, in every timeframe.</summary>
    [Fact]
    public async Task GetHistoryAsync_AnyFileAndMoment_IsTheBeginningOfTheWhole()
    {
        await Gen.Select(Candles.Series(Timeframe.H1, 120), Gen.Double[0, 1]).Where((series, _) => series.Count > 1).SampleAsync(async (series, part) =>
        {
            var length = series.Times[^1] + Timeframe.H1.Milliseconds - series.Times[0];
            var from = DateTimeOffset.FromUnixTimeMilliseconds(series.Times[0] + (long)(part * length));
            await using var feed = new ReplayFeed(series, Btc, new() { From = from }, new ClockDriver().Time);
            foreach (var timeframe in feed.Timeframes)
            {
                var seen = (await feed.GetHistoryAsync(new(Btc, timeframe) { Count = 200 })).Candles;
                var expected = Candles.All(series.Resample(timeframe)).Where(candle => candle.Time + timeframe.Milliseconds <= from.ToUnixTimeMilliseconds());
                Assert.Equal(expected, Candles.All(seen));
            }
        }, iter: 100);
    }

    [Fact]
    public async Task WatchAsync_RealDay_EndsAsTheFileDoes()
    {
        var series = CandleSeries.Create(Timeframe.H1, "real", RealBars.Slice(3000, 24 * 3));
        var clock = new ClockDriver();
        await using var feed = new ReplayFeed(series, Btc, new() { From = series[0].OpenTime, Speed = 3600 }, clock.Time);
        Assert.Equal(Candles.All(series.Resample(Timeframe.H4)), (await feed.WatchToTheEndAsync(clock, Timeframe.H4)).Finals());
    }

    private static async Task AssertSuspectAsync(Candle[] hours, double price)
    {
        var (clock, feed) = Begin(CandleSeries.Create(Timeframe.H1, "test", hours), Midnight.AddHours(25));
        var updates = await feed.WatchToTheEndAsync(clock, Timeframe.H1);
        Assert.Equal([price], updates.OfType<PriceUpdate>().Where(update => update.IsSuspect).Select(update => update.Price));
        Assert.Equal(1, feed.State.SuspectPrices);
    }

    private static (ClockDriver Clock, ReplayFeed Feed) Begin(CandleSeries series, DateTimeOffset from)
    {
        var clock = new ClockDriver();
        return (clock, new ReplayFeed(series, Btc, new() { From = from }, clock.Time));
    }

    private static CandleSeries Hours(params (double Open, double High, double Low, double Close, double Volume)[] bars) =>
        CandleSeries.Create(Timeframe.H1, "test", [.. bars.Select((bar, i) => new Candle(Midnight.AddHours(i).ToUnixTimeMilliseconds(), bar.Open, bar.High, bar.Low, bar.Close, bar.Volume))]);
}
