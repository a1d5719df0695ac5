using Omega.Trading.Strategies;
using Omega.Trading.Tests.Expressions;

namespace Omega.Trading.Tests.Strategies.Spec;

/// <summary>Runs strategies bar by bar, with the position that the test says.</summary>
internal static class Spec
{
    public static readonly PositionView Long = new(1, 1, 100, 100);
    public static readonly PositionView Short = new(-1, 1, 100, 100);

    /// <summary>A strategy called <c>test</c> with these fields.</summary>
    public static StrategySpec Of(string fields) => StrategySpec.Parse($$"""{"name": "test", {{fields}}}""");

    /// <summary>What a strategy decides at each close while flat.</summary>
    public static Decision[] Decide(StrategySpec spec, params double[] closes) => Decide(spec.Compile(), Bars.Closes(closes), _ => PositionView.Flat);

    public static Decision[] Decide(IStrategy strategy, IReadOnlyList<Candle> bars, Func<int, PositionView> position)
    {
        var run = strategy.Start(Timeframe.H1);
        return [.. bars.Select((bar, i) =>
        {
            var decision = default(Decision);
            run.OnBar(bar, position(i), ref decision);
            return decision;
        })];
    }
}
