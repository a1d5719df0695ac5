using CsCheck;
using Omega.TestKit;
using Omega.Trading.Feeds;
using Omega.Trading.Tests.Market;

namespace Omega.Trading.Tests.Feeds;

/// <summary>What every feed keeps to.</summary>
public abstract class MarketFeedContract
{
    /// <summary>Where the clock stands when a feed is made; there is history before it, and a week to come.</summary>
    protected static readonly DateTimeOffset Start = new(2026, 3, 5, 10, 7, 42, TimeSpan.Zero);

    protected abstract IMarketFeed Create(TimeProvider time);

    /// <summary>What the history's volumes may differ by from sums of the parts.</summary>
    protected abstract double VolumeTolerance { get; }

    [Fact]
    public async Task GetHistoryAsync_AnyMoment_HoldsNothingAfterThePresent()
    {
        await Gen.Select(Gen.Int[0, 6 * 24 * 3600], Gen.Int[0, 11], Gen.Int[1, 30]).SampleAsync(async (seconds, period, count) =>
        {
            var clock = new ClockDriver(Start);
            await using var feed = Create(clock.Time);
            clock.Time.Advance(TimeSpan.FromSeconds(seconds));
            var timeframe = feed.Timeframes[period % feed.Timeframes.Count];
            var history = await feed.GetHistoryAsync(new(feed.Instruments[0], timeframe) { Count = count });

            Assert.Equal(clock.Now, history.AsOf);
            Assert.True(history.Candles.Count <= count);
            if (history.Candles.Count > 0)
                Assert.True(history.Candles.Times[^1] + timeframe.Milliseconds <= clock.Now.ToUnixTimeMilliseconds());
            if (history.OpenCandle is { } open)
            {
                Assert.True(PriceSurvey.Holds(open));
                Assert.Equal(timeframe.Floor(clock.Now.ToUnixTimeMilliseconds()), open.Time);
            }
        }, iter: 40, threads: 1);
    }

    [Fact]
    public async Task GetHistoryAsync_Later_KeepsWhatWasThere()
    {
        var clock = new ClockDriver(Start);
        await using var feed = Create(clock.Time);
        foreach (var timeframe in feed.Timeframes)
        {
            var from = Start.AddDays(-2);
            var before = await HistoryAsync(feed, timeframe, from);
            clock.Time.Advance(TimeSpan.FromHours(7.3));
            var after = await HistoryAsync(feed, timeframe, from);
            Assert.Equal(Candles.All(before.Candles), Candles.All(after.Candles).Take(before.Candles.Count));
        }
    }

    [Fact]
    public async Task GetHistoryAsync_OpenCandle_GrowsIntoTheFinalOne()
    {
        var clock = new ClockDriver(Start);
        await using var feed = Create(clock.Time);
        foreach (var timeframe in feed.Timeframes.Where(timeframe => timeframe.Duration <= TimeSpan.FromHours(4)))
        {
            var last = default(Candle?);
            for (var time = TimeSpan.Zero; time < 2 * timeframe.Duration; time += timeframe.Duration / 9)
            {
                var history = await HistoryAsync(feed, timeframe, clock.Now.AddDays(-1));
                if (last is { } open && history.OpenCandle is { } now && now.Time == open.Time)
                    Assert.True(now.Open == open.Open && now.High >= open.High && now.Low <= open.Low && now.Volume >= open.Volume, $"{open} became {now}");
                else if (last is { } closed && history.Candles[^1] is var final)
                    Assert.True(final.Time == closed.Time && final.Open == closed.Open && final.High >= closed.High && final.Low <= closed.Low && final.Volume >= closed.Volume, $"{closed} ended as {final}");
                last = history.OpenCandle;
                clock.Time.Advance(timeframe.Duration / 9);
            }
        }
    }

