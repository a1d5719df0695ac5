namespace Omega.Trading.Indicators;

/// <summary>
/// Weighted moving average: weights 1 for the oldest of n values to n for the newest. First value at bar n − 1. Null only during warm-up.
/// Source: Murphy, Technical Analysis of the Financial Markets (1999), chapter 9.
/// </summary>
internal struct Wma(int length) : ISeriesKernel
{
    private RollingTrend _window = new(length);

    public static IndicatorDescriptor Indicator { get; } = new SeriesIndicator<Wma>(
        new("wma", "Weighted moving average: weights 1 (oldest) to n (newest).")
        {
            Parameters = [IndicatorParameter.Length(20)],
            WarmUp = p => (int)p[0] - 1,
        },
        p => new Wma((int)p[0]));

    public double Next(double value) => !Null.Is(value) && _window.Next(value) ? _window.WeightedMean : double.NaN;
}
