namespace Omega.Trading;

/// <summary>
/// Final candles of one market and timeframe, oldest first, in columns. Immutable and thread-safe. A missing candle is missing: nothing
/// is interpolated.
/// </summary>
public sealed class CandleSeries
{
    private readonly long[] _times;
    private readonly double[] _opens;
    private readonly double[] _highs;
    private readonly double[] _lows;
    private readonly double[] _closes;
    private readonly double[] _volumes;

    /// <summary>Takes columns of one length; they are not copied and must not be changed afterwards.</summary>
    internal CandleSeries(Timeframe timeframe, string source, long[] times, double[] opens, double[] highs, double[] lows, double[] closes, double[] volumes)
    {
        (Timeframe, Source) = (timeframe, source);
        (_times, _opens, _highs, _lows, _closes, _volumes) = (times, opens, highs, lows, closes, volumes);
    }

    /// <summary>Takes candles, oldest first.</summary>
    /// <param name="timeframe">Their timeframe.</param>
    /// <param name="source">Where they came from: an exchange and instrument, <c>replay:HASH</c>, or <c>SIM:seed</c>.</param>
    /// <param name="candles">Times rising strictly, each the open time of a period of <paramref name="timeframe"/>.</param>
    /// <exception cref="TradingException">A time is out of order or not on the timeframe's grid.</exception>
    public static CandleSeries Create(Timeframe timeframe, string source, IReadOnlyList<Candle> candles)
    {
        var series = new CandleSeries(timeframe, source, new long[candles.Count], new double[candles.Count], new double[candles.Count], new double[candles.Count], new double[candles.Count], new double[candles.Count]);
        for (var i = 0; i < candles.Count; i++)
        {
            var candle = candles[i];
            if (i > 0 && candle.Time <= candles[i - 1].Time)
                throw new TradingException($"Candle {i} ({candle.OpenTime:O}) does not come after the one before it ({candles[i - 1].OpenTime:O}). Sort them and remove duplicates.");
            if (timeframe.Floor(candle.Time) != candle.Time)
                throw new TradingException($"Candle {i} opens at {candle.OpenTime:O}, which is not the start of a {timeframe} period.");
            (series._times[i], series._opens[i], series._highs[i], series._lows[i], series._closes[i], series._volumes[i]) = (candle.Time, candle.Open, candle.High, candle.Low, candle.Close, candle.Volume);
        }

        return series;
    }

    /// <summary>The period of each candle.</summary>
    public Timeframe Timeframe { get; }

    /// <summary>Where the candles came from: an exchange and instrument, <c>replay:HASH</c>, or <c>SIM:seed</c>.</summary>
    public string Source { get; }

    /// <summary>How many candles.</summary>
    public int Count => _times.Length;

    /// <summary>Open times, in milliseconds since 1970-01-01 UTC, rising strictly.</summary>
    public ReadOnlySpan<long> Times => _times;

    /// <summary>First prices.</summary>
    public ReadOnlySpan<double> Opens => _opens;

    /// <summary>Highest prices.</summary>
    public ReadOnlySpan<double> Highs => _highs;

    /// <summary>Lowest prices.</summary>
    public ReadOnlySpan<double> Lows => _lows;

    /// <summary>Last prices.</summary>
    public ReadOnlySpan<double> Closes => _closes;

    /// <summary>Traded quantities, in base currency.</summary>
    public ReadOnlySpan<double> Volumes => _volumes;

    /// <summary>One candle.</summary>
    /// <param name="index">From 0, the oldest.</param>
    public Candle this[int index] => new(_times[index], _opens[index], _highs[index], _lows[index], _closes[index], _volumes[index]);
}
