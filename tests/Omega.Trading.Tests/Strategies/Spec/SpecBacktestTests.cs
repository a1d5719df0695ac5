using Omega.Trading.Backtesting;
using Omega.Trading.Strategies;
using Omega.Trading.Tests.Backtesting;
using Omega.Trading.Tests.Indicators;

namespace Omega.Trading.Tests.Strategies.Spec;

/// <summary>Strategies in JSON through the engine.</summary>
public sealed class SpecBacktestTests
{
    private static readonly LookaheadOptions Options = new() { Backtest = new() { Fills = new() { AllowShort = true } } };

    public static TheoryData<string, string> Strategies =>
    [
        .. BuiltInStrategies.All.Select(spec => (spec.Name, "")),
        ("bollinger", "mode=breakout"),
        .. Directory.EnumerateFiles(Folders.At("samples", "strategies"), "*.json").Select(path => (Path.GetFileName(path), "")),
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Run_EmaCrossAsJson_FillsAsTheOneInCSharp(int seed) => Compare(Hourly.Walk(5_000, seed));

    [Fact]
    public void Run_EmaCrossAsJsonOnRealCandles_FillsAsTheOneInCSharp() =>
        Compare(CandleSeries.Create(Timeframe.H1, "replay:test", RealBars.Slice(0, RealBars.Count)));

    [Theory]
    [MemberData(nameof(Strategies))]
    public void LookaheadProof_EveryStrategy_Holds(string name, string parameter)
    {
        var report = LookaheadProof.Run(Compile(name, parameter), Hourly.Restless(1_500), Options);

        Assert.True(report.IsProven, $"{name}: {report}");

        // What buys by the calendar alone, no price can change.
        Assert.Equal(name is "buy-and-hold" or "dca" ? 1 : 0, report.Notes.Count);
        Assert.Equal(name is "buy-and-hold" or "dca", report.DecisionChanges == 0);
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public void LookaheadProof_EveryStrategyOnRealCandles_Holds(string name, string parameter)
    {
        var report = LookaheadProof.Run(Compile(name, parameter), CandleSeries.Create(Timeframe.H1, "replay:test", RealBars.Slice(20_000, 3_000)), Options);

        Assert.True(report.IsProven, $"{name}: {report}");
    }

    [Fact]
    public void Run_Dca_BuysEqualPartsAWeek()
    {
        var spec = BuiltInStrategies.Find("dca");
        var report = BacktestEngine.Run(spec.Compile(new Dictionary<string, double> { ["parts"] = 4 }), Hourly.Walk(24 * 7 * 6));

        Assert.Equal(4, report.Fills.Count);
        // The walk begins on a Monday: at its second bar, then on Mondays.
        Assert.Equal([1L, 168, 336, 504], report.Fills.Select(fill => (fill.Time - Hourly.Start) / 3_600_000));
        Assert.All(report.Fills, fill => Assert.InRange(fill.Quantity * fill.Price, 2_490m, 2_500m));
    }

    private static IStrategy Compile(string name, string parameter)
    {
        var spec = name.EndsWith(".json", StringComparison.Ordinal) ? StrategySpec.Load(Folders.At("samples", "strategies", name)) : BuiltInStrategies.Find(name);
        return spec.Compile(parameter.Split('=') is [var key, var value] ? new Dictionary<string, double> { [key] = spec.Parameter(key).Parse(value) } : []);
    }

    private static void Compare(CandleSeries series)
    {
        var (json, code) = (BacktestEngine.Run(BuiltInStrategies.Find("ema-cross").Compile(), series), BacktestEngine.Run(new EmaCross(), series));

        Assert.NotEmpty(json.Fills);
        Assert.Equal(code.Fills.Select(fill => (fill.Time, fill.Side, fill.Quantity, fill.Price)), json.Fills.Select(fill => (fill.Time, fill.Side, fill.Quantity, fill.Price)));
        Assert.Equal(code.Statistics.FinalEquity, json.Statistics.FinalEquity);
        Assert.Equal(code.WarmUpBars, json.WarmUpBars);
    }
}
