using System.Text.Json;
using Omega.Trading;
using Omega.Trading.Analysis;

namespace Omega.Desk.Tests.Functions;

/// <summary>get_price, analyze_market, get_candles: their figures against the candles themselves.</summary>
public sealed class MarketFunctionsTests
{
    private static readonly SeriesFeed Feed = SeriesFeed.Walk(2000);

    [Fact]
    public async Task GetPrice_OpenCandle_IsThePriceAndTheDayBehindIt()
    {
        var hours = (await Feed.GetHistoryAsync(new(Feed.Instruments[0], Timeframe.H1) { Count = 100 }, TestContext.Current.CancellationToken)).Candles;
        var open = (await Feed.GetHistoryAsync(new(Feed.Instruments[0], Timeframe.H1), TestContext.Current.CancellationToken)).OpenCandle!.Value;

        var result = await new MarketDesk(Feed).CallAsync("get_price", """{"market":"btc-usd"}""");

        // At 12:15 a day ago the last close was that of 12:00: 24 final bars and the open one have come since.
        Assert.Equal(open.Close, result.Figure("price"));
        Assert.Equal((open.Close / hours.Closes[^25]) - 1, result.Figure("change_24h"), 6);
        Assert.Equal(Math.Max(open.High, hours.Highs[^24..].ToArray().Max()), result.Figure("high_24h"));
        Assert.Equal(Math.Min(open.Low, hours.Lows[^24..].ToArray().Min()), result.Figure("low_24h"));
        Assert.Equal(open.Volume + hours.Volumes[^24..].ToArray().Sum(), result.Figure("volume_24h"), 1);
        Assert.Equal(("usd", "fraction", "btc"), (result.Unit("price"), result.Unit("change_24h"), result.Unit("volume_24h")));
        Assert.Equal("2026-03-01T12:15:00Z", result.GetProperty("as_of").GetString());
        Assert.StartsWith("BTC/USD (SIM:7, a simulated market) is at ", result.Summary(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetPrice_CandlesThatDoNotReachBackADay_LeaveItOut()
    {
        var result = await new MarketDesk(SeriesFeed.Walk(5)).CallAsync("get_price");
        Assert.False(result.GetProperty("figures").TryGetProperty("change_24h", out _));
        Assert.Contains(result.GetProperty("notes").EnumerateArray(), note => note.GetString()!.Contains("24 hours", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AnalyzeMarket_AnyTimeframe_TellsTheReportsFigures()
    {
        var candles = (await Feed.GetHistoryAsync(new(Feed.Instruments[0], Timeframe.H4) { Count = 1500 }, TestContext.Current.CancellationToken)).Candles;
        var report = MarketAnalyzer.Analyze(candles).Timeframes[0];

        var result = await new MarketDesk(Feed).CallAsync("analyze_market", """{"market":"BTC","timeframe":"4 hours"}""");

        Assert.Equal("4h", result.GetProperty("timeframe").GetString());
        Assert.Equal(report.Price!.Value, result.Figure("price"), 2);
        Assert.Equal(report.Momentum.Rsi14!.Value, result.Figure("rsi_14"), 3);
        Assert.Equal(report.Trend.Ema50!.Value, result.Figure("ema_50"), 2);
        Assert.Equal(report.Volatility.Atr14!.Value, result.Figure("atr_14"), 2);
        Assert.Equal(report.Trend.Direction!.Value.ToString().ToLowerInvariant(), result.GetProperty("states").GetProperty("trend").GetString());
        var support = result.GetProperty("support")[0];
        Assert.Equal(report.Support[0].Price, support.GetProperty("price").GetProperty("value").GetDouble(), 2);
        Assert.Equal("atr", support.GetProperty("distance_atr").GetProperty("unit").GetString());
    }

    [Fact]
    public async Task AnalyzeMarket_Result_IsCompact() =>
        Assert.InRange((await new MarketDesk(Feed).CallAsync("analyze_market", """{"market":"BTC"}""")).GetRawText().Length, 1000, 4000);

    [Fact]
    public async Task AnalyzeMarket_TooFewCandles_IsRefused() =>
        Assert.Equal("too_few_candles", (await new MarketDesk(SeriesFeed.Walk(20)).CallAsync("analyze_market", """{"market":"BTC"}""")).Refused());

    [Fact]
    public async Task AnyFunction_StaleFeed_SaysSo()
    {
        var feed = SeriesFeed.Walk(200);
        feed.State = feed.State with { Status = Omega.Trading.Feeds.FeedStatus.Stale };
        var result = await new MarketDesk(feed).CallAsync("get_price");
        Assert.Equal("stale", result.GetProperty("feed").GetString());
        Assert.Contains("stale", result.GetProperty("notes")[0].GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10, 1500, 1)]
    [InlineData(1000, 1500, null)]
    [InlineData(1999, 200, null)]
    [InlineData(200, 20000, 1)]
    public async Task GetCandles_ManyCandles_AreJoinedToFitTheBudget(int count, int budget, int? each)
    {
        var candles = (await Feed.GetHistoryAsync(new(Feed.Instruments[0], Timeframe.H1) { Count = count }, TestContext.Current.CancellationToken)).Candles;

        var result = await new MarketDesk(Feed).CallAsync("get_candles", $$"""{"market":"BTC","timeframe":"1h","count":{{count}},"budget":{{budget}}}""");

        var rows = result.GetProperty("rows");
        Assert.True(rows.GetRawText().Length <= budget * 4, rows.GetRawText().Length.ToString());
        Assert.Equal(each is 1, !result.GetProperty("figures").TryGetProperty("candles_in_a_row", out _));
        JsonElement[] all = [.. rows.EnumerateArray()];
        Assert.Equal(candles.Closes[^1], all[^1].GetProperty("close").GetDouble(), 2);
        Assert.Equal(candles.Opens[0], all[0].GetProperty("open").GetDouble(), 2);
        Assert.Equal(candles.Highs.ToArray().Max(), all.Max(row => row.GetProperty("high").GetDouble()), 2);
        Assert.Equal(candles.Lows.ToArray().Min(), all.Min(row => row.GetProperty("low").GetDouble()), 2);
        Assert.Equal(candles.Volumes.ToArray().Sum(), all.Sum(row => row.GetProperty("volume").GetDouble()), all.Length * 0.05);
        Assert.StartsWith("~", result.GetProperty("tokens").GetString(), StringComparison.Ordinal);
    }
}
