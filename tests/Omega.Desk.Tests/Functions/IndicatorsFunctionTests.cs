using Omega.Trading;
using Omega.Trading.Indicators;

namespace Omega.Desk.Tests.Functions;

public sealed class IndicatorsFunctionTests
{
    private static readonly SeriesFeed Feed = SeriesFeed.Walk(2000);

    [Theory]
    [InlineData("rsi", "rsi_14")]
    [InlineData("RSI(14)", "rsi_14")]
    [InlineData("rsi:21", "rsi_21")]
    [InlineData("ema_50", "ema_50")]
    [InlineData("EMA 50", "ema_50")]
    [InlineData("macd(12, 26, 9)", "macd_12_26_9_signal")]
    [InlineData("BBands", "bollinger_20_2_upper")]
    [InlineData("Williams %R", null)]
    [InlineData("stoch", "stochastic_14_3_3_k")]
    [InlineData("Parabolic SAR", "psar_0.02_0.2")]
    [InlineData("atr()", "atr_14")]
    public async Task GetIndicators_UsualSpellings_TellTheColumn(string spelling, string? column)
    {
        var result = await new MarketDesk(Feed).CallAsync("get_indicators", $$"""{"indicators":["{{spelling}}"],"market":"BTC"}""");
        if (column is null)
            Assert.NotNull(result.Refused());
        else
            Assert.True(result.GetProperty("figures").EnumerateObject().Any(figure => figure.Name.StartsWith(column, StringComparison.Ordinal)), result.GetRawText());
    }

    [Fact]
    public async Task GetIndicators_Values_AreTheIndicatorsOwn()
    {
        var candles = (await Feed.GetHistoryAsync(new(Feed.Instruments[0], Timeframe.H1) { Count = 2000 }, TestContext.Current.CancellationToken)).Candles;
        var values = IndicatorCatalog.Parse("ema:20").Over(candles)[0].Values.ToArray();

        var result = await new MarketDesk(Feed).CallAsync("get_indicators", """{"indicators":["ema(20)","close > ema(20)","ema(20) - close","roc(10)"]}""");

        Assert.Equal(values[^1], result.Figure("ema_20"), 2);
        Assert.Equal(values[^2], result.Figure("ema_20_before"), 2);
        Assert.Equal(values[^1] - candles.Closes[^1], result.Figure("expression_3"), 2);
        Assert.Equal(("usd", "number", "percent"), (result.Unit("ema_20"), result.Unit("expression_3"), result.Unit("roc_10")));
        Assert.Equal(candles.Closes[^1] > values[^1] ? "true" : "false", result.GetProperty("expressions")[0].GetProperty("is").GetString());
        Assert.Contains("EMA(20) ", result.Summary(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetIndicators_Unknown_OffersNearNames()
    {
        var error = (await new MarketDesk(Feed).CallAsync("get_indicators", """{"indicators":["rsi","mcad(12,26,9)"]}""")).GetProperty("error");
        Assert.Equal(("unknown_indicator", "/indicators/1", "macd"), (error.GetProperty("kind").GetString(), error.GetProperty("at").GetString(), error.GetProperty("near")[0].GetString()));
    }

    [Theory]
    [InlineData("crossover(ema(12), ema(26)")]
    [InlineData("close[-1]")]
    [InlineData("rsi(14) <")]
    [InlineData("rsi(0)")]
    [InlineData("1 +* 2")]
    public async Task GetIndicators_WhatDoesNotCompile_IsRefusedWithItsPlace(string text)
    {
        var error = (await new MarketDesk(Feed).CallAsync("get_indicators", $$"""{"indicators":["{{text}}"]}""")).GetProperty("error");
        Assert.Contains(error.GetProperty("kind").GetString(), (string[])["expression", "not_possible"]);
        Assert.DoesNotContain("   at ", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetIndicators_TooFewCandles_SaysWhichHasNoValue()
    {
        var result = await new MarketDesk(SeriesFeed.Walk(10)).CallAsync("get_indicators", """{"indicators":["sma(5)","ema(200)"]}""");
        Assert.True(result.GetProperty("figures").TryGetProperty("sma_5", out _));
        Assert.Contains(result.GetProperty("notes").EnumerateArray(), note => note.GetString()!.StartsWith("ema_200 has no value", StringComparison.Ordinal));
    }
}
