using System.Runtime.CompilerServices;

namespace Omega.Trading.Indicators;

/// <summary>
/// Exponential moving average with factor 2/(n+1), seeded with the mean of the first n values. First value at bar n − 1. Null only during
/// warm-up. Source: Murphy, Technical Analysis of the Financial Markets (1999), chapter 9.
/// </summary>
internal struct Ema(int length) : ISeriesKernel
{
    private Smoothing _average = Smoothing.Exponential(length);

    public static IndicatorDescriptor Indicator { get; } = new SeriesIndicator<Ema>(
        new("ema", "Exponential moving average, factor 2/(n+1), seeded with the mean of the first n values.")
        {
            Parameters = [IndicatorParameter.Length(20)],
            WarmUp = p => (int)p[0] - 1,
        },
        p => new Ema((int)p[0]),
        p => new EmaStream((int)p[0]));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Next(double value) => Null.Is(value) ? double.NaN : _average.Next(value);
}
