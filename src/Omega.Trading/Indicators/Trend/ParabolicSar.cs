namespace Omega.Trading.Indicators;

/// <summary>
/// Parabolic stop and reverse. In an uptrend SAR ← SAR + a·(E − SAR), E the highest high of the trend, never above the lows of the two
/// bars before; a starts at the step and grows by it with each new E up to the limit. A low below SAR turns the trend: SAR becomes the old
/// E (or this bar's high, if higher), E the low, a the step. Downtrends mirror it. The value is the one in force during the bar; direction
/// is 1 up, −1 down. The first trend is up where bar 1 closes at or above bar 0, with the extreme of both bars as SAR and E. First value
/// at bar 1. Null only there. Source: Wilder, New Concepts in Technical Trading Systems (1978), section II.
/// </summary>
internal struct ParabolicSar(double step, double limit) : IBarLinesKernel
{
    private Candle _previous;
    private double _before;
    private double _sar;
    private double _extreme;
    private double _factor;
    private int _direction;
    private bool _begun;

    public static IndicatorDescriptor Indicator { get; } = new BarLinesIndicator<ParabolicSar>(
        new("psar", "Parabolic stop and reverse: the stop in force during the bar, and the trend's direction (1, −1).")
        {
            Parameters = [new("step", 0.02, 0.0001, 1, IsInteger: false), new("limit", 0.2, 0.0001, 1, IsInteger: false)],
            Outputs = ["value", "direction"],
            WarmUp = _ => 1,
            Rule = p => p[0] <= p[1] ? null : FormattableString.Invariant($"step is {p[0]} and limit is {p[1]}; step must not be above limit."),
        },
        p => new ParabolicSar(p[0], p[1]));

    public static int Lines => 2;

    public void Next(in Candle bar, Span<double> lines)
    {
        lines.Fill(double.NaN);
        if (Null.Is(bar))
            return;
        if (_direction != 0)
            Advance(bar);
        else if (_begun)
            Start(bar);
        // What protects a long position lies below: the lows of the two bars before; for a short one the highs.
        _before = _begun ? Near(_previous) : double.NaN;
        (_previous, _begun) = (bar, true);
        if (_direction != 0)
            (lines[0], lines[1]) = (_sar, _direction);
    }

    private void Start(in Candle bar)
    {
        _direction = bar.Close >= _previous.Close ? 1 : -1;
        _sar = Outer(Near(bar), Near(_previous));
        _extreme = Inner(Far(bar), Far(_previous));
        _factor = step;
    }

    private void Advance(in Candle bar)
    {
        _sar = Outer(_sar + (_factor * (_extreme - _sar)), Outer(Near(_previous), _before));
        if (Passes(_sar, Near(bar)))
        {
            var old = Inner(_extreme, Far(bar));
            _direction = -_direction;
            (_sar, _extreme, _factor) = (old, Far(bar), step);
        }
        else if (Passes(Far(bar), _extreme))
        {
            _extreme = Far(bar);
            _factor = Math.Min(_factor + step, limit);
        }
    }

    private readonly double Near(in Candle bar) => _direction < 0 ? bar.High : bar.Low;

    private readonly double Far(in Candle bar) => _direction < 0 ? bar.Low : bar.High;

    /// <summary>The one further from the trend: the lower one in an uptrend.</summary>
    private readonly double Outer(double a, double b) => _direction < 0 ? Math.Max(a, b) : Math.Min(a, b);

    /// <summary>The one further along the trend: the higher one in an uptrend.</summary>
    private readonly double Inner(double a, double b) => _direction < 0 ? Math.Min(a, b) : Math.Max(a, b);

    /// <summary>Whether <paramref name="a"/> lies further along the trend than <paramref name="b"/>.</summary>
    private readonly bool Passes(double a, double b) => _direction < 0 ? a < b : a > b;
}
