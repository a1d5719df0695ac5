namespace Omega.Trading.Indicators;

/// <summary>
/// Bollinger bands: middle = SMA(n), lower and upper k population standard deviations of the same n values below and above it. First value
/// at bar n − 1. Null only during warm-up. Source: Bollinger, Bollinger on Bollinger Bands (2001).
/// </summary>
internal struct Bollinger(int length, double deviations) : ISeriesLinesKernel
{
    private RollingMoments _window = new(length);

    public static IndicatorDescriptor Indicator { get; } = new SeriesLinesIndicator<Bollinger>(
        new("bollinger", "Bollinger bands: SMA and k population standard deviations on each side.")
        {
            Parameters = [IndicatorParameter.Length(20, least: 2), IndicatorParameter.Multiplier(2, "deviations")],
            Outputs = ["lower", "middle", "upper"],
            WarmUp = p => (int)p[0] - 1,
        },
        p => new Bollinger((int)p[0], p[1]));

    public static int Lines => 3;

    public void Next(double value, Span<double> lines)
    {
        lines.Fill(double.NaN);
        if (Null.Is(value) || !_window.Next(value))
            return;
        var (mean, width) = (_window.Mean, deviations * Math.Sqrt(_window.Variance));
        (lines[0], lines[1], lines[2]) = (mean - width, mean, mean + width);
    }
}
