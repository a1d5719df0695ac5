namespace Omega.Trading.Analysis;

/// <summary>
/// Bars of a longer timeframe as they become final: on the bar whose close reaches the end of the period or, where the last ones of the
/// period are missing, on the next that exists. An incomplete first one is dropped, as <see cref="CandleSeries.Resample"/> does.
/// </summary>
internal sealed class LongerBars(Timeframe timeframe, Timeframe parts)
{
    private readonly long _expected = timeframe.Milliseconds / parts.Milliseconds;
    private Candle _bar;
    private long _end = long.MinValue;
    private long _parts;
    private bool _hasIncompletePart;
    private bool _isFirst = true;

    /// <summary>The bar that has become final.</summary>
    public Candle Bar { get; private set; }

    /// <summary>Whether parts of it are missing.</summary>
    public bool IsIncomplete { get; private set; }

    /// <summary>Takes the next bar; true where a period before it has become final.</summary>
    public bool Begin(in Candle bar, bool isIncomplete)
    {
        if (bar.Time >= _end)
        {
            var isFinal = _parts > 0 && Complete();
            var opened = timeframe.Floor(bar.Time);
            (_bar, _end, _parts, _hasIncompletePart) = (bar with { Time = opened }, opened + timeframe.Milliseconds, 1, isIncomplete);
            return isFinal;
        }

        _bar = new(_bar.Time, _bar.Open, Math.Max(_bar.High, bar.High), Math.Min(_bar.Low, bar.Low), bar.Close, _bar.Volume + bar.Volume);
        _parts++;
        _hasIncompletePart |= isIncomplete;
        return false;
    }

    /// <summary>True where the bar that was just taken ends its period.</summary>
    public bool End(in Candle bar) => bar.Time + parts.Milliseconds >= _end && Complete();

    private bool Complete()
    {
        (Bar, IsIncomplete) = (_bar, _parts < _expected || _hasIncompletePart);
        var isDropped = _isFirst && IsIncomplete;
        (_parts, _isFirst) = (0, false);
        return !isDropped;
    }
}
