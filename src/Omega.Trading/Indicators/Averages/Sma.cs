namespace Omega.Trading.Indicators;

/// <summary>
/// Simple moving average: the mean of the last n values. First value at bar n − 1. Null only during warm-up. Source: Murphy, Technical
/// Analysis of the Financial Markets (1999), chapter 9.
/// </summary>
internal struct Sma(int length) : ISeriesKernel
{
    private RollingMean _mean = new(length);

    public static IndicatorDescriptor Indicator { get; } = new SeriesIndicator<Sma>(
        new("sma", "Simple moving average: mean of the last n values.")
        {
            Parameters = [IndicatorParameter.Length(20)],
            WarmUp = p => (int)p[0] - 1,
        },
        p => new Sma((int)p[0]));

    public double Next(double value) => !Null.Is(value) && _mean.Next(value) ? _mean.Value : double.NaN;
}
