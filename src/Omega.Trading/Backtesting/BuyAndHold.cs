using Omega.Trading.Strategies;

namespace Omega.Trading.Backtesting;

/// <summary>What every strategy is compared with: buys on the first close it sees and keeps.</summary>
internal sealed class BuyAndHold : IStrategy
{
    public static BuyAndHold Instance { get; } = new();

    public string Name => "buy-and-hold";

    public IReadOnlyDictionary<string, double> Parameters { get; } = new Dictionary<string, double>();

    public StrategyRun Start(Timeframe timeframe) => new Run();

    private sealed class Run : StrategyRun
    {
        public override int WarmUpBars => 0;

        public override void OnBar(in Candle bar, in PositionView position, ref Decision decision) => decision.EnterLong = position.Side == 0;
    }
}
