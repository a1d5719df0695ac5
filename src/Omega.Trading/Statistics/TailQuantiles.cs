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
/// <remarks>
/// Sorting all returns would cost more than the whole back-test. A sample says roughly where the tails end; one pass gathers what lies
/// beyond; the quantiles are selected there. Where the sample misled, everything is gathered.
/// </remarks>
public readonly record struct TailQuantiles(double Lowest1, double Lowest5, double Highest5, double MeanBelow1, double MeanBelow5)
{
    private const int SampleSize = 2048;
    private const double Tail = 0.05;

    /// <summary>Reads the tails of a sample.</summary>
    public static TailQuantiles Of(ReadOnlySpan<double> values)
    {
        if (values.IsEmpty)
            return new(double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);
        var rented = ArrayPool<double>.Shared.Rent(2 * values.Length);
        try
        {
            var low = rented.AsSpan(0, values.Length);
            var high = rented.AsSpan(values.Length, values.Length);
            var (lows, highs) = Gather(values, low, high);
            low = low[..lows];
            high = high[..highs];
            var at5 = Select(low, values.Length, Tail);
            var at1 = Select(low, values.Length, 0.01);
            return new(at1, at5, -Select(high, values.Length, Tail), MeanUpTo(low, at1), MeanUpTo(low, at5));
        }
        finally
        {
            ArrayPool<double>.Shared.Return(rented);
        }
    }

    /// <summary>Quantile of sorted values by linear interpolation.</summary>
    /// <param name="sorted">Sorted values; at least one.</param>
    /// <param name="p">0 to 1.</param>
    public static double Of(ReadOnlySpan<double> sorted, double p)
    {
        var rank = (sorted.Length - 1) * p;
        var floor = (int)Math.Floor(rank);
        return floor + 1 < sorted.Length ? sorted[floor] + ((rank - floor) * (sorted[floor + 1] - sorted[floor])) : sorted[floor];
    }

    /// <summary>
    /// Gathers the lower tail, and the upper one with its signs turned so that it is a lower one too: each holds every value up to some
    /// bound, and at least those that the quantile needs.
    /// </summary>
    private static (int Lows, int Highs) Gather(ReadOnlySpan<double> values, Span<double> low, Span<double> high)
    {
        var needed = (int)Math.Floor((values.Length - 1) * Tail) + 2;
        if (values.Length > 4 * SampleSize)
        {
            var (lowest, highest) = Bounds(values);
            var (lows, highs) = (0, 0);
            foreach (var value in values)
            {
                // Written always, kept where it counts: no branch to mispredict.
                low[lows] = value;
                high[highs] = -value;
                lows += value <= lowest ? 1 : 0;
                highs += value >= highest ? 1 : 0;
            }

            if (lows >= needed && highs >= needed)
                return (lows, highs);
        }

        values.CopyTo(low);
        for (var i = 0; i < values.Length; i++)
            high[i] = -values[i];
        return (values.Length, values.Length);
    }

    /// <summary>Values that somewhat more than the tail's share of all lie beyond, judged by an even sample.</summary>
    private static (double Lowest, double Highest) Bounds(ReadOnlySpan<double> values)
    {
        Span<double> sample = stackalloc double[SampleSize];
        var stride = values.Length / (double)SampleSize;
        for (var i = 0; i < SampleSize; i++)
            sample[i] = values[(int)(i * stride)];

        // Four standard deviations of a sample's quantile further in.
        var rank = (int)((SampleSize * Tail) + (4 * Math.Sqrt(SampleSize * Tail * (1 - Tail))));
        Partition(sample, rank);
        Partition(sample[(rank + 1)..], SampleSize - 2 - (2 * rank));
        return (sample[rank], sample[SampleSize - 1 - rank]);
    }

    /// <summary>The quantile of all <paramref name="count"/> values, of which these are the lowest in any order.</summary>
    private static double Select(Span<double> lowest, int count, double p)
    {
        var rank = (count - 1) * p;
        var floor = (int)Math.Floor(rank);
        Partition(lowest, floor);
        var value = lowest[floor];
        if (floor + 1 >= lowest.Length)
            return value;
        var next = double.PositiveInfinity;
        foreach (var above in lowest[(floor + 1)..])
            next = above < next ? above : next;
        return value + ((rank - floor) * (next - value));
    }

    /// <summary>Moves the value of a rank to its place, smaller ones before it and larger ones behind (Hoare's selection).</summary>
    private static void Partition(Span<double> values, int rank)
    {
        var (left, right) = (0, values.Length - 1);
        while (left < right)
        {
            var pivot = Median(values[left], values[(left + right) / 2], values[right]);
            var (i, j) = (left, right);
            while (i <= j)
            {
                while (values[i] < pivot)
                    i++;
                while (values[j] > pivot)
                    j--;
                if (i <= j)
                {
                    (values[i], values[j]) = (values[j], values[i]);
                    i++;
                    j--;
                }
            }

            if (rank <= j)
                right = j;
            else if (rank >= i)
                left = i;
            else
                return;
        }
    }

    private static double Median(double a, double b, double c) => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));

    private static double MeanUpTo(ReadOnlySpan<double> values, double bound)
    {
        var (sum, count) = (0.0, 0);
        foreach (var value in values)
        {
            sum += value <= bound ? value : 0;
            count += value <= bound ? 1 : 0;
        }

        return count > 0 ? sum / count : double.NaN;
    }
}