    [Fact]
    public async Task GetHistoryAsync_LongerTimeframes_AreTheShortestResampled()
    {
        var clock = new ClockDriver(Start);
        await using var feed = Create(clock.Time);
        var from = Start.AddDays(-40);
        var shortest = (await HistoryAsync(feed, feed.Timeframes[0], from)).Candles;
        foreach (var timeframe in feed.Timeframes.Skip(1))
        {
            var expected = shortest.Resample(timeframe);
            var actual = (await HistoryAsync(feed, timeframe, from)).Candles.Between(expected[0].OpenTime, expected[^1].OpenTime.AddMilliseconds(1));
            Assert.Equal(Candles.All(expected).Select(candle => candle with { Volume = 0 }), Candles.All(actual).Select(candle => candle with { Volume = 0 }));
            Assert.All(Enumerable.Range(0, actual.Count), i => Assert.Equal(expected.Volumes[i], actual.Volumes[i], VolumeTolerance));
        }
    }

    [Fact]
    public async Task GetHistoryAsync_CountAndStretch_AreTheSameCandles()
    {
        var clock = new ClockDriver(Start);
        await using var feed = Create(clock.Time);
        var timeframe = feed.Timeframes[1];
        var latest = (await feed.GetHistoryAsync(new(feed.Instruments[0], timeframe) { Count = 50 })).Candles;
        var stretch = await feed.GetHistoryAsync(new(feed.Instruments[0], timeframe) { From = latest[10].OpenTime, To = latest[40].OpenTime });
        var tail = await feed.GetHistoryAsync(new(feed.Instruments[0], timeframe) { Count = 30, To = latest[40].OpenTime });

        Assert.Equal(50, latest.Count);
        Assert.Equal(Candles.All(latest)[10..40], Candles.All(stretch.Candles));
        Assert.Equal(Candles.All(latest)[10..40], Candles.All(tail.Candles));
        Assert.Null(stretch.OpenCandle);
        Assert.All([latest, stretch.Candles, tail.Candles], series => Assert.Equal((feed.Source, timeframe), (series.Source, series.Timeframe)));
    }

