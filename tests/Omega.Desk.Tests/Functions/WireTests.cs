using System.Text.Json;
using Omega.Gpt;
using Omega.Gpt.Providers;
using Omega.TestKit;

namespace Omega.Desk.Tests.Functions;

/// <summary>The same prompts over each wire: a model that calls functions in parallel, writes their arguments in pieces, and tells the results.</summary>
public sealed class WireTests
{
    private static readonly (string Prompt, (string Name, string Arguments)[] Calls)[] Prompts =
    [
        ("Analyze BTC market", [("get_price", """{"market":"BTC"}"""), ("analyze_market", """{"market":"BTC","timeframe":"1h"}"""), ("analyze_market", """{"market":"btc-usd","timeframe":"daily"}""")]),
        ("Is a 2 BTC long too risky with 50,000 USD?", [("assess_risk", """{"market":"BTCUSDT","side":"long","quantity":2,"equity":50000}"""), ("get_price", "{}")]),
        ("Backtest an EMA cross on BTC and tell me if it is any good", [("get_strategy", """{"strategy":"ema-cross"}"""), ("run_backtest", """{"strategy":"ema-cross","market":"BTC","days":180}""")]),
        ("How much BTC can I buy risking 1% with a stop 3% away and 20k?", [("size_position", """{"equity":20000,"risk":0.01,"stop_distance":0.03}"""), ("get_indicators", """{"indicators":["atr(14)","rsi"],"market":"BTC"}""")]),
        ("Compare momentum and donchian", [("compare_strategies", """{"strategies":["momentum","donchian"]}"""), ("list_strategies", "{}"), ("get_candles", """{"count":24}""")]),
    ];

    public static MatrixTheoryData<Wire, int> Cases => new([Wire.ChatCompletions, Wire.Responses, Wire.Anthropic], Enumerable.Range(0, Prompts.Length));

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Turn_OverAWire_RunsParallelCallsAndTracesTheAnswer(Wire wire, int index)
    {
        var (prompt, calls) = Prompts[index];
        await using var server = ModelServer.Start();
        server.Respond(request => request.Number == 1 ? Reply.Stream(Calls(wire, calls)) : Reply.Stream(Text(wire, Told(request.Json))));
        var desk = new MarketDesk(SeriesFeed.Walk());

        var turn = await DeskTurn.RunAsync(Engine(wire, server), desk, prompt, Model(wire));

        server.ThrowIfFaulted();
        Assert.Null(turn.Error);
        Assert.Equal(calls.Select(call => $"{call.Name} {call.Arguments}"), turn.Calls);
        Assert.True(turn.Events.OfType<FunctionCallArgumentsDeltaEvent>().Count() > calls.Length, "arguments stream in pieces");
        var results = turn.Events.OfType<FunctionCallCompletedEvent>().ToArray();
        Assert.Equal(calls.Length, results.Length);
        Assert.All(results, result => Assert.False(result.Result.TryGetProperty("error", out _), result.Result.GetRawText()));
        // Pure functions begin as soon as their own arguments are there, before the model has ended its step.
        var events = turn.Events.ToList();
        Assert.True(events.FindIndex(shown => shown is FunctionCallExecutingEvent) < events.FindIndex(shown => shown is StepCompletedEvent));
        Assert.Contains(" [", turn.Text, StringComparison.Ordinal);
        Assert.Empty(turn.Ungrounded);
        Assert.Equal("prompt", turn.Events.OfType<AnnotationEvent>().First().Kind);
    }

    [Fact]
    public async Task Turn_AnInventedFigureInTheAnswer_IsRemarkedOn()
    {
        await using var server = ModelServer.Start();
        server.Respond(request => Reply.Stream(request.Number == 1 ? Calls(Wire.ChatCompletions, [("get_price", "{}")]) : Text(Wire.ChatCompletions, "BTC/USD is at 12,345.67 USD.")));

        var turn = await DeskTurn.RunAsync(Engine(Wire.ChatCompletions, server), new MarketDesk(SeriesFeed.Walk(100)), "What is the price of BTC?", Model(Wire.ChatCompletions));

        Assert.Contains("12,345.67", Assert.Single(turn.Ungrounded), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, 4)]
    [InlineData(false, 16)]
    public async Task Turn_FiftyCallsInALoop_EndsAtALimitAndTheConversationGoesOn(bool areSame, int most)
    {
        await using var server = ModelServer.Start();
        server.Respond(request => Reply.Stream(Calls(Wire.ChatCompletions, [("get_candles", $$"""{"count":{{(areSame ? 10 : request.Number)}}}""")])));

        var turn = await DeskTurn.RunAsync(Engine(Wire.ChatCompletions, server), new MarketDesk(SeriesFeed.Walk(100)), "Look at BTC until you are sure", Model(Wire.ChatCompletions));

        Assert.Equal(GptErrorKind.StepLimit, turn.Error!.Kind);
        Assert.Equal(most, turn.Events.OfType<FunctionCallCompletedEvent>().Count());
        Assert.IsType<TurnFailedEvent>(turn.Events[^1]);
    }

