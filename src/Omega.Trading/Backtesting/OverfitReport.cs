using Omega.Trading.Statistics;

namespace Omega.Trading.Backtesting;

/// <summary>How far a Sharpe ratio can be believed after a search. Probabilities from 0 to 1; null where one cannot be computed.</summary>
/// <param name="Trials">Distinct trials of the search that led here; 1 for a single back-test.</param>
/// <param name="Psr">Probability that the true Sharpe ratio is above 0.</param>
/// <param name="Dsr">Probability that it is above what the search alone is expected to find; equal to <paramref name="Psr"/> for one trial.</param>
/// <param name="PsrExcess">As <paramref name="Psr"/>, on returns less mean exposure × the market's return: what is not just holding the market.</param>
/// <param name="DsrExcess">As <paramref name="Dsr"/>, on the same.</param>
/// <param name="Pbo">Probability of back-test overfitting; null without a search.</param>
public sealed record OverfitReport(int Trials, double? Psr, double? Dsr, double? PsrExcess, double? DsrExcess, double? Pbo)
{
    /// <summary>The report of a back-test that no search led to.</summary>
    internal static OverfitReport OfOneTrial(Moments returns, Moments excess, List<string> notes)
    {
        var (psr, psrExcess) = (Psr1(returns), Psr1(excess));
        if (psr is null)
            notes.Add("overfit.psr, overfit.dsr: the equity did not vary.");
        if (psrExcess is null)
            notes.Add("overfit.psr_excess, overfit.dsr_excess: nothing is left when the market's part is taken out.");
        notes.Add("overfit.pbo: it needs a search over several parameter sets.");
        return new(1, psr, psr, psrExcess, psrExcess, null);
    }

    private static double? Psr1(Moments moments)
    {
        // Noise of the arithmetic is no return.
        if (!(moments.SampleDeviation > 1e-14))
            return null;
        var psr = SharpeInference.Probabilistic(Ratios.Sharpe(moments.Mean, moments.SampleDeviation, 1), 0, moments.Count, moments.Skew, moments.Kurtosis);
        return double.IsFinite(psr) ? psr : null;
    }
}
