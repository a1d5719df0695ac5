namespace Omega.Trading.Feeds;

/// <summary>What has happened on a market.</summary>
/// <param name="Instrument">The market.</param>
/// <param name="Candles">Final candles, oldest first; its source is the feed's.</param>
/// <param name="OpenCandle">The candle whose period has not ended; null where the stretch ends earlier, or nothing has happened in it yet. No strategy uses it.</param>
/// <param name="AsOf">The present of the feed's clock.</param>
public sealed record FeedHistory(Instrument Instrument, CandleSeries Candles, Candle? OpenCandle, DateTimeOffset AsOf)
{
    /// <summary>The last price: of the open candle, else of the last final one; null where there is none.</summary>
    public double? Price => OpenCandle?.Close ?? (Candles.Count > 0 ? Candles.Closes[^1] : null);
}
