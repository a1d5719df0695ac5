namespace Omega.Trading.Indicators;

/// <summary>
/// Triple exponential moving average: 3·E₁ − 3·E₂ + E₃, each an EMA(n) of the one before and seeded with the mean of its own first n
/// values. First value at bar 3(n − 1). Null only during warm-up. Source: Mulloy, "Smoothing data with faster moving averages", Stocks and
/// Commodities 12:1 (1994).
/// </summary>
internal struct Tema(int length) : ISeriesKernel
{
    private Ema _once = new(length);
    private Ema _twice = new(length);
    private Ema _thrice = new(length);

    public static IndicatorDescriptor Indicator { get; } = new SeriesIndicator<Tema>(
        new("tema", "Triple exponential moving average: 3·EMA − 3·EMA of EMA + EMA of EMA of EMA.")
        {
            Parameters = [IndicatorParameter.Length(20)],
            WarmUp = p => 3 * ((int)p[0] - 1),
        },
        p => new Tema((int)p[0]));

    public double Next(double value)
    {
        var once = _once.Next(value);
        var twice = _twice.Next(once);
        return (3 * (once - twice)) + _thrice.Next(twice);
    }
}
