namespace Omega.Trading;

public sealed partial class CandleSeries
{
    /// <summary>
    /// The same market in longer candles: open of the first part, highest high, lowest low, close of the last part, summed volume. The
    /// first and the last are left out where parts of them are missing; one between them is kept, with <see cref="Parts"/> below
    /// <see cref="ExpectedParts"/>; one without any part is missing.
    /// </summary>
    /// <param name="to">A multiple of <see cref="Timeframe"/>, or the same (then the series itself).</param>
    /// <exception cref="TradingException"><paramref name="to"/> is not made of whole candles of this series.</exception>
    public CandleSeries Resample(Timeframe to)
    {
        if (to == Timeframe)
            return this;
        if (!to.IsMultipleOf(Timeframe))
            throw new TradingException($"{Timeframe} candles cannot be made into {to} ones. They can be made into: {Choices()}.");

        var perCandle = checked((int)(to.Milliseconds / Timeframe.Milliseconds));
        var columns = new CandleColumns(CountPeriods(to)) { ExpectedParts = perCandle * ExpectedParts };
        columns = columns with { Parts = new int[columns.Times.Length] };
        var count = 0;
        for (int begin = 0, end; begin < Count; begin = end)
        {
            var period = to.Floor(Times[begin]);
            for (end = begin + 1; end < Count && Times[end] < period + to.Milliseconds;)
                end++;
            var parts = PartsOf(begin, end);
            var isEdge = begin == 0 || end == Count;
            if (isEdge && parts < columns.ExpectedParts)
                continue;
            columns.Set(count, Join(period, begin, end));
            columns.Parts![count++] = parts;
        }

        return new CandleSeries(to, Source, columns, 0, count);
    }

    private Candle Join(long time, int begin, int end)
    {
        var (high, low, volume) = (double.MinValue, double.MaxValue, 0.0);
        foreach (var value in Highs[begin..end])
            high = Math.Max(high, value);
        foreach (var value in Lows[begin..end])
            low = Math.Min(low, value);
        foreach (var value in Volumes[begin..end])
            volume += value;
        return new Candle(time, Opens[begin], high, low, Closes[end - 1], volume);
    }

    private int CountPeriods(Timeframe to)
    {
        var (count, until) = (0, long.MinValue);
        foreach (var time in Times)
        {
            if (time < until)
                continue;
            until = to.Floor(time) + to.Milliseconds;
            count++;
        }

        return count;
    }

    private int PartsOf(int begin, int end)
    {
        if (_columns.Parts is null)
            return end - begin;
        var parts = 0;
        foreach (var part in Parts[begin..end])
            parts += part;
        return parts;
    }

    private string Choices() => string.Join(", ", Timeframe.All.Where(other => other.IsMultipleOf(Timeframe))) is { Length: > 0 } names ? names : "none";
}
