namespace Omega.Trading.Indicators;

/// <summary>
/// Highest of the last n values, the present one among them. First value at bar n − 1. Null only during warm-up.
/// </summary>
internal struct Highest(int length) : ISeriesKernel
{
    private RollingMaximum _window = new(length);

    public static IndicatorDescriptor Indicator { get; } = new SeriesIndicator<Highest>(
        new("highest", "Highest of n values, the present one included.")
        {
            Parameters = [IndicatorParameter.Length(20)],
            WarmUp = p => (int)p[0] - 1,
        },
        p => new Highest((int)p[0]));

    public double Next(double value) => !Null.Is(value) && _window.Next(value) ? _window.Value : double.NaN;
}

/// <summary>
/// Lowest of the last n values, the present one among them. First value at bar n − 1. Null only during warm-up.
/// </summary>
internal struct Lowest(int length) : ISeriesKernel
{
    private RollingMinimum _window = new(length);

    public static IndicatorDescriptor Indicator { get; } = new SeriesIndicator<Lowest>(
        new("lowest", "Lowest of n values, the present one included.")
        {
            Parameters = [IndicatorParameter.Length(20)],
            WarmUp = p => (int)p[0] - 1,
        },
        p => new Lowest((int)p[0]));

    public double Next(double value) => !Null.Is(value) && _window.Next(value) ? _window.Value : double.NaN;
}
