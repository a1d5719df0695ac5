namespace Omega.Trading.Analysis;

/// <summary>What the figures stand on. Figures: <see cref="FigureCatalog"/>, <c>quality.*</c>.</summary>
public sealed record QualityReport
{
    /// <summary>Final bars used.</summary>
    public required long Bars { get; init; }

    /// <summary>Open time of the first.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Close time of the last.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Bars missing between the first and the last.</summary>
    public required long Missing { get; init; }

    /// <summary>Runs of missing bars.</summary>
    public required long Gaps { get; init; }

    /// <summary>Bars missing in the longest run.</summary>
    public required long LargestGap { get; init; }

    /// <summary>Bars of a longer timeframe of which parts are missing.</summary>
    public required long Incomplete { get; init; }

    /// <summary>Bars in which nothing traded.</summary>
    public required long Untraded { get; init; }

    /// <summary>Time from the close of the last bar to the present; null where no present was given.</summary>
    public TimeSpan? Age { get; init; }
}

/// <summary>Counts what is missing.</summary>
internal sealed class QualityAnalysis(Timeframe timeframe)
{
    private long _bars;
    private long _first;
    private long _last;
    private long _missing;
    private long _gaps;
    private long _largest;
    private long _incomplete;
    private long _untraded;

    public void Add(in Candle bar, bool isIncomplete)
    {
        if (_bars++ == 0)
            _first = bar.Time;
        else if ((bar.Time - _last) / timeframe.Milliseconds is var distance && distance > 1)
            (_missing, _gaps, _largest) = (_missing + distance - 1, _gaps + 1, Math.Max(_largest, distance - 1));
        _last = bar.Time;
        _incomplete += isIncomplete ? 1 : 0;
        _untraded += bar.Volume == 0 ? 1 : 0;
    }

    public QualityReport Read(DateTimeOffset? end, DateTimeOffset? now, FigureNotes notes)
    {
        if (now is null || end is null)
            notes.Add("quality.age", 1, "no present time was given");
        return new QualityReport
        {
            Bars = _bars,
            From = notes.Of<DateTimeOffset>("quality.from", _bars > 0 ? DateTimeOffset.FromUnixTimeMilliseconds(_first) : null),
            To = notes.Of("quality.to", end),
            Missing = _missing,
            Gaps = _gaps,
            LargestGap = _largest,
            Incomplete = _incomplete,
            Untraded = _untraded,
            Age = now - end,
        };
    }
}
