using Omega.Trading.Indicators;

namespace Omega.Trading.Analysis;

/// <summary>Volatility figures of the bars so far, and the past that the present is ranked among.</summary>
internal sealed class VolatilityAnalysis(Timeframe timeframe)
{
    private const int PastBars = 1000;
    private const int LeastPast = 100;
    private const int HvBars = 20;

    // Values before the present one, in a ring: a quantile never sees what it is asked about, nor what came later.
    private readonly double[] _past = new double[PastBars];
    private readonly double[] _bands = [double.NaN, double.NaN, double.NaN];
    private Atr _atr = new(14);
    private HistoricalVolatility _hv = new(HvBars, timeframe.PerYear);
    private Bollinger _bollinger = new(20, 2);
    private double _volatility = double.NaN;
    private double _close = double.NaN;
    private long _pastCount;

    /// <summary>ATR(14) after the last bar; NaN during warm-up.</summary>
    public double Atr { get; private set; } = double.NaN;

    public void Add(in Candle bar)
    {
        if (double.IsFinite(_volatility))
            _past[_pastCount++ % PastBars] = _volatility;
        _close = bar.Close;
        Atr = _atr.Next(bar);
        _volatility = _hv.Next(_close);
        _bollinger.Next(_close, _bands);
    }

    public VolatilityReport Read(FigureNotes notes)
    {
        const string Equal = "all closes are equal";
        var (lower, middle, upper) = (_bands[0], _bands[1], _bands[2]);
        var count = (int)Math.Min(_pastCount, PastBars);
        var quantile = notes.Of("volatility.regime_quantile", count >= LeastPast ? Rank(_past.AsSpan(0, count)) : double.NaN, HvBars + 1 + LeastPast, FigureNotes.Never);
        if (quantile is null)
            notes.Add("volatility.regime", HvBars + 1 + LeastPast, FigureNotes.Never);
        return new VolatilityReport
        {
            Atr14 = notes.Of("volatility.atr_14", Atr, 15, FigureNotes.Never),
            AtrFraction = notes.Of("volatility.atr_fraction", Atr / _close, 15, FigureNotes.Never),
            Hv20 = notes.Of("volatility.hv_20", _volatility, HvBars + 1, FigureNotes.Never),
            Regime = quantile switch
            {
                null => null,
                >= 0.95 => VolatilityRegime.Extreme,
                >= 0.75 => VolatilityRegime.High,
                < 0.25 => VolatilityRegime.Low,
                _ => VolatilityRegime.Normal,
            },
            RegimeQuantile = quantile,
            RegimeBars = count,
            BollingerLower = notes.Of("volatility.bollinger_lower", lower, 20, FigureNotes.Never),
            BollingerMiddle = notes.Of("volatility.bollinger_middle", middle, 20, FigureNotes.Never),
            BollingerUpper = notes.Of("volatility.bollinger_upper", upper, 20, FigureNotes.Never),
            BollingerWidth = notes.Of("volatility.bollinger_width", (upper - lower) / middle, 20, FigureNotes.Never),
            BollingerPosition = notes.Of("volatility.bollinger_position", Null.Divide(_close - lower, upper - lower), 20, Equal),
        };
    }

    /// <summary>The share of the past below the present; equal values count half.</summary>
    private double Rank(ReadOnlySpan<double> past)
    {
        var (below, equal) = (0, 0);
        foreach (var value in past)
        {
            below += value < _volatility ? 1 : 0;
            equal += value == _volatility ? 1 : 0;
        }

        return (below + (0.5 * equal)) / past.Length;
    }
}
