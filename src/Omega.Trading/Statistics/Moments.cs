using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Omega.Trading.Statistics;

/// <summary>Mean and central moments of a sample. NaN where there are too few values.</summary>
/// <param name="Count">How many values.</param>
/// <param name="Mean">Arithmetic mean.</param>
/// <param name="M2">Sum of squared deviations from the mean.</param>
/// <param name="M3">Sum of cubed deviations.</param>
/// <param name="M4">Sum of fourth powers of deviations.</param>
public readonly record struct Moments(int Count, double Mean, double M2, double M3, double M4)
{
    /// <summary>Standard deviation of the sample, ddof 1.</summary>
    public double SampleDeviation => Count > 1 ? Math.Sqrt(M2 / (Count - 1)) : double.NaN;

    /// <summary>Skewness of the population: m3 / m2^1.5; 0 for a symmetric distribution.</summary>
    public double Skew => M2 > 0 ? M3 / Count / Math.Pow(M2 / Count, 1.5) : double.NaN;

    /// <summary>Raw kurtosis of the population: m4 / m2²; 3 for a normal distribution.</summary>
    public double Kurtosis => M2 > 0 ? M4 / Count / (M2 / Count * (M2 / Count)) : double.NaN;

    /// <summary>Mean, then moments about it: two passes, so that nothing cancels.</summary>
    /// <remarks>Four lanes in a fixed order, whatever the processor: the same values give the same bits everywhere.</remarks>
    public static Moments Of(ReadOnlySpan<double> values)
    {
        if (values.IsEmpty)
            return new(0, double.NaN, double.NaN, double.NaN, double.NaN);
        var mean = Sum(values) / values.Length;
        var lanes = MemoryMarshal.Cast<double, Vector256<double>>(values);
        var (centre, s2, s3, s4) = (Vector256.Create(mean), Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero);
        foreach (var lane in lanes)
        {
            var deviation = lane - centre;
            var square = deviation * deviation;
            s2 += square;
            s3 += square * deviation;
            s4 += square * square;
        }

        var (m2, m3, m4) = (Vector256.Sum(s2), Vector256.Sum(s3), Vector256.Sum(s4));
        foreach (var value in values[(lanes.Length * Vector256<double>.Count)..])
        {
            var deviation = value - mean;
            var square = deviation * deviation;
            m2 += square;
            m3 += square * deviation;
            m4 += square * square;
        }

        return new(values.Length, mean, m2, m3, m4);
    }

    /// <summary>Mean and standard deviation alone (ddof 1), by the same two passes.</summary>
    public static (double Mean, double Deviation) MeanAndDeviation(ReadOnlySpan<double> values)
    {
        if (values.Length < 2)
            return (values.Length == 1 ? values[0] : double.NaN, double.NaN);
        var mean = Sum(values) / values.Length;
        var lanes = MemoryMarshal.Cast<double, Vector256<double>>(values);
        var (centre, squares) = (Vector256.Create(mean), Vector256<double>.Zero);
        foreach (var lane in lanes)
        {
            var deviation = lane - centre;
            squares += deviation * deviation;
        }

        var m2 = Vector256.Sum(squares);
        foreach (var value in values[(lanes.Length * Vector256<double>.Count)..])
            m2 += (value - mean) * (value - mean);
        return (mean, Math.Sqrt(m2 / (values.Length - 1)));
    }

    /// <summary>Sum of the values.</summary>
    internal static double Sum(ReadOnlySpan<double> values)
    {
        var lanes = MemoryMarshal.Cast<double, Vector256<double>>(values);
        var sums = Vector256<double>.Zero;
        foreach (var lane in lanes)
            sums += lane;
        var sum = Vector256.Sum(sums);
        foreach (var value in values[(lanes.Length * Vector256<double>.Count)..])
            sum += value;
        return sum;
    }
}
