namespace Omega.Trading.Feeds;

/// <summary>Answers a request for history from a tape.</summary>
internal static class TapeHistory
{
    /// <exception cref="TradingException">The stretch is not sound.</exception>
    public static FeedHistory Read(Instrument instrument, Tape tape, HistoryRequest request, long now)
    {
        var asked = request.To?.ToUnixTimeMilliseconds() ?? now;
        var until = Math.Min(asked, now);
        var candles = request.From is { } from
            ? Between(tape, request.Timeframe, from, request.To, until)
            : tape.Latest(request.Timeframe, Count(request.Count), until);
        var open = asked >= now ? tape.OpenCandle(request.Timeframe, now) : null;
        return new FeedHistory(instrument, candles, open, DateTimeOffset.FromUnixTimeMilliseconds(now));
    }

    private static CandleSeries Between(Tape tape, Timeframe timeframe, DateTimeOffset from, DateTimeOffset? to, long until)
    {
        if (to <= from)
            throw new TradingException($"The stretch ends at {to:O}, not after it begins at {from:O}. Swap them.");
        var first = Ceiling(from);
        if (first > until && to is null)
            throw new TradingException($"The stretch begins at {from:O}, after the feed's present, {DateTimeOffset.FromUnixTimeMilliseconds(until):O}.");
        if ((until - first) / timeframe.Milliseconds > HistoryRequest.MostCandles)
            throw new TradingException($"From {from:O} on there are {(until - first) / timeframe.Milliseconds:N0} candles of {timeframe}; at most {HistoryRequest.MostCandles:N0} are given at once. Ask for a shorter stretch, or a longer timeframe.");
        return tape.Between(timeframe, first, until);
    }

    private static int Count(int count) => count is >= 1 and <= HistoryRequest.MostCandles
        ? count
        : throw new TradingException($"The number of candles is {count}; it must be from 1 to {HistoryRequest.MostCandles:N0}.");

    // A time between two milliseconds excludes what opens at the first of them.
    private static long Ceiling(DateTimeOffset time)
    {
        var whole = time.ToUnixTimeMilliseconds();
        return DateTimeOffset.FromUnixTimeMilliseconds(whole) < time ? whole + 1 : whole;
    }
}
