namespace Omega.Trading.Indicators;

/// <summary>
/// Population standard deviation of the last n values, as Bollinger bands use it. First value at bar n − 1. Null only during warm-up; of
/// equal values exactly 0.
/// </summary>
internal struct StandardDeviation(int length) : ISeriesKernel
{
    private RollingMoments _window = new(length);

    public static IndicatorDescriptor Indicator { get; } = new SeriesIndicator<StandardDeviation>(
        new("stddev", "Population standard deviation of n values.")
        {
            Parameters = [IndicatorParameter.Length(20, least: 2)],
            WarmUp = p => (int)p[0] - 1,
        },
        p => new StandardDeviation((int)p[0]));

    public double Next(double value) => !Null.Is(value) && _window.Next(value) ? Math.Sqrt(_window.Variance) : double.NaN;
}

/// <summary>
/// z-score: (x − mean)/population standard deviation of the last n values. First value at bar n − 1. Null where the values are equal.
/// </summary>
internal struct ZScore(int length) : ISeriesKernel
{
    private RollingMoments _window = new(length);

    public static IndicatorDescriptor Indicator { get; } = new SeriesIndicator<ZScore>(
        new("zscore", "Distance from the mean of n values, in population standard deviations; null where all are equal.")
        {
            Parameters = [IndicatorParameter.Length(20, least: 2)],
            WarmUp = p => (int)p[0] - 1,
        },
        p => new ZScore((int)p[0]));

    public double Next(double value) => !Null.Is(value) && _window.Next(value) ? Null.Divide(_window.LastLessMean, Math.Sqrt(_window.Variance)) : double.NaN;
}
