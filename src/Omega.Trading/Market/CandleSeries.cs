namespace Omega.Trading;

/// <summary>
/// Final candles of one market and timeframe, oldest first, in columns. Immutable and thread-safe. A missing candle is missing: nothing
/// is interpolated, and <see cref="MissingRanges"/> says where.
/// </summary>
public sealed partial class CandleSeries
{
    private readonly CandleColumns _columns;
    private readonly int _start;

    /// <summary>Takes columns of one length; they are not copied and must not be changed afterwards.</summary>
    internal CandleSeries(Timeframe timeframe, string source, long[] times, double[] opens, double[] highs, double[] lows, double[] closes, double[] volumes)
        : this(timeframe, source, new CandleColumns(times, opens, highs, lows, closes, volumes), 0, times.Length)
    {
    }

    /// <summary>A part of columns that other series may share.</summary>
    internal CandleSeries(Timeframe timeframe, string source, CandleColumns columns, int start, int count)
    {
        (Timeframe, Source, _columns, _start, Count) = (timeframe, source, columns, start, count);
        _missing = new(FindMissing);
    }

    /// <summary>Takes candles, oldest first.</summary>
    /// <param name="timeframe">Their timeframe.</param>
    /// <param name="source">Where they came from: an exchange and instrument, <c>replay:HASH</c>, or <c>SIM:seed</c>.</param>
    /// <param name="candles">Times rising strictly, each the open time of a period of <paramref name="timeframe"/>.</param>
    /// <exception cref="TradingException">A time is out of order or not on the timeframe's grid, or there is no timeframe.</exception>
    public static CandleSeries Create(Timeframe timeframe, string source, IReadOnlyList<Candle> candles)
    {
        if (timeframe == default)
            throw new TradingException("The candles have no timeframe. Name one, such as Timeframe.H1.");
        var columns = new CandleColumns(candles.Count);
        for (var i = 0; i < candles.Count; i++)
        {
            var candle = candles[i];
            if (i > 0 && candle.Time <= candles[i - 1].Time)
                throw new TradingException($"Candle {i} ({candle.OpenTime:O}) does not come after the one before it ({candles[i - 1].OpenTime:O}). Sort them and remove duplicates.");
            if (timeframe.Floor(candle.Time) != candle.Time)
                throw new TradingException($"Candle {i} opens at {candle.OpenTime:O}, which is not the start of a {timeframe} period.");
            columns.Set(i, candle);
        }

        return new CandleSeries(timeframe, source, columns, 0, candles.Count);
    }

    /// <summary>The period of each candle.</summary>
    public Timeframe Timeframe { get; }

    /// <summary>Where the candles came from: an exchange and instrument, <c>replay:HASH</c>, or <c>SIM:seed</c>.</summary>
    public string Source { get; }

    /// <summary>How many candles.</summary>
    public int Count { get; }

    /// <summary>Open times, in milliseconds since 1970-01-01 UTC, rising strictly.</summary>
    public ReadOnlySpan<long> Times => _columns.Times.AsSpan(_start, Count);

    /// <summary>First prices.</summary>
    public ReadOnlySpan<double> Opens => _columns.Opens.AsSpan(_start, Count);

    /// <summary>Highest prices.</summary>
    public ReadOnlySpan<double> Highs => _columns.Highs.AsSpan(_start, Count);

    /// <summary>Lowest prices.</summary>
    public ReadOnlySpan<double> Lows => _columns.Lows.AsSpan(_start, Count);

    /// <summary>Last prices.</summary>
    public ReadOnlySpan<double> Closes => _columns.Closes.AsSpan(_start, Count);

    /// <summary>Traded quantities, in base currency.</summary>
    public ReadOnlySpan<double> Volumes => _columns.Volumes.AsSpan(_start, Count);

    /// <summary>
    /// How many candles of the finest series each candle was made of, below <see cref="ExpectedParts"/> where some were missing. Empty
    /// in a series that was not resampled.
    /// </summary>
    public ReadOnlySpan<int> Parts => _columns.Parts is { } parts ? parts.AsSpan(_start, Count) : [];

    /// <summary>Parts of a complete candle; 1 in a series that was not resampled.</summary>
    public int ExpectedParts => _columns.ExpectedParts;

    /// <summary>One candle.</summary>
    /// <param name="index">From 0, the oldest.</param>
    public Candle this[int index] => new(Times[index], Opens[index], Highs[index], Lows[index], Closes[index], Volumes[index]);

    /// <summary>The same candles, said to come from elsewhere.</summary>
    internal CandleSeries From(string source) => new(Timeframe, source, _columns, _start, Count);
}