    [Fact]
    public async Task GetHistoryAsync_UnsoundRequest_SaysWhat()
    {
        var clock = new ClockDriver(Start);
        await using var feed = Create(clock.Time);
        var sound = new HistoryRequest(feed.Instruments[0], feed.Timeframes[0]);
        await RefuseAsync(sound with { Count = 0 }, "number of candles is 0");
        await RefuseAsync(sound with { Count = HistoryRequest.MostCandles + 1 }, "from 1 to 200,000");
        await RefuseAsync(sound with { From = Start, To = Start }, "Swap them");
        await RefuseAsync(sound with { From = Start.AddMinutes(1) }, "after the feed's present");
        await RefuseAsync(sound with { From = Start.AddYears(-2000) }, "Ask for a shorter stretch");
        await RefuseAsync(sound with { Timeframe = default }, "It has:");
        await RefuseAsync(sound with { Instrument = Instrument.Parse("ETH/USD") }, $"no market \"ETH/USD\"");
        Assert.Throws<TradingException>(() => feed.WatchAsync(Instrument.Parse("ETH/USD"), feed.Timeframes[0]));

        async Task RefuseAsync(HistoryRequest request, string why) =>
            Assert.Contains(why, (await Assert.ThrowsAsync<TradingException>(async () => await feed.GetHistoryAsync(request))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WatchAsync_TimeGoesOn_TellsPricesOpenCandlesAndThenTheFinalOne()
    {
        var clock = new ClockDriver(Start);
        await using var feed = Create(clock.Time);
        var timeframe = feed.Timeframes[0];
        var updates = await feed.WatchAsync(clock, timeframe, 5 * timeframe.Duration);

        Assert.Equal(FeedStatus.Live, Assert.IsType<FeedStateUpdate>(updates[0]).State.Status);
        Assert.False(Assert.IsType<CandleUpdate>(updates[1]).IsFinal);
        Assert.Equal(updates.OrderBy(update => update.At), updates);
        var finals = updates.Finals();
        Assert.Equal(Candles.All((await HistoryAsync(feed, timeframe, Start)).Candles), finals.Skip(1));
        Assert.Equal(5, finals.Count);

        for (var i = 2; i < updates.Count; i++)
        {
            if (updates[i] is PriceUpdate price)
            {
                var open = Assert.IsType<CandleUpdate>(updates[i + 1]);
                Assert.Equal((price.At, price.Price, false), (open.At, open.Candle.Close, open.IsFinal));
                Assert.Equal(timeframe.Floor(price.At.ToUnixTimeMilliseconds()), open.Candle.Time);
                if (finals.Find(candle => candle.Time == open.Candle.Time) is { Time: > 0 } final)
                    Assert.InRange(price.Price, final.Low, final.High);
            }
            else if (updates[i] is CandleUpdate { IsFinal: true } final)
            {
                Assert.Equal(final.Candle.OpenTime + timeframe.Duration, final.At);
            }
        }
    }

    [Fact]
    public async Task WatchAsync_LongerTimeframe_IsToldAsItEnds()
    {
        var clock = new ClockDriver(Start);
        await using var feed = Create(clock.Time);
        var (shortest, longer) = (feed.Timeframes[0], feed.Timeframes[2]);
        var updates = await feed.WatchAsync(clock, longer, 2 * longer.Duration);
        Assert.Equal(Candles.All((await HistoryAsync(feed, longer, longer.FloorOf(Start))).Candles), updates.Finals());
        Assert.True(updates.OfType<PriceUpdate>().Count() > 2 * longer.Milliseconds / shortest.Milliseconds);
    }

    [Fact]
    public async Task WatchAsync_SlowReader_MissesPricesAndNoFinalCandle()
    {
        var clock = new ClockDriver(Start);
        await using var feed = Create(clock.Time);
        var timeframe = feed.Timeframes[0];
        await using var reader = feed.WatchAsync(feed.Instruments[0], timeframe).GetAsyncEnumerator();
        Assert.True(await reader.MoveNextAsync());
        clock.Time.Advance(500 * timeframe.Duration);

        var updates = new List<MarketUpdate>();
        while (updates.Finals().Count < 500)
        {
            Assert.True(await reader.MoveNextAsync().AsTask().Soon());
            updates.Add(reader.Current);
        }

        Assert.Equal(Candles.All((await HistoryAsync(feed, timeframe, timeframe.FloorOf(Start))).Candles), updates.Finals());
        Assert.InRange(updates.OfType<PriceUpdate>().Count(), TapeReader.MostBehind - 10, TapeReader.MostBehind);
        Assert.True(feed.State.MissedUpdates > 500);
    }

    [Fact]
    public async Task WatchAsync_TwoReaders_SeeTheSame()
    {
        var clock = new ClockDriver(Start);
        await using var feed = Create(clock.Time);
        var both = new[] { new List<MarketUpdate>(), [] };
        using var stop = new CancellationTokenSource();
        var reading = both.Select(updates => Task.Run(async () =>
        {
            await foreach (var update in feed.WatchAsync(feed.Instruments[0], feed.Timeframes[0], stop.Token))
                updates.Add(update);
        })).ToArray();
        await clock.WaitForTimersAsync(2);
        await clock.AdvanceAsync(3 * feed.Timeframes[0].Duration);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(reading).Soon());
        Assert.Equal(both[0], both[1]);
    }

    [Fact]
    public async Task DisposeAsync_Readers_ComeToAnEnd()
    {
        var clock = new ClockDriver(Start);
        var feed = Create(clock.Time);
        var reading = Task.Run(async () =>
        {
            await foreach (var _ in feed.WatchAsync(feed.Instruments[0], feed.Timeframes[0]))
            {
            }
        });
        await clock.WaitForTimersAsync();
        await feed.DisposeAsync();
        await reading.Soon();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await feed.GetHistoryAsync(new(feed.Instruments[0], feed.Timeframes[0])));
        Assert.Throws<ObjectDisposedException>(() => feed.WatchAsync(feed.Instruments[0], feed.Timeframes[0]));
    }

    private protected static ValueTask<FeedHistory> HistoryAsync(IMarketFeed feed, Timeframe timeframe, DateTimeOffset from) =>
        feed.GetHistoryAsync(new(feed.Instruments[0], timeframe) { From = from });
}
