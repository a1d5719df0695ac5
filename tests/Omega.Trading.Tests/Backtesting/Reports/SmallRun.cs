using Omega.Trading.Backtesting;
using Omega.Trading.Execution;
using Omega.Trading.Strategies;

namespace Omega.Trading.Tests.Backtesting;

/// <summary>Runs whose figures can be computed by hand, or that are long.</summary>
internal static class SmallRun
{
    /// <summary>
    /// Buys all at 101 (99.0099 of 10,000), sells at 105 without any cost: 396.0396 gained, 10,396.0396 in the end. Buying and holding
    /// enters at the same 101 and stands at 104 in the end: 99.0099 × 3 = 297.0297 gained.
    /// </summary>
    public static BacktestReport OneTrade(string name = "one-trade", string source = "SIM:1") => Run(new Named(name, Enter(0), Exit(2)), CandleSeries.Create(Timeframe.H1, source,
    [
        new(Hourly.Time(0), 100, 101, 100, 101, 1),
        new(Hourly.Time(1), 101, 110, 101, 110, 1),
        new(Hourly.Time(2), 110, 110, 105, 105, 1),
        new(Hourly.Time(3), 105, 105, 104, 104, 1),
    ]), 0);

    /// <summary>Long every other 20 bars of a seeded walk.</summary>
    public static BacktestReport Walk(int bars, int seed = 1) =>
        Run(new Named("walker", (bar, position) => new Decision { EnterLong = bar % 40 == 5, ExitLong = bar % 40 == 25 }), Hourly.Walk(bars, seed, step: 0.004), 0.001m);

    public static BacktestReport Run(IStrategy strategy, CandleSeries series, decimal fee) =>
        BacktestEngine.Run(strategy, series, new() { Fills = new FillOptions { TakerFee = fee, MakerFee = fee } });

    private static (int Bar, Decision Decision) Enter(int bar) => (bar, new Decision { EnterLong = true });

    private static (int Bar, Decision Decision) Exit(int bar) => (bar, new Decision { ExitLong = true });

    /// <summary>A script under any name.</summary>
    private sealed class Named(string name, Func<int, PositionView, Decision> decide) : IStrategy
    {
        private readonly Scripted _script = new(decide);

        public Named(string name, params (int Bar, Decision Decision)[] script)
            : this(name, (bar, _) => script.FirstOrDefault(line => line.Bar == bar).Decision)
        {
        }

        public string Name => name;

        public IReadOnlyDictionary<string, double> Parameters { get; } = new Dictionary<string, double> { ["fast"] = 12, ["width"] = 0.5 };

        public StrategyRun Start(Timeframe timeframe) => _script.Start(timeframe);
    }
}
