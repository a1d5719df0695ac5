using System.Runtime.CompilerServices;
using Omega.Trading;
using Omega.Trading.Feeds;

namespace Omega.Desk.Tests.Functions;

/// <summary>A market that stands still: a series, and the candle after it as the open one.</summary>
internal sealed class SeriesFeed(CandleSeries hours, Candle? open = null) : IMarketFeed
{
    public string Source => hours.Source;

    public bool IsSimulated => Source.StartsWith("SIM:", StringComparison.Ordinal);

    public IReadOnlyList<Instrument> Instruments { get; init; } = [Instrument.Parse("BTC/USD"), Instrument.Parse("ETH/USD")];

    public IReadOnlyList<Timeframe> Timeframes { get; } = [.. Timeframe.All.Where(timeframe => timeframe == hours.Timeframe || timeframe.IsMultipleOf(hours.Timeframe))];

    public FeedState State { get; set; } = new(FeedStatus.Live, null, TimeSpan.FromSeconds(10));

    /// <summary>What was asked for, oldest first.</summary>
    public List<HistoryRequest> Requests { get; } = [];

    /// <summary>A seeded walk of hours that ends at 2026-03-01 12:00 UTC, with 15 minutes of the next one.</summary>
    public static SeriesFeed Walk(int count = 9000, int seed = 7, string source = "SIM:7")
    {
        var random = new Random(seed);
        var end = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
        var (candles, price) = (new List<Candle>(count + 1), 60_000.0);
        for (var i = 0; i <= count; i++)
        {
            var (from, to) = (price, Math.Round(price * (1 + (0.005 * (random.NextDouble() + random.NextDouble() - 1))), 2));
            var (high, low) = (Math.Round(Math.Max(from, to) * (1 + (0.002 * random.NextDouble())), 2), Math.Round(Math.Min(from, to) * (1 - (0.002 * random.NextDouble())), 2));
            candles.Add(new Candle(end - ((count - i) * 3_600_000L), from, high, low, to, Math.Round(50 + (100 * random.NextDouble()), 3)));
            price = to;
        }

        return new SeriesFeed(CandleSeries.Create(Timeframe.H1, source, candles[..^1]), candles[^1]);
    }

    public ValueTask<FeedHistory> GetHistoryAsync(HistoryRequest request, CancellationToken cancellationToken = default)
    {
        Requests.Add(request);
        var candles = hours.Resample(request.Timeframe).Between(request.From, request.To);
        if (request.From is null && candles.Count > request.Count)
            candles = candles.Slice(candles.Count - request.Count, request.Count);
        var present = open is { } last ? last.OpenTime + TimeSpan.FromMinutes(15) : hours[^1].OpenTime + hours.Timeframe.Duration;
        return ValueTask.FromResult(new FeedHistory(request.Instrument, candles, request.Timeframe == hours.Timeframe && request.To is null ? open : null, present));
    }

    public async IAsyncEnumerable<MarketUpdate> WatchAsync(Instrument instrument, Timeframe timeframe, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask;
        yield return new FeedStateUpdate(hours[^1].OpenTime, State);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