    [Fact]
    public async Task Turn_FiftyCallsAtOnce_RunsThemAll()
    {
        await using var server = ModelServer.Start();
        var calls = Enumerable.Range(1, 50).Select(i => ("get_candles", $$"""{"count":{{i}}}""")).ToArray();
        server.Respond(request => Reply.Stream(request.Number == 1 ? Calls(Wire.ChatCompletions, calls) : Text(Wire.ChatCompletions, "Seen.")));

        var turn = await DeskTurn.RunAsync(Engine(Wire.ChatCompletions, server), new MarketDesk(SeriesFeed.Walk(100)), "Look at BTC", Model(Wire.ChatCompletions));

        Assert.Equal(("Seen.", 50), (turn.Text, turn.Events.OfType<FunctionCallCompletedEvent>().Count()));
    }

    private static GptEngine Engine(Wire wire, ModelServer server) => new(ProviderRegistry.Create(name => name switch
    {
        "OPENAI_API_KEY" or "ANTHROPIC_API_KEY" => "sk-test-000000000000",
        "OPENAI_BASE_URL" or "ANTHROPIC_BASE_URL" or "OMEGA_BASE_URL" => wire == Wire.Anthropic ? server.BaseUrl : server.BaseUrl + "/v1",
        _ => null,
    }));

    private static string Model(Wire wire) => wire switch
    {
        Wire.ChatCompletions => "compatible/omega-test-1",
        Wire.Responses => "openai-responses/omega-test-1",
        Wire.Anthropic => "anthropic/omega-test-1",
        _ => throw new ArgumentOutOfRangeException(nameof(wire), wire, null),
    };

    private static WireStream Calls(Wire wire, (string Name, string Arguments)[] calls)
    {
        var (chat, responses, anthropic) = (ChatCompletionsStream.Create(), ResponsesStream.Create(), AnthropicStream.Create());
        for (var i = 0; i < calls.Length; i++)
        {
            string[] pieces = [.. calls[i].Arguments.Chunk(5).Select(piece => new string(piece))];
            chat.CallStart(i, $"call_{i}", calls[i].Name).CallArguments(i, pieces);
            responses.Call($"call_{i}", calls[i].Name, pieces);
            anthropic.ToolUse($"toolu_{i}", calls[i].Name, pieces);
        }

        return wire switch
        {
            Wire.ChatCompletions => chat.Finish("tool_calls").Done(),
            Wire.Responses => responses.Complete(),
            _ => anthropic.Finish("tool_use").Done(),
        };
    }

    private static WireStream Text(Wire wire, string text)
    {
        string[] pieces = [.. text.Chunk(7).Select(piece => new string(piece))];
        return wire switch
        {
            Wire.ChatCompletions => ChatCompletionsStream.Create().Text(pieces).Finish("stop").Done(),
            Wire.Responses => ResponsesStream.Create().Text(pieces).Complete(),
            _ => AnthropicStream.Create().Text(pieces).Finish("end_turn").Done(),
        };
    }

    /// <summary>What a diligent model says: each result's summary with its ref. The results are the JSON objects among the request's strings.</summary>
    private static string Told(JsonElement request) => string.Join("\n\n", Strings(request)
        .Where(text => text.StartsWith("{\"summary\"", StringComparison.Ordinal))
        .Select(text => JsonElement.Parse(text))
        .Select(result => $"{result.GetProperty("summary").GetString()} [{result.GetProperty("ref").GetString()}]"));

    private static IEnumerable<string> Strings(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => [json.GetString()!],
        JsonValueKind.Array => json.EnumerateArray().SelectMany(Strings),
        JsonValueKind.Object => json.EnumerateObject().SelectMany(property => Strings(property.Value)),
        _ => [],
    };
}
