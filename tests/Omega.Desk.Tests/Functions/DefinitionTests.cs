using System.Text.Json;
using Omega.Gpt;

namespace Omega.Desk.Tests.Functions;

/// <summary>What the model is told of the functions, and that every result has the shape that docs/concepts/desk.md states.</summary>
public sealed class DefinitionTests
{
    private static readonly MarketDesk Desk = new(SeriesFeed.Walk());

    private static readonly string[] Units = ["usd", "btc", "fraction", "fraction_per_year", "fraction_per_bar", "probability", "ratio", "index", "count", "bars", "seconds", "atr", "bps", "percent", "number"];

    public static TheoryData<string, string> Calls => new()
    {
        { "get_price", "{}" },
        { "analyze_market", """{"market":"BTC"}""" },
        { "get_candles", """{"count":20}""" },
        { "get_indicators", """{"indicators":["rsi","bollinger","close > ema(20)"]}""" },
        { "assess_risk", """{"quantity":1,"equity":50000,"stop_distance":0.1}""" },
        { "size_position", """{"equity":20000,"risk":0.01,"stop_distance":0.03}""" },
        { "list_strategies", "{}" },
        { "get_strategy", """{"strategy":"bollinger"}""" },
        { "run_backtest", """{"strategy":"bollinger"}""" },
        { "compare_strategies", """{"strategies":["momentum","dca"]}""" },
    };

    [Fact]
    public void Functions_All_AreThePureOnesOfTheDesk()
    {
        Assert.Equal(Calls.Select(call => call.Data.Item1), Desk.Functions.Definitions.Select(definition => definition.Name));
        Assert.All(Desk.Functions.Definitions, definition =>
        {
            var function = Desk.Functions.FindFunction(definition.Name)!;
            Assert.Equal(FunctionEffect.Pure, function.Options.Effect);
            Assert.False(function.Options.RequiresApproval);
            Assert.InRange(definition.Description!.Length, 40, 400);
            // The strict form is what holds a model to a schema.
            Assert.True(function.ToStrict().Definition.Strict);
            Assert.False(definition.Parameters.GetProperty("additionalProperties").GetBoolean());
            Assert.All(definition.Parameters.GetProperty("properties").EnumerateObject(), property => Assert.True(property.Value.TryGetProperty("description", out _), $"{definition.Name}.{property.Name}"));
        });
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Result_OfEveryFunction_HasSummaryRefSourceAndUnits(string name, string arguments)
    {
        var result = await Desk.CallAsync(name, arguments);

        Assert.Equal("summary", result.EnumerateObject().First().Name);
        Assert.InRange(result.Summary().Length, 20, 900);
        Assert.Matches($"^{name}#[0-9]+\\.[0-9]+$", result.GetProperty("ref").GetString());
        if (!name.EndsWith("_strategies", StringComparison.Ordinal) || name == "compare_strategies")
        {
            if (name != "get_strategy")
            {
                Assert.Equal(("SIM:7", true, "BTC/USD", "1h"), (result.GetProperty("source").GetString(), result.GetProperty("simulated").GetBoolean(), result.GetProperty("market").GetString(), result.GetProperty("timeframe").GetString()));
                Assert.EndsWith("Z", result.GetProperty("as_of").GetString(), StringComparison.Ordinal);
                Assert.Contains("SIM:7, a simulated market", result.Summary(), StringComparison.Ordinal);
            }
        }

        Assert.All(FiguresIn(result), figure =>
        {
            Assert.Contains(figure.GetProperty("unit").GetString(), Units);
            Assert.Equal(JsonValueKind.Number, figure.GetProperty("value").ValueKind);
        });
        Assert.DoesNotContain("\\u", result.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Desk_FeedWithoutMarkets_IsRefused() =>
        Assert.Contains("no market", Assert.Throws<DeskException>(() => new MarketDesk(new SeriesFeed(Omega.Trading.CandleSeries.Create(Omega.Trading.Timeframe.H1, "SIM:7", [])) { Instruments = [] })).Message, StringComparison.Ordinal);

    private static IEnumerable<JsonElement> FiguresIn(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object when json.TryGetProperty("value", out var value) && json.TryGetProperty("unit", out _) && value.ValueKind == JsonValueKind.Number => [json],
        JsonValueKind.Object => json.EnumerateObject().Where(property => property.Name != "json").SelectMany(property => FiguresIn(property.Value)),
        JsonValueKind.Array => json.EnumerateArray().SelectMany(FiguresIn),
        _ => [],
    };
}
