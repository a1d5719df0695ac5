namespace Omega.Trading.Indicators;

/// <summary>
/// Rate of change in per cent: 100·(x − x[n])/x[n]. First value at bar n. Null where x[n] is zero. Source: Murphy, Technical Analysis of
/// the Financial Markets (1999), chapter 10.
/// </summary>
internal struct Roc(int length) : ISeriesKernel
{
    private Delay _delay = new(length);

    public static IndicatorDescriptor Indicator { get; } = new SeriesIndicator<Roc>(
        new("roc", "Rate of change over n bars, in per cent.")
        {
            Parameters = [IndicatorParameter.Length(10)],
            WarmUp = p => (int)p[0],
        },
        p => new Roc((int)p[0]));

    public double Next(double value)
    {
        if (Null.Is(value))
            return double.NaN;
        var old = _delay.Next(value);
        return 100 * Null.Divide(value - old, old);
    }
}

/// <summary>
/// Momentum: x − x[n]. First value at bar n. Null only during warm-up. Source: as <see cref="Roc"/>.
/// </summary>
internal struct Momentum(int length) : ISeriesKernel
{
    private Delay _delay = new(length);

    public static IndicatorDescriptor Indicator { get; } = new SeriesIndicator<Momentum>(
        new("momentum", "Change over n bars.")
        {
            Parameters = [IndicatorParameter.Length(10)],
            WarmUp = p => (int)p[0],
        },
        p => new Momentum((int)p[0]));

    public double Next(double value) => Null.Is(value) ? double.NaN : value - _delay.Next(value);
}
