namespace Omega.Trading.Analysis;

/// <summary>All that is known of one timeframe, advanced bar by bar.</summary>
internal sealed class TimeframeAnalysis
{
    private readonly Timeframe _timeframe;
    private readonly TrendAnalysis _trend = new();
    private readonly MomentumAnalysis _momentum = new();
    private readonly VolatilityAnalysis _volatility;
    private readonly VolumeAnalysis _volume = new();
    private readonly QualityAnalysis _quality;
    private readonly SwingDetector _swings = new();
    private readonly LevelBook _levels = new();
    private readonly FibonacciLeg _leg = new();
    private readonly SweepDetector _sweeps = new();
    private double _close = double.NaN;
    private long _time;
    private long _bars;

    public TimeframeAnalysis(Timeframe timeframe)
    {
        _timeframe = timeframe;
        _volatility = new(timeframe);
        _quality = new(timeframe);
    }

    /// <summary>Takes the next final bar.</summary>
    /// <param name="bar">The bar.</param>
    /// <param name="isIncomplete">Whether parts of it are missing.</param>
    public void Add(in Candle bar, bool isIncomplete = false)
    {
        // What a sweep must exceed is known before its bar: the bar's own range would raise the bar for itself.
        var atrBefore = _volatility.Atr;
        _trend.Add(bar);
        _momentum.Add(bar);
        _volatility.Add(bar);
        _volume.Add(bar);
        _quality.Add(bar, isIncomplete);
        _sweeps.Next(bar, _bars, atrBefore);
        var (high, low) = _swings.Next(bar);
        if (high is { } top)
            Take(top);
        if (low is { } bottom)
            Take(bottom);
        // The order of prices inside a bar is unknown: one that is both ends no leg.
        if ((high is null) != (low is null))
            _leg.Next((high ?? low)!.Value);
        (_close, _time, _bars) = (bar.Close, bar.Time, _bars + 1);
    }

    public TimeframeReport Read(DateTimeOffset? now)
    {
        var notes = new FigureNotes(_bars);
        var trend = _trend.Read(notes);
        var momentum = _momentum.Read(notes);
        var volatility = _volatility.Read(notes);
        var volume = _volume.Read(notes);
        var (support, resistance) = _levels.Read(_close, volatility.Atr14, _bars, notes);
        var fibonacci = _leg.Read(_close, notes);
        DateTimeOffset? end = _bars > 0 ? DateTimeOffset.FromUnixTimeMilliseconds(_time + _timeframe.Milliseconds) : null;
        var quality = _quality.Read(end, now, notes);
        return new TimeframeReport
        {
            Timeframe = _timeframe,
            AsOf = notes.Of("as_of", end),
            Price = notes.Of("price", _close, 1, FigureNotes.Never),
            Trend = trend,
            Momentum = momentum,
            Volatility = volatility,
            Volume = volume,
            Support = support,
            Resistance = resistance,
            Fibonacci = fibonacci,
            Sweeps = _sweeps.Last,
            Quality = quality,
            Notes = notes.All,
        };
    }

    private void Take(in Swing swing)
    {
        _levels.Add(swing);
        _sweeps.Add(swing);
    }
}
