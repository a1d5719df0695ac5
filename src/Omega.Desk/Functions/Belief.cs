using Omega.Trading.Backtesting;
using Omega.Trading.Statistics;

namespace Omega.Desk.Functions;

/// <summary>How far a back-test's Sharpe ratio can be believed after all that was tried on the same market. Probabilities; null where one cannot be computed.</summary>
/// <param name="Trials">Distinct trials.</param>
/// <param name="Dsr">Probability that the true Sharpe ratio is above what so many trials find by luck.</param>
/// <param name="DsrExcess">The same of what is not just holding the market.</param>
internal sealed record Belief(int Trials, double? Dsr, double? DsrExcess)
{
    /// <summary>Both must be above it before anyone may speak of an edge.</summary>
    public const double Threshold = 0.95;

    public bool IsEdge => Dsr > Threshold && DsrExcess > Threshold;

    /// <summary>The ratios of a back-test, a year.</summary>
    public static TrialBook.Trial TrialOf(BacktestReport report)
    {
        var (returns, excess) = MomentsOf(report);
        var scale = Math.Sqrt(report.Timeframe.PerYear);
        return new(scale * SharpeOf(returns), scale * SharpeOf(excess));
    }

    /// <summary>What can be believed of a back-test.</summary>
    /// <param name="report">The back-test.</param>
    /// <param name="trials">All trials on the same market, this one among them.</param>
    public static Belief Of(BacktestReport report, IReadOnlyList<TrialBook.Trial> trials)
    {
        if (trials.Count <= 1)
            return new(1, report.Overfit?.Psr, report.Overfit?.PsrExcess);
        var (returns, excess) = MomentsOf(report);
        return new(trials.Count, Deflated(returns, trials.Select(trial => trial.Sharpe)), Deflated(excess, trials.Select(trial => trial.Excess)));

        double? Deflated(Moments moments, IEnumerable<double> ratios)
        {
            double[] finite = [.. ratios.Where(double.IsFinite)];
            var spread = Moments.MeanAndDeviation(finite).Deviation;
            var variance = finite.Length > 1 ? spread * spread / report.Timeframe.PerYear : 0;
            var value = SharpeInference.Deflated(SharpeOf(moments), moments.Count, moments.Skew, moments.Kurtosis, trials.Count, variance);
            return double.IsFinite(value) ? value : null;
        }
    }

    private static (Moments Returns, Moments Excess) MomentsOf(BacktestReport report)
    {
        var (returns, market) = (new double[Math.Max(0, report.Bars - 1)], new double[Math.Max(0, report.Bars - 1)]);
        Returns.Of(report.Equity.Span, returns);
        Returns.Of(report.Window.Closes, market);
        Returns.Excess(returns, market, report.MeanExposure ?? 0, market);
        return (Moments.Of(returns), Moments.Of(market));
    }

    // Noise of the arithmetic is no return.
    private static double SharpeOf(Moments moments) => moments.SampleDeviation > 1e-14 ? Ratios.Sharpe(moments.Mean, moments.SampleDeviation, 1) : double.NaN;
}
