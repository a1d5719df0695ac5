using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Omega.Trading.Statistics;

/// <summary>Simple returns from bar to bar, as fractions.</summary>
public static class Returns
{
    /// <summary>r[i] = values[i + 1] / values[i] − 1.</summary>
    /// <param name="values">Equity or prices, above zero.</param>
    /// <param name="returns">Receives one value less.</param>
    public static void Of(ReadOnlySpan<double> values, Span<double> returns)
    {
        if (values.Length < 2)
            return;
        var count = values.Length - 1;
        var lanes = MemoryMarshal.Cast<double, Vector256<double>>(returns[..count]);
        for (var i = 0; i < lanes.Length; i++)
        {
            var at = i * Vector256<double>.Count;
            lanes[i] = (Vector256.Create(values.Slice(at + 1, Vector256<double>.Count)) / Vector256.Create(values.Slice(at, Vector256<double>.Count))) - Vector256<double>.One;
        }

        for (var i = lanes.Length * Vector256<double>.Count; i < count; i++)
            returns[i] = (values[i + 1] / values[i]) - 1;
    }

    /// <summary>x[i] = returns[i] − exposure × market[i]: what is left of a strategy when the market's part is taken out.</summary>
    /// <param name="returns">The strategy's returns.</param>
    /// <param name="market">The market's returns on the same bars.</param>
    /// <param name="exposure">The strategy's mean exposure.</param>
    /// <param name="excess">Receives the result; may be <paramref name="market"/>.</param>
    public static void Excess(ReadOnlySpan<double> returns, ReadOnlySpan<double> market, double exposure, Span<double> excess)
    {
        for (var i = 0; i < excess.Length; i++)
            excess[i] = returns[i] - (exposure * market[i]);
    }
}
