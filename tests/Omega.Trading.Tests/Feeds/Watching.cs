using Omega.TestKit;
using Omega.Trading.Feeds;

namespace Omega.Trading.Tests.Feeds;

/// <summary>Reads a feed's updates while a test drives its clock.</summary>
internal static class Watching
{
    /// <summary>What comes while time goes on.</summary>
    public static async Task<List<MarketUpdate>> WatchAsync(this IMarketFeed feed, ClockDriver clock, Timeframe timeframe, TimeSpan time)
    {
        using var stop = new CancellationTokenSource();
        var updates = new List<MarketUpdate>();
        var reading = ReadAsync(feed, timeframe, updates, stop.Token);
        await clock.WaitForTimersAsync();
        await clock.AdvanceAsync(time);
        await stop.CancelAsync();
        await reading.Soon();
        return updates;
    }

    /// <summary>Everything until the feed ends by itself.</summary>
    public static async Task<List<MarketUpdate>> WatchToTheEndAsync(this IMarketFeed feed, ClockDriver clock, Timeframe timeframe)
    {
        var updates = new List<MarketUpdate>();
        await clock.RunAsync(ReadAsync(feed, timeframe, updates, CancellationToken.None));
        return updates;
    }

    public static List<Candle> Finals(this IEnumerable<MarketUpdate> updates) => [.. updates.OfType<CandleUpdate>().Where(update => update.IsFinal).Select(update => update.Candle)];

    private static async Task ReadAsync(IMarketFeed feed, Timeframe timeframe, List<MarketUpdate> updates, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var update in feed.WatchAsync(feed.Instruments[0], timeframe, cancellationToken))
                updates.Add(update);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
    }
}
