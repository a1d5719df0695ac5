using Omega.Gpt;
using Omega.Trading;
using Omega.Trading.Backtesting;
using Omega.Trading.Strategies;

namespace Omega.Desk.Tests.Functions;

/// <summary>run_backtest, compare_strategies and what they list.</summary>
public sealed class BacktestFunctionsTests
{
    private static readonly SeriesFeed Feed = SeriesFeed.Walk();

    [Fact]
    public async Task RunBacktest_BuiltIn_TellsTheReportsFiguresBesideBuyingAndHolding()
    {
        var report = await ReportAsync("ema-cross");

        var result = await new MarketDesk(Feed).CallAsync("run_backtest", """{"strategy":"ema-cross","market":"BTC"}""");

        Assert.Equal(report.Statistics.TotalReturn, result.Figure("total_return"), 5);
        Assert.Equal(report.BuyAndHold!.TotalReturn, result.Figure("buy_and_hold_return"), 5);
        Assert.Equal(report.Statistics.MaxDrawdown, result.Figure("max_drawdown"), 5);
        Assert.Equal(report.Statistics.Sharpe!.Value, result.Figure("sharpe"), 3);
        Assert.Equal(report.Statistics.Trades.Count, result.Figure("trades"));
        Assert.Equal((double)report.Statistics.FeesPaid, result.Figure("fees_paid"), 1);
        Assert.Equal(report.Overfit!.Psr!.Value, result.Figure("dsr"), 4);
        Assert.Equal(1, result.Figure("trials"));
        Assert.Equal(report.DataSha256, result.GetProperty("data_sha256").GetString());
        Assert.Equal(("12", "26"), (result.GetProperty("parameters").GetProperty("fast").GetString(), result.GetProperty("parameters").GetProperty("slow").GetString()));
    }

    [Fact]
    public async Task RunBacktest_Progress_IsShownWhileItRuns()
    {
        var events = new List<GptEvent>();
        await new MarketDesk(Feed).CallAsync("run_backtest", """{"strategy":"donchian"}""", events);

        var progress = events.OfType<FunctionCallProgressEvent>().Select(shown => shown.Data.GetProperty("fraction").GetDouble()).ToArray();
        Assert.NotEmpty(progress);
        Assert.Equal(progress.Order(), progress);
        Assert.Equal(1, progress[^1]);
        Assert.True(events.FindIndex(shown => shown is FunctionCallProgressEvent) < events.FindIndex(shown => shown is FunctionCallCompletedEvent));
    }

    [Fact]
    public async Task RunBacktest_OwnRules_AreThoseOfTheSameStrategy()
    {
        var desk = new MarketDesk(Feed);
        var own = await desk.CallAsync("run_backtest", """{"strategy":"custom","enter":"crossover(ema(12), ema(26))","exit":"crossunder(ema(12), ema(26))"}""");
        var known = await desk.CallAsync("run_backtest", """{"strategy":"ema-cross"}""");
        Assert.Equal(known.Figure("total_return"), own.Figure("total_return"));
        Assert.Equal("custom", own.GetProperty("strategy").GetString());
    }

