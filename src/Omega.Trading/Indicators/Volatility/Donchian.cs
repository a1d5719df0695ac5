namespace Omega.Trading.Indicators;

/// <summary>
/// Donchian channel: lowest low and highest high of the last n bars, the present one among them, and their middle. First value at bar
/// n − 1. Null only during warm-up. Source: Donchian, "High finance in copper", Financial Analysts Journal 16:6 (1960).
/// </summary>
internal struct Donchian(int length) : IBarLinesKernel
{
    private RollingRange _range = new(length);

    public static IndicatorDescriptor Indicator { get; } = new BarLinesIndicator<Donchian>(
        new("donchian", "Donchian channel: lowest low and highest high of n bars, the present one included.")
        {
            Parameters = [IndicatorParameter.Length(20)],
            Outputs = ["lower", "middle", "upper"],
            WarmUp = p => (int)p[0] - 1,
        },
        p => new Donchian((int)p[0]));

    public static int Lines => 3;

    public void Next(in Candle bar, Span<double> lines)
    {
        lines.Fill(double.NaN);
        if (!Null.Is(bar) && _range.Next(bar.High, bar.Low))
            (lines[0], lines[1], lines[2]) = (_range.Lowest, _range.Middle, _range.Highest);
    }
}
