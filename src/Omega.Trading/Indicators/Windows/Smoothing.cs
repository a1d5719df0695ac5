using System.Runtime.CompilerServices;

namespace Omega.Trading.Indicators;

/// <summary>
/// Exponential smoothing: a ← a + f·(x − a), seeded with the mean of the first n values; null before. Equal values stay exactly what they
/// are. f is 2/(n+1) for an EMA and 1/n for Wilder's smoothing (New Concepts in Technical Trading Systems, 1978). Multiplied and added apart:
/// fused, it would be a call in native builds for any x64.
/// </summary>
internal struct Smoothing
{
    private readonly double _factor;
    private readonly int _length;
    private double _average;
    private double _sum;
    private int _missing;

    private Smoothing(int length, double factor) => (_length, _missing, _factor) = (length, length, factor);

    public static Smoothing Exponential(int length) => new(length, 2.0 / (length + 1));

    public static Smoothing Wilder(int length) => new(length, 1.0 / length);

    /// <summary>Takes a value that is not null.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Next(double value) => _missing == 0 ? _average = After(_average, value) : Seed(value);

    /// <summary>What an average becomes with a value that is not null, once it has its seed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly double After(double average, double value) => average + (_factor * (value - average));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private double Seed(double value)
    {
        // Until the seed is known the average holds the first value, from which the others are measured.
        if (_missing == _length)
            _average = value;
        _sum += value - _average;
        return --_missing > 0 ? double.NaN : _average += _sum / _length;
    }
}
