namespace Omega.Trading.Indicators;

/// <summary>
/// Kaufman's adaptive moving average. Efficiency ER = |x − x[n]| / Σ|Δx| over n bars (0 where nothing moved); k ← k + c·(x − k) with
/// c = (ER·(f − s) + s)², f = 2/(fast+1), s = 2/(slow+1). Starts from the value before the first ER; first value at bar n. Null only during
/// warm-up. At its slowest c = s², so a seed's trace decays as that of an EMA of length 2/s² − 1. Source: Kaufman, Trading Systems and
/// Methods (1998), chapter 17.
/// </summary>
internal struct Kama(int length, int fast, int slow) : ISeriesKernel
{
    private readonly double _fast = 2.0 / (fast + 1);
    private readonly double _slow = 2.0 / (slow + 1);
    private Delay _delay = new(length);
    private RollingSum _path = new(length);
    private double _previous = double.NaN;
    private double _average = double.NaN;

    public static IndicatorDescriptor Indicator { get; } = new SeriesIndicator<Kama>(
        new("kama", "Kaufman's adaptive moving average: fast where the price goes straight, slow where it goes to and fro.")
        {
            Parameters = [IndicatorParameter.Length(10), IndicatorParameter.Length(2, "fast"), IndicatorParameter.Length(30, "slow")],
            WarmUp = p => (int)p[0],
            Rule = IndicatorDefinition.Below("fast", "slow", at: 1),
        },
        p => new Kama((int)p[0], (int)p[1], (int)p[2]));

    public double Next(double value)
    {
        if (Null.Is(value))
            return double.NaN;
        var (previous, old) = (_previous, _delay.Next(value));
        _previous = value;
        if (double.IsNaN(previous) || !_path.Next(Math.Abs(value - previous)))
            return double.NaN;
        if (double.IsNaN(_average))
            _average = previous;
        var path = _path.Value;
        // Rounding can take the distance an ulp above the path.
        var efficiency = path > 0 ? Math.Min(1, Math.Abs(value - old) / path) : 0;
        var factor = (efficiency * (_fast - _slow)) + _slow;
        return _average += factor * factor * (value - _average);
    }
}
