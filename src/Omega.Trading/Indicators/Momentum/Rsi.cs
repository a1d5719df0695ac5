using System.Runtime.CompilerServices;

namespace Omega.Trading.Indicators;

/// <summary>
/// Relative strength index: 100·G/(G + L), G and L the mean gain and the mean loss under Wilder's smoothing, seeded with the means of
/// changes 1..n. First value at bar n. Null where there is neither gain nor loss. Source: Wilder, New Concepts in Technical Trading
/// Systems (1978), section VI.
/// </summary>
internal struct Rsi(int length) : ISeriesKernel
{
    private Smoothing _gain = Smoothing.Wilder(length);
    private Smoothing _loss = Smoothing.Wilder(length);
    private double _previous = double.NaN;

    public static IndicatorDescriptor Indicator { get; } = new SeriesIndicator<Rsi>(
        new("rsi", "Relative strength index, 0 to 100, with Wilder's smoothing; null where nothing moved.")
        {
            Parameters = [IndicatorParameter.Length(14)],
            WarmUp = p => (int)p[0],
        },
        p => new Rsi((int)p[0]));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Next(double value)
    {
        if (Null.Is(value))
            return double.NaN;
        var change = value - _previous;
        _previous = value;
        if (double.IsNaN(change))
            return double.NaN;

        // The change where it is positive, else 0, and the same of its negative: exact, and without a branch that no processor can foresee.
        var size = Math.Abs(change);
        var gain = _gain.Next((size + change) * 0.5);
        var loss = _loss.Next((size - change) * 0.5);
        return 100 * Null.Divide(gain, gain + loss);
    }
}
