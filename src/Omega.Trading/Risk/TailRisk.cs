using Omega.Trading.Analysis;
using Omega.Trading.Statistics;

namespace Omega.Trading.Risk;

/// <summary>
/// Value at risk and expected shortfall over the horizon, as positive fractions of the position's value; below 0 where even that quantile is
/// a gain. Figures: <see cref="FigureCatalog"/>, <c>risk.tail.*</c>.
/// </summary>
public sealed record TailRisk
{
    /// <summary>0.95 or 0.99.</summary>
    public required double Confidence { get; init; }

    /// <summary>Loss that 1 − confidence of the returns exceed; quantile by linear interpolation.</summary>
    public double? HistoricalVar { get; init; }

    /// <summary>Mean loss of the returns at or below that quantile.</summary>
    public double? HistoricalCvar { get; init; }

    /// <summary>zσ − μ of a normal distribution with the returns' mean and deviation.</summary>
    public double? GaussianVar { get; init; }

    /// <summary>Mean loss beyond it: σφ(z)/(1 − confidence) − μ.</summary>
    public double? GaussianCvar { get; init; }

    /// <summary>The same with z corrected for skew and kurtosis (Cornish and Fisher, 1938); null where the correction is not monotonic.</summary>
    public double? CornishFisherVar { get; init; }

    /// <summary>Computes the figures of one confidence.</summary>
    /// <param name="sorted">Returns, lowest first.</param>
    /// <param name="moments">Their moments.</param>
    /// <param name="confidence">0.95 or 0.99.</param>
    /// <param name="notes">Takes why a figure is null.</param>
    internal static TailRisk Of(ReadOnlySpan<double> sorted, Moments moments, double confidence, FigureNotes notes)
    {
        var share = Math.Round(1 - confidence, 10);
        var (needed, at) = ((int)Math.Ceiling(1 / share), FormattableString.Invariant($"at {confidence} it needs"));
        (double? historical, double? shortfall) = (null, null);
        if (sorted.Length >= needed)
        {
            var quantile = TailQuantiles.Of(sorted, share);
            (historical, shortfall) = (0 - quantile, 0 - MeanUpTo(sorted, quantile));
        }
        else
        {
            notes.Add("risk.tail.historical_var", $"{at} {needed} returns over the horizon, there are {sorted.Length}");
            notes.Add("risk.tail.historical_cvar", $"{at} {needed} returns over the horizon, there are {sorted.Length}");
        }

        var (deviation, z) = (moments.SampleDeviation, Normal.Quantile(share));
        if (!double.IsFinite(deviation))
        {
            foreach (var figure in (string[])["risk.tail.gaussian_var", "risk.tail.gaussian_cvar", "risk.tail.cornish_fisher_var"])
                notes.Add(figure, $"{at} 2 returns over the horizon, there {(sorted.Length == 1 ? "is" : "are")} {sorted.Length}");
            return new TailRisk { Confidence = confidence, HistoricalVar = historical, HistoricalCvar = shortfall };
        }

        return new TailRisk
        {
            Confidence = confidence,
            HistoricalVar = historical,
            HistoricalCvar = shortfall,
            GaussianVar = 0 - (moments.Mean + (z * deviation)),
            GaussianCvar = (deviation * Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI) / share) - moments.Mean,
            CornishFisherVar = CornishFisher(moments, z, notes) is { } corrected ? 0 - (moments.Mean + (corrected * deviation)) : null,
        };
    }

    /// <summary>
    /// z + (z² − 1)S/6 + (z³ − 3z)K/24 − (2z³ − 5z)S²/36, S the skewness and K the excess kurtosis. Only where it rises with z everywhere
    /// (Maillard, "A user's guide to the Cornish Fisher expansion", 2012): elsewhere a rarer loss would be a smaller one.
    /// </summary>
    private static double? CornishFisher(Moments moments, double z, FigureNotes notes)
    {
        var (skew, excess) = (moments.Skew, moments.Kurtosis - 3);
        if (!double.IsFinite(skew))
        {
            notes.Add("risk.tail.cornish_fisher_var", "the returns do not vary");
            return null;
        }

        // Its derivative is a·z² + b·z + c.
        var (a, b, c) = ((excess / 8) - (skew * skew / 6), skew / 3, 1 - (excess / 8) + (5 * skew * skew / 36));
        if (a < 0 || c < 0 || b * b > 4 * a * c)
        {
            notes.Add("risk.tail.cornish_fisher_var", FormattableString.Invariant($"the expansion is not monotonic at skew {skew:0.##} and kurtosis {moments.Kurtosis:0.##}"));
            return null;
        }

        return z + (((z * z) - 1) * skew / 6) + (((z * z * z) - (3 * z)) * excess / 24) - (((2 * z * z * z) - (5 * z)) * skew * skew / 36);
    }

    private static double MeanUpTo(ReadOnlySpan<double> sorted, double bound)
    {
        var count = 0;
        while (count < sorted.Length && sorted[count] <= bound)
            count++;
        return Moments.Sum(sorted[..count]) / count;
    }
}
