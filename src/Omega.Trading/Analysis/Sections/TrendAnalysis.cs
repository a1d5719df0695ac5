using Omega.Trading.Indicators;

namespace Omega.Trading.Analysis;

/// <summary>Trend figures of the bars so far.</summary>
internal sealed class TrendAnalysis
{
    /// <summary>ADX below which nothing is called a trend (Wilder, 1978).</summary>
    private const double LeastAdx = 20;

    private const string Method = "up where the close and ema_20 are above ema_50, down where both are below, and adx_14 is at least 20; else sideways";

    private readonly double[] _movement = new double[Adx.Lines];
    private readonly double[] _line = new double[LinearRegression.Lines];
    private Ema _shortAverage = new(20);
    private Ema _middleAverage = new(50);
    private Ema _longAverage = new(200);
    private Adx _adx = new(14);
    private LinearRegression _regression = new(50);
    private (double Short, double Middle, double Long) _averages = (double.NaN, double.NaN, double.NaN);
    private double _close = double.NaN;

    public TrendAnalysis()
    {
        _movement.AsSpan().Fill(double.NaN);
        _line.AsSpan().Fill(double.NaN);
    }

    public void Add(in Candle bar)
    {
        _close = bar.Close;
        _averages = (_shortAverage.Next(_close), _middleAverage.Next(_close), _longAverage.Next(_close));
        _adx.Next(bar, _movement);
        _regression.Next(_close, _line);
    }

    public TrendReport Read(FigureNotes notes)
    {
        const string Still = "nothing moved";
        var (adx, slope) = (_movement[0], _line[0] / _close);
        var isKnown = double.IsFinite(_averages.Middle) && double.IsFinite(adx);
        if (!isKnown)
            notes.Add("trend.direction", 50, Still);
        return new TrendReport
        {
            Direction = isKnown ? Direction(adx) : null,
            Method = Method,
            Strength = notes.Of("trend.strength", adx / 100, 28, Still),
            Ema20 = notes.Of("trend.ema_20", _averages.Short, 20, FigureNotes.Never),
            Ema50 = notes.Of("trend.ema_50", _averages.Middle, 50, FigureNotes.Never),
            Ema200 = notes.Of("trend.ema_200", _averages.Long, 200, FigureNotes.Never),
            Adx14 = notes.Of("trend.adx_14", adx, 28, Still),
            PlusDi14 = notes.Of("trend.plus_di_14", _movement[1], 15, Still),
            MinusDi14 = notes.Of("trend.minus_di_14", _movement[2], 15, Still),
            Slope50 = notes.Of("trend.slope_50", slope, 50, FigureNotes.Never),
            R2Of50 = notes.Of("trend.r2_50", _line[1], 50, "all closes are equal"),
        };
    }

    private TrendDirection Direction(double adx)
    {
        if (adx < LeastAdx)
            return TrendDirection.Sideways;
        var (average, middle) = (_averages.Short, _averages.Middle);
        if (_close > middle && average > middle)
            return TrendDirection.Up;
        return _close < middle && average < middle ? TrendDirection.Down : TrendDirection.Sideways;
    }
}
