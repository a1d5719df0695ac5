using Omega.Trading.Execution;
using Omega.Trading.Strategies;

namespace Omega.Trading.Backtesting;

/// <summary>What a run decided and what it was filled, to compare with that of another run.</summary>
/// <param name="Decisions">Decisions that were not empty, in the order of their bars.</param>
/// <param name="Fills">Every fill.</param>
internal sealed record LookaheadTrace(IReadOnlyList<DecisionAt> Decisions, IReadOnlyList<Fill> Fills)
{
    /// <summary>Runs a strategy and writes down what it does.</summary>
    public static LookaheadTrace Of(IStrategy strategy, CandleSeries series, BacktestOptions options, BacktestWindow window, bool fillsOnSignalClose, CancellationToken cancellationToken)
    {
        var decisions = new Ledger<DecisionAt>();
        var run = new BacktestRun(strategy, series, options, window, fillsOnSignalClose) { Decisions = decisions };
        run.Walk(null, cancellationToken);
        return new(decisions, run.Portfolio.Fills);
    }

    /// <summary>
    /// The first bar up to which the two do not agree and what differs there, or null where they agree on every decision up to one bar
    /// and on every fill up to another.
    /// </summary>
    public (int Bar, string What)? Difference(LookaheadTrace other, CandleSeries series, int decisionsThrough, int fillsThrough)
    {
        for (var i = 0; ; i++)
        {
            var (mine, its) = (At(Decisions, i, decisionsThrough), At(other.Decisions, i, decisionsThrough));
            if (mine is null && its is null)
                break;
            if (mine != its)
                return Smaller(mine?.Bar, its?.Bar) is var bar ? (bar, Words(mine is { } m && m.Bar == bar, its is { } o && o.Bar == bar, "decision")) : null;
        }

        var through = series.Times[fillsThrough];
        for (var i = 0; ; i++)
        {
            var (mine, its) = (At(Fills, i, through), At(other.Fills, i, through));
            if (mine is null && its is null)
                return null;
            if (mine != its)
            {
                var time = Smaller(mine?.Time, its?.Time);
                return (series.IndexFrom(time), Words(mine?.Time == time, its?.Time == time, "fill"));
            }
        }
    }

    /// <summary>Whether any decision after a bar differs.</summary>
    public bool DecidesOtherwiseAfter(LookaheadTrace other, int bar) =>
        !Decisions.Where(decision => decision.Bar > bar).SequenceEqual(other.Decisions.Where(decision => decision.Bar > bar));

    /// <summary>Whether any fill after a bar's open time is at another time, price or quantity, or the other way round.</summary>
    public bool FillsOtherwiseAfter(LookaheadTrace other, long time)
    {
        return !Later(Fills).SequenceEqual(Later(other.Fills));

        IEnumerable<(long, OrderSide, decimal, decimal)> Later(IEnumerable<Fill> fills) =>
            fills.Where(fill => fill.Time > time).Select(fill => (fill.Time, fill.Side, fill.Quantity, fill.Price));
    }

    private static DecisionAt? At(IReadOnlyList<DecisionAt> decisions, int index, int through) =>
        index < decisions.Count && decisions[index].Bar <= through ? decisions[index] : null;

    private static Fill? At(IReadOnlyList<Fill> fills, int index, long through) =>
        index < fills.Count && fills[index].Time <= through ? fills[index] : null;

    private static T Smaller<T>(T? left, T? right)
        where T : struct, IComparable<T> =>
        left is not { } first ? right!.Value : right is not { } second || first.CompareTo(second) < 0 ? first : second;

    private static string Words(bool isMine, bool isOther, string what) => (isMine, isOther) switch
    {
        (true, true) => $"a {what} came out differently",
        (true, false) => $"a {what} was no longer made",
        _ => $"a {what} was made that was not made before",
    };
}
