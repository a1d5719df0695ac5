namespace Omega.Trading.Statistics;

/// <summary>
/// How far a Sharpe ratio can be believed. Ratios are per bar, not annualised; skew and kurtosis are of the population, and kurtosis is
/// raw (3 for a normal distribution). NaN where a figure cannot be computed.
/// </summary>
public static class SharpeInference
{
    private const double EulerMascheroni = 0.57721566490153286061;

    /// <summary>
    /// Probabilistic Sharpe ratio: the probability that the true ratio is above a benchmark,
    /// Φ((SR − SR*) √(n − 1) / √(1 − skew·SR + (kurtosis − 1)/4 · SR²)) (Bailey and López de Prado, "The Sharpe ratio efficient
    /// frontier", 2012).
    /// </summary>
    /// <param name="sharpe">Measured ratio per bar.</param>
    /// <param name="benchmark">The ratio to be above.</param>
    /// <param name="count">Number of returns.</param>
    /// <param name="skew">Skewness of the returns.</param>
    /// <param name="kurtosis">Raw kurtosis of the returns.</param>
    public static double Probabilistic(double sharpe, double benchmark, int count, double skew, double kurtosis)
    {
        var variance = 1 - (skew * sharpe) + ((kurtosis - 1) / 4 * sharpe * sharpe);
        return count > 1 && variance > 0 ? Normal.Cdf((sharpe - benchmark) * Math.Sqrt(count - 1) / Math.Sqrt(variance)) : double.NaN;
    }

    /// <summary>
    /// The largest ratio that so many trials without any skill are expected to show:
    /// √V · ((1 − γ) Φ⁻¹(1 − 1/N) + γ Φ⁻¹(1 − 1/(N·e))) (Bailey and López de Prado, "The deflated Sharpe ratio", 2014); 0 for one trial.
    /// </summary>
    /// <param name="trials">Number of distinct trials.</param>
    /// <param name="variance">Variance of their ratios per bar, ddof 1.</param>
    public static double ExpectedMaximum(int trials, double variance) => trials <= 1
        ? 0
        : Math.Sqrt(variance) * (((1 - EulerMascheroni) * Normal.Quantile(1 - (1.0 / trials))) + (EulerMascheroni * Normal.Quantile(1 - (1 / (trials * Math.E)))));

    /// <summary>Deflated Sharpe ratio: the probabilistic one against what the search alone is expected to find.</summary>
    /// <param name="sharpe">Measured ratio per bar.</param>
    /// <param name="count">Number of returns.</param>
    /// <param name="skew">Skewness of the returns.</param>
    /// <param name="kurtosis">Raw kurtosis of the returns.</param>
    /// <param name="trials">Number of distinct trials.</param>
    /// <param name="variance">Variance of their ratios per bar, ddof 1.</param>
    public static double Deflated(double sharpe, int count, double skew, double kurtosis, int trials, double variance) =>
        Probabilistic(sharpe, ExpectedMaximum(trials, variance), count, skew, kurtosis);
}
