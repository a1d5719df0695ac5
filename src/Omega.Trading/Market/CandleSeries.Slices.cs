namespace Omega.Trading;

public sealed partial class CandleSeries
{
    /// <summary>Some candles in a row. The columns are shared, not copied.</summary>
    /// <param name="start">Index of the first.</param>
    /// <param name="count">How many.</param>
    /// <exception cref="ArgumentOutOfRangeException">They do not lie in the series.</exception>
    public CandleSeries Slice(int start, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start, Count - count);
        return new CandleSeries(Timeframe, Source, _columns, _start + start, count);
    }

    /// <summary>The candles that open in a time. The columns are shared, not copied.</summary>
    /// <param name="from">Candles that open then or later; null for all from the first.</param>
    /// <param name="to">Candles that open before then; null for all to the last.</param>
    public CandleSeries Between(DateTimeOffset? from, DateTimeOffset? to)
    {
        var start = from is { } first ? IndexFrom(CeilingMilliseconds(first)) : 0;
        var end = to is { } last ? IndexFrom(CeilingMilliseconds(last)) : Count;
        return Slice(start, Math.Max(0, end - start));
    }

    /// <summary>Index of the first candle that opens at a time or later; <see cref="Count"/> where there is none.</summary>
    /// <param name="time">Milliseconds since 1970-01-01 UTC.</param>
    public int IndexFrom(long time)
    {
        var index = Times.BinarySearch(time);
        return index < 0 ? ~index : index;
    }

    // A time between two milliseconds excludes the candle that opens at the first of them.
    private static long CeilingMilliseconds(DateTimeOffset time)
    {
        var whole = time.ToUnixTimeMilliseconds();
        return DateTimeOffset.FromUnixTimeMilliseconds(whole) < time ? whole + 1 : whole;
    }
}