    [Theory]
    [InlineData("""{"strategy":"custom"}""", "missing", "/enter")]
    [InlineData("""{"strategy":"custom","enter":"emma(12) > 3"}""", "expression", "/enter")]
    [InlineData("""{"strategy":"custom","enter":"close > open","exit":"close["}""", "expression", "/exit")]
    [InlineData("""{"strategy":"custom","enter":"close[-1] > close"}""", "expression", "/enter")]
    [InlineData("""{"strategy":"custom","enter":"ema(12)"}""", "expression", "/enter")]
    [InlineData("""{"strategy":"custom","enter":"m1.close > 3"}""", "expression", null)]
    [InlineData("""{"strategy":"donchian","enter":"close > 3"}""", "not_possible", "/strategy")]
    [InlineData("""{"strategy":"donchian","parameters":[{"name":"entri","value":5}]}""", "not_possible", null)]
    [InlineData("""{"strategy":"donchian","parameters":[{"name":"entry","value":-5}]}""", "not_possible", null)]
    [InlineData("""{"strategy":"donchian","parameters":[{"name":"entry","value":"many"}]}""", "not_possible", null)]
    [InlineData("""{"strategy":"donchian","from":"2025-06-01","to":"2025-05-01"}""", "not_possible", "/from")]
    [InlineData("""{"strategy":"donchian","from":"last summer"}""", "unknown_time", "/from")]
    [InlineData("""{"strategy":"donchian","from":"2026-02-28"}""", "too_few_candles", null)]
    [InlineData("""{"strategy":"donchian","days":3,"parameters":[{"name":"entry","value":100}]}""", "too_few_candles", "/days")]
    public async Task RunBacktest_WhatCannotBe_IsRefused(string arguments, string kind, string? at)
    {
        var error = (await new MarketDesk(Feed).CallAsync("run_backtest", arguments)).GetProperty("error");
        Assert.Equal((kind, at), (error.GetProperty("kind").GetString(), error.TryGetProperty("at", out var place) ? place.GetString() : null));
        Assert.DoesNotContain("   at ", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunBacktest_AnExpressionThatDoesNotCompile_OffersWhatWasMeant()
    {
        var error = (await new MarketDesk(Feed).CallAsync("run_backtest", """{"strategy":"custom","enter":"crossover(emma(12), ema(26))"}""")).GetProperty("error");
        Assert.Contains("Did you mean \"ema\"?", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("crossover(emma(12), ema(26))", error.GetProperty("given").GetString());
    }

    [Fact]
    public async Task RunBacktest_ManyTrials_BelieveEachLess()
    {
        var desk = new MarketDesk(SeriesFeed.Walk(seed: 11));
        var alone = await desk.CallAsync("run_backtest", """{"strategy":"momentum"}""");
        foreach (var entry in (int[])[5, 20, 60, 150])
            await desk.CallAsync("run_backtest", $$"""{"strategy":"donchian","parameters":[{"name":"entry","value":{{entry}}}]}""");
        await desk.CallAsync("run_backtest", """{"strategy":"buy-and-hold"}""");

        var again = await desk.CallAsync("run_backtest", """{"strategy":"momentum"}""");

        // The same one again is no new trial, and buying and holding is none.
        Assert.Equal((1, 5), (alone.Figure("trials"), again.Figure("trials")));
        Assert.Equal(alone.Figure("sharpe"), again.Figure("sharpe"));
        Assert.True(again.Figure("dsr") < alone.Figure("dsr"), $"{again.Figure("dsr")} < {alone.Figure("dsr")}");
        Assert.Equal("not_supported", again.GetProperty("edge").GetString());
    }

    [Fact]
    public async Task CompareStrategies_Several_RanksThemOnTheSameCandles()
    {
        var result = await new MarketDesk(Feed).CallAsync("compare_strategies", """{"strategies":["momentum","donchian","ema-cross"],"market":"BTC"}""");

        var ranked = result.GetProperty("strategies").EnumerateArray().ToArray();
        Assert.Equal(["donchian", "ema-cross", "momentum"], ranked.Select(entry => entry.GetProperty("name").GetString()).Order(StringComparer.Ordinal));
        var sharpes = ranked.Select(entry => entry.GetProperty("sharpe").GetProperty("value").GetDouble()).ToArray();
        Assert.Equal(sharpes.OrderDescending(), sharpes);
        Assert.Equal(3, result.Figure("trials"));
        foreach (var entry in ranked)
        {
            var report = await ReportAsync(entry.GetProperty("name").GetString()!);
            Assert.Equal(report.Statistics.TotalReturn, entry.GetProperty("total_return").GetProperty("value").GetDouble(), 5);
        }
    }

    [Fact]
    public async Task CompareStrategies_Costs_AreThoseGiven()
    {
        var desk = new MarketDesk(Feed);
        var dear = await desk.CallAsync("compare_strategies", """{"strategies":["ema-cross","donchian"],"fee_bps":50,"cash":5000}""");
        Assert.Equal((50, 5000), (dear.Figure("fee"), dear.Figure("initial_cash")));
        Assert.Equal("bps", dear.Unit("fee"));
    }

    [Fact]
    public async Task ListAndGet_EveryStrategy_IsTestable()
    {
        var desk = new MarketDesk(Feed);
        var listed = (await desk.CallAsync("list_strategies")).GetProperty("list").EnumerateArray().Select(entry => entry.GetProperty("name").GetString()!).ToArray();
        Assert.Equal(BuiltInStrategies.All.Select(strategy => strategy.Name), listed);
        foreach (var name in listed)
        {
            var strategy = await desk.CallAsync("get_strategy", $$"""{"strategy":"{{name}}"}""");
            Assert.Equal(name, strategy.GetProperty("json").GetProperty("name").GetString());
            Assert.NotEmpty(strategy.GetProperty("rules").EnumerateArray());
            Assert.Null((await desk.CallAsync("run_backtest", $$"""{"strategy":"{{name}}","days":60}""")).Refused());
        }
    }

    private static async Task<BacktestReport> ReportAsync(string strategy)
    {
        var candles = (await Feed.GetHistoryAsync(new(Feed.Instruments[0], Timeframe.H1) { Count = 8760 }, TestContext.Current.CancellationToken)).Candles;
        return BacktestEngine.Run(BuiltInStrategies.Find(strategy).Compile(), candles, new BacktestOptions { Instrument = Feed.Instruments[0] }, cancellationToken: TestContext.Current.CancellationToken);
    }
}
