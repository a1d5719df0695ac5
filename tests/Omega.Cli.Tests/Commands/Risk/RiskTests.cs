using System.Globalization;
using System.Text.Json;
using Omega.Cli.Tests.Commands.Backtest;

namespace Omega.Cli.Tests.Commands.Risk;

public sealed class RiskTests : IDisposable
{
    private readonly CliRun _cli = new() { Time = FixedClock.Usual };
    private readonly decimal _close;

    public RiskTests()
    {
        var candles = CandleText.Walk(600);
        File.WriteAllText(Candles, candles);
        _close = decimal.Parse(candles.TrimEnd().Split('\n')[^1].Split(',')[4], CultureInfo.InvariantCulture);
    }

    private string Candles => _cli.At("btcusdt-1h.csv");

    public void Dispose() => _cli.Dispose();

    private Task<CliResult> RiskAsync(params string[] arguments) => _cli.RunAsync(["risk", "--candles", Candles, .. arguments]);

    private async Task<JsonElement> JsonAsync(params string[] arguments)
    {
        var result = await RiskAsync([.. arguments, "--json"]);
        Assert.Equal((0, ""), (result.Code, result.Error));
        return JsonElement.Parse(result.Output);
    }

    private static decimal Money(JsonElement element, string name) => decimal.Parse(element.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);

    [Fact]
    public async Task Risk_Position_ItsMoneyIsAsByHand()
    {
        var (entry, stop) = (Math.Round(_close * 0.9m, 2), Math.Round(_close * 0.95m, 2));

        var json = await JsonAsync("--quantity", "2", "--cash", "50000", "--entry", $"{entry}", "--stop", $"{stop}");

        var gain = 2 * (_close - entry);
        var position = json.GetProperty("positions")[0];
        var held = position.GetProperty("risk").GetProperty("position");
        Assert.Equal((gain, 50_000 + gain), (Money(json, "gain"), Money(json, "equity")));
        Assert.Equal(-2 * (stop - entry), Money(position, "loss_from_entry"));
        Assert.Equal(2 * (_close - stop), Money(held, "stop_loss"));
        Assert.Equal((double)(2 * _close / (50_000 + gain)), held.GetProperty("exposure").GetDouble(), 1e-12);
        Assert.Equal(86_400, position.GetProperty("risk").GetProperty("horizon").GetDouble());
    }

    [Fact]
    public async Task Risk_Portfolio_IsAddedUpAgainstTheWholeAccount()
    {
        var file = _cli.At("portfolio.json");
        await File.WriteAllTextAsync(file, $$"""{"cash": "40000", "positions": [{"quantity": 1, "stop": {{Math.Floor(_close * 0.9m)}}}, {"market": "btc-usdt", "side": "short", "quantity": 0.5, "entry": {{_close + 100}}, "stop": {{Math.Ceiling(_close * 1.1m)}}}]}""");

        var json = await JsonAsync("--portfolio", file);
        var text = await RiskAsync("--portfolio", file);

        var (equity, total) = (40_000m + 50, json.GetProperty("total"));
        Assert.Equal((50m, equity), (Money(json, "gain"), Money(json, "equity")));
        Assert.Equal((double)(1.5m * _close / equity), total.GetProperty("gross_exposure").GetDouble(), 1e-12);
        Assert.Equal((double)(0.5m * _close / equity), total.GetProperty("net_exposure").GetDouble(), 1e-12);
        Assert.Equal(_close - Math.Floor(_close * 0.9m) + (0.5m * (Math.Ceiling(_close * 1.1m) - _close)), Money(total, "loss_at_stops"));
        var var95 = json.GetProperty("positions").EnumerateArray().Sum(one => Money(one.GetProperty("risk").GetProperty("position"), "var_95"));
        Assert.Equal(var95, Money(total, "var_95_at_most"), 6);
        Assert.Contains("\ntogether\n", text.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Risk_NoPosition_IsTheMarketsOwn()
    {
        var json = await JsonAsync("--horizon", "4h", "--days", "10");

        Assert.Equal(JsonValueKind.Null, json.GetProperty("equity").ValueKind);
        var risk = json.GetProperty("positions")[0].GetProperty("risk");
        Assert.Equal((4 * 3600, 240), (risk.GetProperty("horizon").GetDouble(), risk.GetProperty("bars").GetInt32()));
    }

    [Fact]
    public async Task Risk_Simulated_IsSaid()
    {
        var result = await _cli.RunAsync("risk", "--quantity", "2", "--cash", "50000", "--feed", "sim:3");

        Assert.Equal(0, result.Code);
        Assert.StartsWith("SIM:3, a simulated market: its prices are made up\n", result.Output, StringComparison.Ordinal);
        Assert.Matches(@"position +long 2 BTC, worth [\d,.]+ USD: \d+\.\d\d × the equity of 50,000\.00", result.Output);
        Assert.Contains("The past of a window, not a forecast", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "--stop is of a position, and --quantity is missing", "--stop", "100")]
    [InlineData(2, "--cash is missing", "--quantity", "1")]
    [InlineData(2, "--side is \"up\"; allowed: long or short.", "--side", "up")]
    [InlineData(2, "--quantity is \"-2\"; allowed: a number above 0", "--quantity", "-2", "--cash", "1")]
    [InlineData(2, "--horizon is \"1y\"; allowed: a whole number and m, h, d or w", "--horizon", "1y")]
    [InlineData(2, "--portfolio holds the positions; leave --cash out.", "--portfolio", "x.json", "--cash", "1")]
    [InlineData(2, "--portfolio: there is no file nowhere.json.", "--portfolio", "nowhere.json")]
    [InlineData(2, "There are no 1m candles in replay:", "--timeframe", "1m")]
    [InlineData(1, "Nothing is left of the account", "--quantity", "1", "--cash", "10", "--entry", "90000")]
    [InlineData(1, "The horizon", "--horizon", "90m")]
    [InlineData(1, "The stop", "--quantity", "1", "--cash", "90000", "--stop", "90000")]
    public async Task Risk_WrongUse_SaysWhat(int code, string expected, params string[] arguments)
    {
        var result = await RiskAsync(arguments);

        Assert.Equal((code, ""), (result.Code, result.Output));
        Assert.StartsWith("error: " + expected, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }
}
