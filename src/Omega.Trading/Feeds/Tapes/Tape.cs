namespace Omega.Trading.Feeds;

/// <summary>A price of a tape.</summary>
/// <param name="Time">When, in milliseconds since 1970-01-01 UTC.</param>
/// <param name="Price">In quote currency.</param>
/// <param name="Quantity">In base currency; null where it is not known.</param>
internal readonly record struct TapePrice(long Time, double Price, double? Quantity);

/// <summary>
/// One market whose course is known beforehand: a file, or a simulation. Whoever reads it says how far its clock has come, and gets nothing
/// later. Thread-safe.
/// </summary>
internal abstract class Tape
{
    /// <summary>The periods it can be asked for, shortest first. The first is the one it is made of.</summary>
    public abstract IReadOnlyList<Timeframe> Timeframes { get; }

    /// <summary>When it ends; nothing happens after that.</summary>
    public abstract long End { get; }

    /// <summary>The longest silence between two prices that is ordinary, in milliseconds.</summary>
    public abstract long Spacing { get; }

    /// <summary>How many prices there are up to a time, that time too. The index of the next.</summary>
    public abstract long CountPrices(long time);

    /// <summary>A price by its index, from 0.</summary>
    public abstract TapePrice Price(long index);

    /// <summary>When a price comes; null where there is none of that index.</summary>
    public abstract long? TimeOf(long index);

    /// <summary>The latest final candles, at most so many, that end at or before a time.</summary>
    public abstract CandleSeries Latest(Timeframe timeframe, int count, long until);

    /// <summary>The final candles that open at or after one time and end at or before another.</summary>
    public abstract CandleSeries Between(Timeframe timeframe, long from, long until);

    /// <summary>The candle whose period holds a time, of the prices up to then; null where there are none, or where its period lacks its beginning.</summary>
    public abstract Candle? OpenCandle(Timeframe timeframe, long time);

    /// <summary>How many candles of the shortest period should have ended between two times and are not there.</summary>
    public abstract long CountMissing(long from, long until);
}
