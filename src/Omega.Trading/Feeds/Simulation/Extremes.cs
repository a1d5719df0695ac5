using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Omega.Trading.Feeds;

/// <summary>The least and the greatest of some numbers.</summary>
internal static class Extremes
{
    /// <param name="numbers">At least one; none is NaN.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (double Least, double Greatest) Of(ReadOnlySpan<double> numbers)
    {
        var (least, greatest) = (Vector256.Create(numbers[0]), Vector256.Create(numbers[0]));
        foreach (var four in MemoryMarshal.Cast<double, Vector256<double>>(numbers))
            (least, greatest) = (Vector256.MinNative(least, four), Vector256.MaxNative(greatest, four));
        var (low, high) = (Math.Min(Math.Min(least[0], least[1]), Math.Min(least[2], least[3])), Math.Max(Math.Max(greatest[0], greatest[1]), Math.Max(greatest[2], greatest[3])));
        foreach (var number in numbers[(numbers.Length / 4 * 4)..])
            (low, high) = (Math.Min(low, number), Math.Max(high, number));
        return (low, high);
    }
}
