namespace Omega.Trading.Indicators;

/// <summary>
/// Keltner channel in its later form: middle = EMA(n) of the close, lower and upper m·ATR(n) below and above it. First value of all three
/// at bar n. Null only during warm-up. Source: Raschke's form of Keltner, How to Make Money in Commodities (1960).
/// </summary>
internal struct Keltner(int length, double multiplier) : IBarLinesKernel
{
    private Ema _middle = new(length);
    private Atr _range = new(length);

    public static IndicatorDescriptor Indicator { get; } = new BarLinesIndicator<Keltner>(
        new("keltner", "Keltner channel: EMA of the close and a multiple of the ATR on each side.")
        {
            Parameters = [IndicatorParameter.Length(20), IndicatorParameter.Multiplier(2)],
            Outputs = ["lower", "middle", "upper"],
            WarmUp = p => (int)p[0],
        },
        p => new Keltner((int)p[0], p[1]));

    public static int Lines => 3;

    public void Next(in Candle bar, Span<double> lines)
    {
        lines.Fill(double.NaN);
        if (Null.Is(bar))
            return;
        var middle = _middle.Next(bar.Close);
        var width = multiplier * _range.Next(bar);
        (lines[0], lines[1], lines[2]) = (middle - width, middle, middle + width);
    }
}
