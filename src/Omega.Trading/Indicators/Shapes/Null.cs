using System.Runtime.CompilerServices;

namespace Omega.Trading.Indicators;

/// <summary>
/// What null means to every indicator, in one place. Inside the library null is NaN.
/// <list type="bullet">
/// <item>A null value, or a bar with a null in it, yields null and is otherwise as if it had not been: no state advances and it counts in
/// no window. So one x/0 cannot poison a recursive average, and an indicator over another begins when that one does.</item>
/// <item>NaN, infinities and sizes above 1e100, whose squares would overflow, are null.</item>
/// <item>A division by zero yields null, and so does one by what has decayed below 1e-250: there digits are lost.</item>
/// <item>No output is ever infinite.</item>
/// </list>
/// </summary>
internal static class Null
{
    private const double Largest = 1e100;
    private const double Least = 1e-250;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Is(double value) => !(Math.Abs(value) <= Largest);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Is(in Candle bar) =>
        !(Math.Abs(bar.Open) + Math.Abs(bar.High) + Math.Abs(bar.Low) + Math.Abs(bar.Close) + Math.Abs(bar.Volume) <= Largest);

    /// <summary>A quotient, or null.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Divide(double numerator, double denominator)
    {
        var quotient = numerator / denominator;
        return Math.Abs(denominator) > Least && double.IsFinite(quotient) ? quotient : double.NaN;
    }
}
