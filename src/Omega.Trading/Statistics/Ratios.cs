using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Omega.Trading.Statistics;

/// <summary>Ratios of per-bar returns. NaN where a ratio cannot be computed.</summary>
public static class Ratios
{
    /// <summary>Mean over standard deviation (ddof 1), times √periods a year (Sharpe, 1994).</summary>
    /// <param name="mean">Mean of the returns, less the risk-free rate per bar.</param>
    /// <param name="deviation">Standard deviation, ddof 1.</param>
    /// <param name="periodsPerYear">Bars in a year; 1 for the ratio per bar.</param>
    public static double Sharpe(double mean, double deviation, double periodsPerYear) =>
        deviation > 0 ? mean / deviation * Math.Sqrt(periodsPerYear) : double.NaN;

    /// <summary>Mean over downside deviation √(Σ min(r, 0)² / N), N being all bars, times √periods a year (Sortino and Price, 1994).</summary>
    /// <param name="returns">Per-bar returns.</param>
    /// <param name="riskFree">Risk-free rate per bar, subtracted from each.</param>
    /// <param name="periodsPerYear">Bars in a year.</param>
    public static double Sortino(ReadOnlySpan<double> returns, double riskFree, double periodsPerYear)
    {
        var lanes = MemoryMarshal.Cast<double, Vector256<double>>(returns);
        var (rate, sums, belows) = (Vector256.Create(riskFree), Vector256<double>.Zero, Vector256<double>.Zero);
        foreach (var lane in lanes)
        {
            var excess = lane - rate;
            var below = Vector256.MinNative(Vector256<double>.Zero, excess);
            sums += excess;
            belows += below * below;
        }

        var (sum, squares) = (Vector256.Sum(sums), Vector256.Sum(belows));
        foreach (var value in returns[(lanes.Length * Vector256<double>.Count)..])
        {
            var below = Math.Min(value - riskFree, 0);
            sum += value - riskFree;
            squares += below * below;
        }

        return squares > 0 ? sum / returns.Length / Math.Sqrt(squares / returns.Length) * Math.Sqrt(periodsPerYear) : double.NaN;
    }

    /// <summary>Sum of gains over sum of losses, threshold 0 (Keating and Shadwick, 2002).</summary>
    public static double Omega(ReadOnlySpan<double> returns)
    {
        var lanes = MemoryMarshal.Cast<double, Vector256<double>>(returns);
        var (ups, downs) = (Vector256<double>.Zero, Vector256<double>.Zero);
        foreach (var lane in lanes)
        {
            ups += Vector256.MaxNative(Vector256<double>.Zero, lane);
            downs -= Vector256.MinNative(Vector256<double>.Zero, lane);
        }

        var (gains, losses) = (Vector256.Sum(ups), Vector256.Sum(downs));
        foreach (var value in returns[(lanes.Length * Vector256<double>.Count)..])
        {
            gains += Math.Max(value, 0);
            losses -= Math.Min(value, 0);
        }

        return losses > 0 ? gains / losses : double.NaN;
    }
}
