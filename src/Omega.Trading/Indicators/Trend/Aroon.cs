namespace Omega.Trading.Indicators;

/// <summary>
/// Aroon: up = 100·(n − bars since the highest high)/n, down likewise since the lowest low, over n + 1 bars (of equal ones the latest);
/// oscillator = up − down. First value at bar n. Null only during warm-up. Source: Chande, "Time price oscillator", Stocks and Commodities
/// 13:9 (1995).
/// </summary>
internal struct Aroon(int length) : IBarLinesKernel
{
    private readonly double _length = length;
    private RollingRange _range = new(length + 1);

    public static IndicatorDescriptor Indicator { get; } = new BarLinesIndicator<Aroon>(
        new("aroon", "Aroon, 0 to 100: how lately the highest high and the lowest low of n bars were.")
        {
            Parameters = [IndicatorParameter.Length(25)],
            Outputs = ["up", "down", "oscillator"],
            WarmUp = p => (int)p[0],
        },
        p => new Aroon((int)p[0]));

    public static int Lines => 3;

    public void Next(in Candle bar, Span<double> lines)
    {
        lines.Fill(double.NaN);
        if (Null.Is(bar) || !_range.Next(bar.High, bar.Low))
            return;
        lines[0] = 100 * ((_length - _range.HighestAge) / _length);
        lines[1] = 100 * ((_length - _range.LowestAge) / _length);
        lines[2] = lines[0] - lines[1];
    }
}
