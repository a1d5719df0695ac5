namespace Omega.Trading.Expressions;

/// <summary>
/// Bars of a longer timeframe as they become final, and the nodes that live on them. A bar is final on the bar of the series whose close
/// reaches its end; where the last ones of its period are missing, on the next that exists. An incomplete first bar is dropped.
/// </summary>
internal sealed class FrameClock
{
    private readonly Timeframe _timeframe;
    private readonly long _baseLength;
    private readonly int _fullParts;
    private readonly Node[] _nodes;
    private readonly CrossNode[] _crossings;
    private readonly Node[] _afterCrossings;

    private Candle _bar;
    private long _end = long.MinValue;
    private int _parts;
    private bool _isFirst = true;
    private bool _justAdvanced;

    /// <param name="timeframe">The longer timeframe.</param>
    /// <param name="series">The timeframe of the series.</param>
    /// <param name="prices">Receives each final bar.</param>
    /// <param name="nodes">What lives on these bars, in the order of dependence.</param>
    /// <param name="crossings">Those of <paramref name="nodes"/> that are true on a single bar of the series.</param>
    /// <param name="afterCrossings">Those without a memory that depend on one of <paramref name="crossings"/>.</param>
    public FrameClock(Timeframe timeframe, Timeframe series, PriceSlots prices, Node[] nodes, CrossNode[] crossings, Node[] afterCrossings)
    {
        (_timeframe, _baseLength, _fullParts) = (timeframe, series.Milliseconds, (int)(timeframe.Milliseconds / series.Milliseconds));
        (Prices, _nodes, _crossings, _afterCrossings) = (prices, nodes, crossings, afterCrossings);
    }

    public PriceSlots Prices { get; }

    /// <summary>Takes the next bar of the series.</summary>
    public void Take(in Candle bar)
    {
        if (_justAdvanced)
            Settle();
        if (bar.Time >= _end)
        {
            // The period before ended without its last bars.
            if (_parts > 0)
                Complete();
            _bar = bar with { Time = _timeframe.Floor(bar.Time) };
            _end = _bar.Time + _timeframe.Milliseconds;
            _parts = 1;
        }
        else
        {
            _bar = _bar with
            {
                High = Math.Max(_bar.High, bar.High),
                Low = Math.Min(_bar.Low, bar.Low),
                Close = bar.Close,
                Volume = _bar.Volume + bar.Volume,
            };
            _parts++;
        }

        if (bar.Time + _baseLength >= _end)
            Complete();
    }

    private void Complete()
    {
        var isDropped = _isFirst && _parts < _fullParts;
        (_parts, _isFirst) = (0, false);
        if (isDropped)
            return;
        Prices.Set(_bar);
        foreach (var node in _nodes)
            node.Advance(_bar);
        _justAdvanced = true;
    }

    private void Settle()
    {
        _justAdvanced = false;
        foreach (var crossing in _crossings)
            crossing.Settle();
        foreach (var node in _afterCrossings)
            node.Advance(_bar);
    }
}
