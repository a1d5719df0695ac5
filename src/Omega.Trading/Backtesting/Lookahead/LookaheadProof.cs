using Omega.Trading.Execution;
using Omega.Trading.Strategies;

namespace Omega.Trading.Backtesting;

/// <summary>
/// Shows that a strategy does not see the future, by giving it other ones. At seeded times and at the bar of each fill, all later bars are
/// shuffled, scaled and removed: every decision and fill up to then must stay the same, and later decisions must change, else the proof
/// has no power and fails. At each fill's bar its own close is altered too: the fill may not depend on it. Thread-safe.
/// </summary>
public static class LookaheadProof
{
    private static readonly FutureAlteration[] Alterations = [FutureAlteration.Shuffled, FutureAlteration.Scaled, FutureAlteration.Removed];

    /// <summary>Tries a strategy.</summary>
    /// <param name="strategy">The strategy.</param>
    /// <param name="series">The candles.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="progress">Told now and then how far it has come.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="TradingException">As for <see cref="BacktestEngine.Run"/>.</exception>
    public static LookaheadReport Run(IStrategy strategy, CandleSeries series, LookaheadOptions? options = null, IProgress<LookaheadProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Run(_ => strategy, series, options, progress, cancellationToken);

    /// <summary>Tries whatever makes a strategy out of candles: also one that was fitted to them, which is a way of seeing the future.</summary>
    /// <param name="factory">Makes the strategy; given the candles that it will run on, altered or not.</param>
    /// <param name="series">The candles.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="progress">Told now and then how far it has come.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="TradingException">As for <see cref="BacktestEngine.Run"/>.</exception>
    public static LookaheadReport Run(Func<CandleSeries, IStrategy> factory, CandleSeries series, LookaheadOptions? options = null, IProgress<LookaheadProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Run(factory, series, options ?? new(), fillsOnSignalClose: false, progress, cancellationToken);

    internal static LookaheadReport Run(Func<CandleSeries, IStrategy> factory, CandleSeries series, LookaheadOptions options, bool fillsOnSignalClose, IProgress<LookaheadProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        options.Check();
        var window = BacktestWindow.Of(series, options.Backtest, options.Backtest.Instrument?.Tick ?? MarketRules.Default.Tick);
        if (window.Bars > options.MostBars)
            window = window with { End = window.Start + options.MostBars };
        series = series.Slice(0, window.End);
        var trial = new Trial(factory, series, options.Backtest, window, fillsOnSignalClose, cancellationToken);
        var random = new Random(options.Seed);
        var times = Enumerable.Range(0, options.Times).Select(_ => random.Next(window.Start, window.End - 1)).ToHashSet();
        var fillBars = trial.Original.Fills.Select(fill => series.IndexFrom(fill.Time)).ToHashSet();
        var points = times.Union(fillBars).Order().ToArray();
        var (runs, changes) = (0, 0);
        for (var k = 0; k < points.Length; k++)
        {
            var point = points[k];
            foreach (var alteration in Alterations)
            {
                // A run to the end costs most; those at the seeded times are enough to see whether later decisions change.
                var (finding, changed) = trial.Alter(point, alteration, toTheEnd: times.Contains(point) && alteration != FutureAlteration.Removed, random);
                (runs, changes) = (runs + 1, changes + (changed ? 1 : 0));
                if (finding is not null)
                    return Report(LookaheadVerdict.LooksAhead, k + 1, finding);
            }

            if (fillBars.Contains(point))
            {
                runs++;
                if (trial.Alter(point, FutureAlteration.OwnClose, toTheEnd: false, random).Finding is { } finding)
                    return Report(LookaheadVerdict.LooksAhead, k + 1, finding);
            }

            progress?.Report(new(k + 1, points.Length));
        }

        return Report(changes > 0 ? LookaheadVerdict.Holds : LookaheadVerdict.NoPower, points.Length, null);

        LookaheadReport Report(LookaheadVerdict verdict, int done, LookaheadFinding? finding) =>
            new(verdict, done, runs, window.Bars, trial.Original.Decisions.Count, trial.Original.Fills.Count, changes, finding);
    }

    /// <summary>The strategy in its own past, and runs of it with another future.</summary>
    private sealed class Trial
    {
        private readonly Func<CandleSeries, IStrategy> _factory;
        private readonly CandleSeries _series;
        private readonly BacktestOptions _options;
        private readonly BacktestWindow _window;
        private readonly bool _fillsOnSignalClose;
        private readonly CancellationToken _cancellationToken;

        public Trial(Func<CandleSeries, IStrategy> factory, CandleSeries series, BacktestOptions options, BacktestWindow window, bool fillsOnSignalClose, CancellationToken cancellationToken)
        {
            (_factory, _series, _options, _window) = (factory, series, options, window);
            (_fillsOnSignalClose, _cancellationToken) = (fillsOnSignalClose, cancellationToken);
            Original = LookaheadTrace.Of(factory(series), series, options, window, fillsOnSignalClose, cancellationToken);
        }

        public LookaheadTrace Original { get; }

        public (LookaheadFinding? Finding, bool LaterChanged) Alter(int point, FutureAlteration alteration, bool toTheEnd, Random random)
        {
            var altered = AlteredFuture.Of(_series, point, alteration, random);
            LookaheadTrace trace;
            try
            {
                try
                {
                    trace = Run(altered, toTheEnd ? altered.Count : point + 1);
                }
                catch (OverflowException) when (toTheEnd)
                {
                    // In a shuffled future prices leap, and money may grow beyond any decimal. What is compared lies before that.
                    toTheEnd = false;
                    trace = Run(altered, point + 1);
                }
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                return (Finding(point, $"the strategy failed, which it did not before: {failure.Message}"), false);
            }

            // The decision at a bar may know its own close; its fills may not.
            var decisionsThrough = alteration == FutureAlteration.OwnClose ? point - 1 : point;
            if (Original.Difference(trace, _series, decisionsThrough, point) is var (bar, what))
                return (Finding(bar, what), false);
            return (null, toTheEnd && Original.DiffersAfter(trace, point));

            LookaheadTrace Run(CandleSeries altered, int end) =>
                LookaheadTrace.Of(_factory(altered), altered, _options, _window with { End = end }, _fillsOnSignalClose, _cancellationToken);

            LookaheadFinding Finding(int at, string what) => new(_series[point].OpenTime, alteration, _series[at].OpenTime, what);
        }
    }
}
