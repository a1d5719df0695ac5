using Omega.Trading.Strategies;

namespace Omega.Trading.Backtesting;

/// <summary>A strategy in its own past, to be run with other futures. Immutable and thread-safe.</summary>
internal sealed class LookaheadTrial
{
    // An altered run goes on for so many bars after the last one that is compared: whoever reads ahead there reads altered bars.
    private const int BarsBeyond = 8;

    private readonly CandleSeries _series;
    private readonly BacktestWindow _window;
    private readonly LookaheadTrialSetup _setup;
    private readonly CancellationToken _cancellationToken;
    private readonly HashSet<int> _fillBars;
    private readonly HashSet<int> _times;

    /// <summary>Runs the strategy over what happened, and chooses where the future will be altered.</summary>
    public LookaheadTrial(CandleSeries series, BacktestWindow window, LookaheadTrialSetup setup, CancellationToken cancellationToken)
    {
        (_series, _window, _setup, _cancellationToken) = (series, window, setup, cancellationToken);
        Original = Run(series, window.End);
        _fillBars = [.. Original.Fills.Select(fill => series.IndexFrom(fill.Time))];
        var random = new Random(setup.Options.Seed);
        _times = [.. Enumerable.Range(0, setup.Options.Times).Select(_ => random.Next(window.Start, window.End - 1))];

        // A strategy that acts but once, and early, would slip through the seeded times: all it does lies before them.
        _times.Add(window.Start);
        if (Original.Decisions.Count > 0)
            _times.Add(Math.Max(Original.Decisions[0].Bar - 1, window.Start));
        if (Original.Fills.Count > 0)
            _times.Add(Math.Max(series.IndexFrom(Original.Fills[0].Time) - 1, window.Start));
        Points = [.. _times.Union(_fillBars).Order()];
    }

    /// <summary>What the strategy did.</summary>
    public LookaheadTrace Original { get; }

    /// <summary>Bars after which the future is altered, rising.</summary>
    public IReadOnlyList<int> Points { get; }

    /// <summary>What makes the futures of one thread.</summary>
    public AlteredFuture NewFuture() => new(_series, mayReuse: _setup.IsFixed);

    /// <summary>Alters the future after one bar in every way.</summary>
    public PointOutcome Try(int point, AlteredFuture future)
    {
        var outcome = default(PointOutcome);
        foreach (var alteration in (FutureAlteration[])[FutureAlteration.Shuffled, FutureAlteration.Scaled, FutureAlteration.Removed, FutureAlteration.OwnClose])
        {
            // Only what fills inside a bar has to do without its close.
            if (alteration == FutureAlteration.OwnClose && !_fillBars.Contains(point))
                continue;

            // A run to the end costs most; those at the times are enough to see whether later decisions change.
            outcome = Try(point, alteration, toTheEnd: _times.Contains(point) && alteration is FutureAlteration.Shuffled or FutureAlteration.Scaled, future, outcome);
            if (outcome.Finding is not null)
                break;
        }

        return outcome;
    }

    private PointOutcome Try(int point, FutureAlteration alteration, bool toTheEnd, AlteredFuture future, PointOutcome outcome)
    {
        outcome = outcome with { Runs = outcome.Runs + 1 };
        LookaheadTrace trace;
        try
        {
            // What makes its strategy out of the candles is shown all of them, however far the run goes.
            var until = toTheEnd ? _window.End : Math.Min(point + 1 + BarsBeyond, _window.End);
            var altered = future.Of(point, _setup.IsFixed ? until : _window.End, alteration, new Random(Seed(point, alteration)));
            try
            {
                trace = Run(altered, Math.Min(until, altered.Count));
            }
            catch (OverflowException)
            {
                // In an altered future prices leap, and money may grow beyond any decimal. What is compared lies before that.
                toTheEnd = false;
                trace = Run(altered, point + 1);
            }
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !_cancellationToken.IsCancellationRequested)
        {
            return outcome with { Finding = Finding(point, $"the strategy failed, which it did not before: {failure.Message}") };
        }

        // The decision at a bar may know its own close; its fills may not.
        var decisionsThrough = alteration == FutureAlteration.OwnClose ? point - 1 : point;
        if (Original.Difference(trace, _series, decisionsThrough, point) is var (bar, what))
            return outcome with { Finding = Finding(bar, what) };
        if (alteration == FutureAlteration.Removed && Original.Decisions.Count > 0 && Original.Decisions[^1].Bar > point)
            return outcome with { Vanished = outcome.Vanished + 1 };
        if (!toTheEnd)
            return outcome;
        return outcome with
        {
            DecisionChanges = outcome.DecisionChanges + (Original.DecidesOtherwiseAfter(trace, point) ? 1 : 0),
            FillChanges = outcome.FillChanges + (Original.FillsOtherwiseAfter(trace, _series.Times[point]) ? 1 : 0),
        };

        LookaheadFinding Finding(int at, string difference) => new(_series[point].OpenTime, alteration, _series[at].OpenTime, difference);
    }

    private LookaheadTrace Run(CandleSeries series, int end) =>
        LookaheadTrace.Of(_setup.Factory(series), series, _setup.Options.Backtest, _window with { End = end }, _setup.FillsOnSignalClose, _cancellationToken);

    /// <summary>Of its own for each alteration of each bar, so that the order in which threads come to them changes nothing.</summary>
    private int Seed(int point, FutureAlteration alteration) => unchecked((_setup.Options.Seed * 1_000_003) + (point * 4) + (int)alteration);
}

/// <summary>What is tried, and how.</summary>
/// <param name="Factory">Makes the strategy out of the candles that it will run on.</param>
/// <param name="IsFixed">Whether it gives the same strategy whatever the candles.</param>
/// <param name="Options">Checked.</param>
/// <param name="FillsOnSignalClose">For tests of the proof alone: the engine cheats.</param>
internal sealed record LookaheadTrialSetup(Func<CandleSeries, IStrategy> Factory, bool IsFixed, LookaheadOptions Options, bool FillsOnSignalClose);

/// <summary>What came of altering the future after one bar.</summary>
/// <param name="Runs">Altered runs.</param>
/// <param name="DecisionChanges">Those with other prices in which a later decision changed.</param>
/// <param name="FillChanges">Those with other prices in which a later fill changed.</param>
/// <param name="Vanished">Those in which a later decision vanished with its bar.</param>
/// <param name="Finding">The look-ahead, which ended it; null for none.</param>
internal readonly record struct PointOutcome(int Runs, int DecisionChanges, int FillChanges, int Vanished, LookaheadFinding? Finding);
