namespace Omega.Trading.Indicators;

/// <summary>
/// ZigZag: the swings of at least a fraction of the price. On the bar that confirms a swing: its price, its own bar's open time in
/// milliseconds since 1970-01-01 UTC, and 1 for a high or −1 for a low; null on every other bar. What was yielded is never taken back, and
/// nothing is drawn into the past. Source: Merrill, Filtered Waves (1977).
/// </summary>
internal struct ZigZag(double reversal) : IBarLinesKernel
{
    private SwingTracker _swings = new(reversal);

    public static IndicatorDescriptor Indicator { get; } = new BarLinesIndicator<ZigZag>(
        new("zigzag", "ZigZag: swings of at least a fraction, on the bar that confirms them, with the swing's own time.")
        {
            Parameters = [Reversal],
            Outputs = ["price", "time", "direction"],
            WarmUp = _ => 1,
            WarmUpDependsOnData = true,
        },
        p => new ZigZag(p[0]));

    public static int Lines => 3;

    /// <summary>The fraction of the price that makes a swing.</summary>
    internal static IndicatorParameter Reversal => new("reversal", 0.05, 0.0001, 0.9, IsInteger: false);

    public void Next(in Candle bar, Span<double> lines)
    {
        lines.Fill(double.NaN);
        if (!Null.Is(bar) && _swings.Next(bar))
            (lines[0], lines[1], lines[2]) = (_swings.Price, _swings.Time, _swings.Direction);
    }
}
