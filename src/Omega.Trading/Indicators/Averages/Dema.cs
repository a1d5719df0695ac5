namespace Omega.Trading.Indicators;

/// <summary>
/// Double exponential moving average: 2·E₁ − E₂ with E₁ = EMA(n) and E₂ = EMA(n) of E₁, each seeded with the mean of its own first n
/// values. First value at bar 2(n − 1). Null only during warm-up. Source: Mulloy, "Smoothing data with faster moving averages", Stocks and
/// Commodities 12:1 (1994).
/// </summary>
internal struct Dema(int length) : ISeriesKernel
{
    private Ema _once = new(length);
    private Ema _twice = new(length);

    public static IndicatorDescriptor Indicator { get; } = new SeriesIndicator<Dema>(
        new("dema", "Double exponential moving average: 2·EMA − EMA of EMA.")
        {
            Parameters = [IndicatorParameter.Length(20)],
            WarmUp = p => 2 * ((int)p[0] - 1),
        },
        p => new Dema((int)p[0]));

    public double Next(double value)
    {
        var once = _once.Next(value);
        var twice = _twice.Next(once);
        return once + (once - twice);
    }
}
