namespace Omega.Trading.Indicators;

/// <summary>
/// Chaikin oscillator: EMA(fast) − EMA(slow) of the accumulation/distribution line, the running sum of <see cref="Cmf"/>'s money flow;
/// each average seeded with the mean of its own first values. First value at bar slow − 1. Null only during warm-up. The line itself grows
/// without bound and would take the digits of a small difference with it, so what is kept is how far each average lies from the line.
/// Source: Chaikin, as told in Achelis, Technical Analysis from A to Z (2000).
/// </summary>
internal struct Chaikin(int fast, int slow) : IBarKernel
{
    private Lag _fast = new(fast);
    private Lag _slow = new(slow);

    public static IndicatorDescriptor Indicator { get; } = new BarIndicator<Chaikin>(
        new("chaikin", "Chaikin oscillator: EMA(fast) − EMA(slow) of the accumulation/distribution line.")
        {
            Parameters = [IndicatorParameter.Length(3, "fast"), IndicatorParameter.Length(10, "slow")],
            WarmUp = p => (int)p[1] - 1,
            Rule = IndicatorDefinition.Below("fast", "slow"),
        },
        p => new Chaikin((int)p[0], (int)p[1]));

    public double Next(in Candle bar)
    {
        if (Null.Is(bar))
            return double.NaN;
        var flow = Cmf.MoneyFlow(bar);
        return _fast.Next(flow) - _slow.Next(flow);
    }

    /// <summary>The EMA of a running sum less that sum, told from the sum's steps alone.</summary>
    private struct Lag(int length)
    {
        private readonly double _keep = 1 - (2.0 / (length + 1));
        private double _lag;
        private int _seen;

        public double Next(double step)
        {
            if (_seen == length)
                return _lag = _keep * (_lag - step);
            // While seeding: the sum of all earlier sums' distances from the present one, each of which the step lengthens.
            _lag -= _seen * step;
            if (++_seen < length)
                return double.NaN;
            return _lag /= length;
        }
    }
}
