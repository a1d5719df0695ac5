using System.Buffers;

namespace Omega.Trading.Statistics;

/// <summary>
/// The outer quantiles of many returns, exact, by linear interpolation (Hyndman and Fan's type 7): rank (n − 1)·p between sorted values.
/// NaN without values.
/// </summary>
/// <param name="Lowest1">1 % lie below.</param>
/// <param name="Lowest5">5 % lie below.</param>
/// <param name="Highest5">5 % lie above.</param>
/// <param name="MeanBelow1">Mean of the values at or below <paramref name="Lowest1"/>.</param>
/// <param name="MeanBelow5">Mean of the values at or below <paramref name="Lowest5"/>.</param>
public readonly record struct TailQuantiles(double Lowest1, double Lowest5, double Highest5, double MeanBelow1, double MeanBelow5)
{
    private const int SampleSize = 2048;

    /// <summary>Reads the tails of a sample.</summary>
    public static TailQuantiles Of(ReadOnlySpan<double> values)
    {
        if (values.IsEmpty)
            return new(double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);
        var rented = ArrayPool<double>.Shared.Rent(values.Length);
        try
        {
            var low = Lowest(values, 0.05, sign: 1, rented);
            var (at1, at5) = (Interpolate(low, values.Length, 0.01), Interpolate(low, values.Length, 0.05));
            var (below1, below5) = (MeanUpTo(low, at1), MeanUpTo(low, at5));
            var high = -Interpolate(Lowest(values, 0.05, sign: -1, rented), values.Length, 0.05);
            return new(at1, at5, high, below1, below5);
        }
        finally
        {
            ArrayPool<double>.Shared.Return(rented);
        }
    }

    /// <summary>Quantile of sorted values by linear interpolation.</summary>
    /// <param name="sorted">Sorted values; at least one.</param>
    /// <param name="p">0 to 1.</param>
    public static double Of(ReadOnlySpan<double> sorted, double p) => Interpolate(sorted, sorted.Length, p);

    /// <summary>
    /// The lowest values, sorted, at least as many as the quantile's rank asks for and every value equal to the last of them. Sorting all
    /// of them would cost more than the whole back-test: a sample says roughly where the tail ends, and only what lies below is sorted.
    /// </summary>
    private static ReadOnlySpan<double> Lowest(ReadOnlySpan<double> values, double p, double sign, double[] buffer)
    {
        var needed = (int)Math.Min(Math.Floor((values.Length - 1) * p) + 2, values.Length);
        if (values.Length > 4 * SampleSize && Below(values, Bound(values, p, sign), sign, buffer) is var count && count >= needed)
        {
            var tail = buffer.AsSpan(0, count);
            tail.Sort();
            return tail;
        }

        var all = buffer.AsSpan(0, values.Length);
        for (var i = 0; i < all.Length; i++)
            all[i] = values[i] * sign;
        all.Sort();
        return all;
    }

    /// <summary>A value that somewhat more than a share p of all lie below, judged by an even sample.</summary>
    private static double Bound(ReadOnlySpan<double> values, double p, double sign)
    {
        Span<double> sample = stackalloc double[SampleSize];
        var stride = values.Length / (double)SampleSize;
        for (var i = 0; i < SampleSize; i++)
            sample[i] = values[(int)(i * stride)] * sign;
        sample.Sort();
        return sample[(int)(SampleSize * p * 1.6)];
    }

    private static int Below(ReadOnlySpan<double> values, double bound, double sign, double[] buffer)
    {
        var count = 0;
        foreach (var value in values)
        {
            // Written always, kept where it counts: no branch to mispredict.
            var signed = value * sign;
            buffer[count] = signed;
            count += signed <= bound ? 1 : 0;
        }

        return count;
    }

    private static double Interpolate(ReadOnlySpan<double> sorted, int count, double p)
    {
        var rank = (count - 1) * p;
        var floor = (int)Math.Floor(rank);
        return floor + 1 < sorted.Length ? sorted[floor] + ((rank - floor) * (sorted[floor + 1] - sorted[floor])) : sorted[floor];
    }

    private static double MeanUpTo(ReadOnlySpan<double> sorted, double bound)
    {
        var (sum, count) = (0.0, 0);
        while (count < sorted.Length && sorted[count] <= bound)
            sum += sorted[count++];
        return count > 0 ? sum / count : double.NaN;
    }
}
