using Omega.Trading.Execution;
using Omega.Trading.Strategies;

namespace Omega.Trading.Backtesting;

/// <summary>
/// Shows that a strategy does not see the future, by giving it other ones. At seeded times and at the bar of each fill, all later bars are
/// shuffled, scaled and removed: every decision and fill up to then must stay the same, and later decisions or fills must change, else the
/// proof has no power and fails. At each fill's bar its own close is altered too: the fill may not depend on it. Thread-safe.
/// </summary>
public static class LookaheadProof
{
    /// <summary>
    /// Tries a strategy that sees its candles bar by bar alone. One that was made out of these candles keeps what it knows of them: try
    /// what makes it instead.
    /// </summary>
    /// <param name="strategy">The strategy.</param>
    /// <param name="series">The candles.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="progress">Told now and then how far it has come; from several threads, one after the other.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="TradingException">As for <see cref="BacktestEngine.Run"/>.</exception>
    public static LookaheadReport Run(IStrategy strategy, CandleSeries series, LookaheadOptions? options = null, IProgress<LookaheadProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Run(new(_ => strategy, IsFixed: true, options ?? new(), FillsOnSignalClose: false), series, progress, cancellationToken);

    /// <summary>Tries whatever makes a strategy out of candles: also one that was fitted to them, which is a way of seeing the future.</summary>
    /// <param name="factory">Makes the strategy; given the candles that it will run on, altered or not. Called by several threads at once.</param>
    /// <param name="series">The candles.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="progress">Told now and then how far it has come; from several threads, one after the other.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="TradingException">As for <see cref="BacktestEngine.Run"/>.</exception>
    public static LookaheadReport Run(Func<CandleSeries, IStrategy> factory, CandleSeries series, LookaheadOptions? options = null, IProgress<LookaheadProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Run(new(factory, IsFixed: false, options ?? new(), FillsOnSignalClose: false), series, progress, cancellationToken);

    internal static LookaheadReport Run(LookaheadTrialSetup setup, CandleSeries series, IProgress<LookaheadProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var options = setup.Options;
        options.Check();
        var window = BacktestWindow.Of(series, options.Backtest, options.Backtest.Instrument?.Tick ?? MarketRules.Default.Tick);
        if (window.Bars > options.MostBars)
            window = window with { End = window.Start + options.MostBars };
        var trial = new LookaheadTrial(series.Slice(0, window.End), window, setup, cancellationToken);
        var outcomes = TryAll(trial, options.Threads, progress, cancellationToken);
        return Report(trial, window.Bars, outcomes);
    }

    private static PointOutcome[] TryAll(LookaheadTrial trial, int threads, IProgress<LookaheadProgress>? progress, CancellationToken cancellationToken)
    {
        var points = trial.Points;
        var outcomes = new PointOutcome[points.Count];
        var (telling, done) = (new Lock(), 0);
        Parallel.For(
            0,
            points.Count,
            new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken },
            trial.NewFuture,
            (k, loop, future) =>
            {
                outcomes[k] = trial.Try(points[k], future);

                // The points before it are tried all the same: the earliest finding is reported, whichever thread comes first.
                if (outcomes[k].Finding is not null)
                    loop.Break();
                lock (telling)
                    progress?.Report(new(++done, points.Count));
                return future;
            },
            static _ => { });
        return outcomes;
    }

    private static LookaheadReport Report(LookaheadTrial trial, int bars, PointOutcome[] outcomes)
    {
        var found = Array.FindIndex(outcomes, outcome => outcome.Finding is not null);
        var tried = found < 0 ? outcomes : outcomes[..(found + 1)];
        var report = new LookaheadReport
        {
            Verdict = LookaheadVerdict.Holds,
            Points = tried.Length,
            Runs = tried.Sum(outcome => outcome.Runs),
            Bars = bars,
            Decisions = trial.Original.Decisions.Count,
            Fills = trial.Original.Fills.Count,
            DecisionChanges = tried.Sum(outcome => outcome.DecisionChanges),
            FillChanges = tried.Sum(outcome => outcome.FillChanges),
            Vanished = tried.Sum(outcome => outcome.Vanished),
        };
        if (found >= 0)
            return report with { Verdict = LookaheadVerdict.LooksAhead, Finding = outcomes[found].Finding };
        return report.Fills > 0 && report.DecisionChanges + report.FillChanges + report.Vanished > 0 ? report : report with { Verdict = LookaheadVerdict.NoPower };
    }
}
