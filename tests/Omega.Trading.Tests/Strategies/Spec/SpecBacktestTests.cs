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
        ("macd.json", ""),
        ("supertrend.json", ""),
        ("trend-pullback.json", "trend=10"),
        ("volatility-breakout.json", "share=0.2"),
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
        var spec = name.EndsWith(".json", StringComparison.Ordinal) ? StrategySpec.Load(Folders.At("samples", "strategies", name)) : BuiltInStrategies.Find(name);
        var values = parameter.Split('=') is [var key, var value]
            ? new Dictionary<string, double> { [key] = spec.Parameter(key).Parse(value) }
            : [];

        var report = LookaheadProof.Run(spec.Compile(values), Hourly.Walk(1_500, seed: 5), Options);

        // What buys by the calendar alone, no price can change: nothing is proven, and nothing is wrong.
        var expected = name is "buy-and-hold" or "dca" ? LookaheadVerdict.NoPower : LookaheadVerdict.Holds;
        Assert.True(report.Verdict == expected, $"{name}: {report}");
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

    private static void Compare(CandleSeries series)
    {
        var (json, code) = (BacktestEngine.Run(BuiltInStrategies.Find("ema-cross").Compile(), series), BacktestEngine.Run(new EmaCross(), series));

        Assert.NotEmpty(json.Fills);
        Assert.Equal(code.Fills.Select(fill => (fill.Time, fill.Side, fill.Quantity, fill.Price)), json.Fills.Select(fill => (fill.Time, fill.Side, fill.Quantity, fill.Price)));
        Assert.Equal(code.Statistics.FinalEquity, json.Statistics.FinalEquity);
        Assert.Equal(code.WarmUpBars, json.WarmUpBars);
    }
}
