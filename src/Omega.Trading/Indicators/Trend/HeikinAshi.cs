namespace Omega.Trading.Indicators;

/// <summary>
/// Heikin-Ashi bars: close = (o + h + l + c)/4, open = mean of the open and close of the Heikin-Ashi bar before (at first (o + c)/2), high
/// and low span the bar's own and both of these. No warm-up, never null. Nothing trades at these prices: they are never used for fills.
/// Source: Valcu, "Using the Heikin-Ashi technique", Stocks and Commodities 22:2 (2004).
/// </summary>
internal struct HeikinAshi : IBarLinesKernel
{
    private double _middle = double.NaN;

    public HeikinAshi()
    {
    }

    public static IndicatorDescriptor Indicator { get; } = new BarLinesIndicator<HeikinAshi>(
        new("heikin_ashi", "Heikin-Ashi bars, smoothed candles; not prices that anything traded at.")
        {
            Outputs = ["open", "high", "low", "close"],
            WarmUp = _ => 0,
        },
        _ => new HeikinAshi());

    public static int Lines => 4;

    public void Next(in Candle bar, Span<double> lines)
    {
        lines.Fill(double.NaN);
        if (Null.Is(bar))
            return;
        var open = double.IsNaN(_middle) ? 0.5 * (bar.Open + bar.Close) : _middle;
        var close = 0.25 * (bar.Open + bar.High + bar.Low + bar.Close);
        _middle = 0.5 * (open + close);
        lines[0] = open;
        lines[1] = Math.Max(bar.High, Math.Max(open, close));
        lines[2] = Math.Min(bar.Low, Math.Min(open, close));
        lines[3] = close;
    }
}
