namespace Omega.Trading.Indicators;

/// <summary>
/// Hull moving average: WMA(⌊√n⌋) of 2·WMA(⌊n/2⌋) − WMA(n). First value at bar n + ⌊√n⌋ − 2. Null only during warm-up. Source: Hull,
/// "How to reduce lag in a moving average" (alanhull.com, 2005).
/// </summary>
internal struct Hma(int length) : ISeriesKernel
{
    private Wma _half = new(length / 2);
    private Wma _whole = new(length);
    private Wma _last = new(Root(length));

    public static IndicatorDescriptor Indicator { get; } = new SeriesIndicator<Hma>(
        new("hma", "Hull moving average: WMA of √n over 2·WMA(n/2) − WMA(n).")
        {
            Parameters = [IndicatorParameter.Length(20, least: 2)],
            WarmUp = p => (int)p[0] + Root((int)p[0]) - 2,
        },
        p => new Hma((int)p[0]));

    public double Next(double value) => _last.Next((2 * _half.Next(value)) - _whole.Next(value));

    private static int Root(int length) => (int)Math.Sqrt(length);
}
