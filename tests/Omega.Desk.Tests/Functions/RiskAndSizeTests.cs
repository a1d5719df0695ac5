using Omega.Gpt;
using Omega.Trading;

namespace Omega.Desk.Tests.Functions;

/// <summary>assess_risk and size_position against figures computed by hand.</summary>
public sealed class RiskAndSizeTests
{
    private static readonly SeriesFeed Feed = SeriesFeed.Walk();

    [Fact]
    public async Task AssessRisk_Position_TellsExposureLossesStopAndRuin()
    {
        var candles = (await Feed.GetHistoryAsync(new(Feed.Instruments[0], Timeframe.H1) { Count = 8760 }, TestContext.Current.CancellationToken)).Candles;
        var close = candles.Closes[^1];

        var result = await new MarketDesk(Feed).CallAsync("assess_risk", """{"market":"BTC","side":"long","quantity":2,"equity":50000,"stop_distance":0.05}""");

        Assert.Equal(2 * close / 50_000, result.Figure("exposure"), 4);
        Assert.Equal(2 * close, result.Figure("value"), 1);
        Assert.Equal(0.05 * 2 * close, result.Figure("stop_loss"), 1);
        Assert.Equal(0.05 * 2 * close / 50_000, result.Figure("stop_loss_of_equity"), 4);
        Assert.Equal(result.Figure("var_95") * 2 * close, result.Figure("var_95_money"), result.Figure("value") * 1e-5);
        Assert.Equal(result.Figure("cvar_95_money") / 50_000, result.Figure("cvar_95_of_equity"), 5);
        Assert.InRange(result.Figure("ruin_probability"), 0, 1);
        Assert.Equal(("ratio", "usd", "atr", "probability"), (result.Unit("exposure"), result.Unit("cvar_95_money"), result.Unit("stop_distance_atr"), result.Unit("ruin_probability")));
        Assert.StartsWith("Yes, that is risky: a long of 2 BTC is worth ", result.Summary(), StringComparison.Ordinal);
        Assert.Contains("leverage", result.Summary(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AssessRisk_VaR_IsTheQuantileOfDailyLosses()
    {
        var candles = (await Feed.GetHistoryAsync(new(Feed.Instruments[0], Timeframe.H1) { Count = 8760 }, TestContext.Current.CancellationToken)).Candles;
        double[] losses = [.. Enumerable.Range(24, candles.Count - 24).Select(i => 1 - (candles.Closes[i] / candles.Closes[i - 24])).Order()];
        var place = 0.95 * (losses.Length - 1);
        var expected = losses[(int)place] + ((place - (int)place) * (losses[(int)place + 1] - losses[(int)place]));

        var result = await new MarketDesk(Feed).CallAsync("assess_risk");

        Assert.Equal(expected, result.Figure("var_95"), 5);
        Assert.Equal(losses.Where(loss => loss >= expected).Average(), result.Figure("cvar_95"), 5);
    }

    [Theory]
    [InlineData("""{"quantity":2}""", "missing", "/equity")]
    [InlineData("""{"equity":50000}""", "missing", "/quantity")]
    [InlineData("""{"quantity":2,"equity":50000,"stop":1,"stop_distance":0.1}""", "not_possible", "/stop")]
    [InlineData("""{"quantity":2,"equity":50000,"stop":999999999}""", "not_possible", null)]
    [InlineData("""{"quantity":1e300,"equity":50000}""", "not_possible", "/quantity")]
    [InlineData("""{"horizon_hours":0.5}""", "not_possible", null)]
    [InlineData("""{"market":"DOGE"}""", "unknown_market", "/market")]
    [InlineData("""{"timeframe":"fortnight"}""", "unknown_timeframe", "/timeframe")]
    public async Task AssessRisk_WhatCannotBe_IsRefused(string arguments, string kind, string? at)
    {
        var error = (await new MarketDesk(Feed).CallAsync("assess_risk", arguments)).GetProperty("error");
        Assert.Equal((kind, at), (error.GetProperty("kind").GetString(), error.TryGetProperty("at", out var place) ? place.GetString() : null));
    }

    [Theory]
    [InlineData("assess_risk", """{"quantity":-2,"equity":50000}""")]
    [InlineData("assess_risk", """{"quantity":0,"equity":50000}""")]
    [InlineData("size_position", """{"equity":-1}""")]
    [InlineData("size_position", """{"equity":20000,"risk":1.5,"stop_distance":0.03}""")]
    [InlineData("size_position", """{}""")]
    [InlineData("size_position", """{"equity":"20k"}""")]
    [InlineData("run_backtest", """{"strategy":"martingale"}""")]
    [InlineData("run_backtest", """{"strategy":"donchian","leverage":100}""")]
    [InlineData("compare_strategies", """{"strategies":["momentum"]}""")]
    [InlineData("get_candles", """{"count":-5}""")]
    [InlineData("get_strategy", """{"strategy":"../../etc/passwd"}""")]
    public async Task AnyFunction_ArgumentsOutsideItsSchema_AreNotRun(string function, string arguments)
    {
        var result = Assert.Single(await new MarketDesk(Feed).TryCallAsync(null, new FunctionCallRequest(function, arguments)));
        Assert.Equal(GptErrorKind.FunctionArguments, result.Error);
    }

    [Fact]
    public async Task SizePosition_RiskToAStop_IsTheSizeThatLosesIt()
    {
        var price = (decimal)(await Feed.GetHistoryAsync(new(Feed.Instruments[0], Timeframe.H1), TestContext.Current.CancellationToken)).OpenCandle!.Value.Close;

        var result = await new MarketDesk(Feed).CallAsync("size_position", """{"equity":20000,"risk":0.01,"stop_distance":0.03}""");

        // 200 to lose; each BTC loses 3 % of the price and 10 bps of both prices.
        var stop = Math.Round(price * 0.97m, 8);
        var quantity = Math.Floor(200 / (price - stop + (0.001m * (price + stop))) / 0.00001m) * 0.00001m;
        Assert.Equal((double)quantity, result.Figure("quantity"));
        Assert.Equal((double)stop, result.Figure("stop"), 2);
        Assert.Equal(0.01, result.Figure("loss_of_equity"), 4);
        Assert.Equal((double)(quantity * price), result.Figure("notional"), 2);
        Assert.Equal(0.03, result.Figure("stop_distance"), 6);
    }

    [Theory]
    [InlineData("""{"equity":20000}""", "fixed_fraction")]
    [InlineData("""{"equity":20000,"fraction":0.5}""", "fixed_fraction")]
    [InlineData("""{"equity":20000,"target_volatility":0.05}""", "volatility_target")]
    [InlineData("""{"equity":20000,"win_rate":0.55,"payoff":1.5}""", "capped_kelly")]
    [InlineData("""{"equity":20000,"risk":0.01,"stop":90000,"side":"short"}""", "fixed_risk")]
    public async Task SizePosition_WhatIsGiven_SaysHow(string arguments, string method) =>
        Assert.Equal(method, (await new MarketDesk(Feed).CallAsync("size_position", arguments)).GetProperty("method").GetString());

    [Theory]
    [InlineData("""{"equity":20000,"risk":0.01}""", "missing")]
    [InlineData("""{"equity":20000,"stop_distance":0.03}""", "missing")]
    [InlineData("""{"equity":20000,"win_rate":0.5}""", "missing")]
    [InlineData("""{"equity":20000,"risk":0.01,"fraction":0.5,"stop_distance":0.03}""", "not_possible")]
    [InlineData("""{"equity":20000,"risk":0.01,"stop":99999999}""", "not_possible")]
    public async Task SizePosition_WhatDoesNotGoTogether_IsRefused(string arguments, string kind) =>
        Assert.Equal(kind, (await new MarketDesk(Feed).CallAsync("size_position", arguments)).Refused());

    [Fact]
    public async Task SizePosition_BelowTheSmallestOrder_SaysThatNoneIsPossible()
    {
        var result = await new MarketDesk(Feed).CallAsync("size_position", """{"equity":1}""");
        Assert.Equal(0, result.Figure("quantity"));
        Assert.StartsWith("No position is possible", result.Summary(), StringComparison.Ordinal);
    }
}
