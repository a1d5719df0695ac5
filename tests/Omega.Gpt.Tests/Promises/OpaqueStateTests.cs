using System.Text.Json;
using Microsoft.Extensions.AI;
using Omega.Gpt.Tests.Turns;
using Omega.TestKit;

namespace Omega.Gpt.Tests.Promises;

/// <summary>A thinking model gets its own state back, byte for byte: the server answers 400 to anything else.</summary>
public sealed class OpaqueStateTests
{
    private static readonly CancellationToken None = TestContext.Current.CancellationToken;

    public static TheoryData<Wire> Wires => [Wire.ChatCompletions, Wire.Responses, Wire.Anthropic];

    [Theory]
    [MemberData(nameof(Wires))]
    public async Task TwoSteps_ThroughAStoredConversation_ReturnTheState(Wire wire)
    {
        using var folder = new TempFolder();
        await using var server = Server(wire);
        var first = Gpt();

        var (asked, _) = await Turn.RunAsync(first.StreamTurnAsync(Message.User("Weather in Łódź?"), Options(), None));
        var pending = Assert.Single(Assert.IsType<TurnCompletedEvent>(asked[^1]).Pending);
        Assert.Equal("{\"city\":\"Łódź\"}", pending.Arguments);

        // Another process would do just this.
        var second = Gpt(first.Conversation.Id);
        var results = Message.FunctionResults(new FunctionResultPart(pending.Call, pending.Name, JsonElement.Parse("{\"celsius\":7}"u8)));
        var (answered, error) = await Turn.RunAsync(second.StreamTurnAsync(results, Options(), None));

        Assert.Null(error);
        Assert.Equal("7 °C.", Turn.TextOf(answered));
        Assert.Equal(2, server.Requests.Count);
        server.ThrowIfFaulted();

        RealTimeGpt Gpt(string? id = null) => Turn.Gpt(WireEngines.Provider(wire, server.BaseUrl), new FileConversationStore(folder.Path), conversation: id);
    }

    [Theory]
    [MemberData(nameof(Wires))]
    public async Task TwoSteps_ThroughMicrosoftsFunctionInvocation_ReturnTheState(Wire wire)
    {
        await using var server = Server(wire);
        var asked = new List<string>();
        using var client = new ChatClientBuilder(Turn.Gpt(WireEngines.Provider(wire, server.BaseUrl))).UseFunctionInvocation().Build();
        var weather = AIFunctionFactory.Create((string city) => { asked.Add(city); return new Dictionary<string, int> { ["celsius"] = 7 }; }, "get_weather", "The weather in a city.");

        var answer = await client.GetResponseAsync("Weather in Łódź?", new ChatOptions { Tools = [weather], Reasoning = new ReasoningOptions { Effort = Microsoft.Extensions.AI.ReasoningEffort.Medium } }, None);

        Assert.Equal("7 °C.", answer.Messages[^1].Text);
        Assert.Equal(["Łódź"], asked);
        Assert.Equal(2, server.Requests.Count);
    }

    [Theory]
    [MemberData(nameof(Wires))]
    public async Task TwoSteps_WithAnotherModel_LeaveTheStateOut(Wire wire)
    {
        await using var server = Server(wire);
        var gpt = Turn.Gpt(WireEngines.Provider(wire, server.BaseUrl));
        var (asked, _) = await Turn.RunAsync(gpt.StreamTurnAsync(Message.User("Weather?"), Options(), None));
        var pending = Assert.Single(Assert.IsType<TurnCompletedEvent>(asked[^1]).Pending);

        var results = Message.FunctionResults(new FunctionResultPart(pending.Call, pending.Name, JsonElement.Parse("7"u8)));
        var (_, error) = await Turn.RunAsync(gpt.StreamTurnAsync(results, Options() with { Model = "test/another" }, None));

        // The demand refuses, which shows both that the state was left out and that the demand is one.
        Assert.Equal(GptErrorKind.BadRequest, Assert.IsType<GptException>(error).Kind);
        Assert.DoesNotContain("c2lnbmF0dXJl", server.Requests[1].BodyText);
    }

    private static TurnOptions Options() => new()
    {
        ReasoningEffort = Gpt.ReasoningEffort.Medium,
        Functions = new FunctionSet(new FunctionDefinition("get_weather", "The weather in a city.", JsonElement.Parse("""{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}"""u8))),
    };

    private static ModelServer Server(Wire wire)
    {
        var (first, echo, second) = Streams(wire);
        return ModelServer.Start().Enqueue(Reply.Stream(first), Reply.Stream(second).Demanding(echo));
    }

    private static (WireStream First, Demand Echo, WireStream Second) Streams(Wire wire)
    {
        switch (wire)
        {
            case Wire.ChatCompletions:
                var chat = ChatCompletionsStream.Create().Reasoning("The user ", "asks \u2028 \"why\" c2lnbmF0dXJl").Text("I look.").Call(0, "call_abc", "get_weather", "{\"city\":", "\"Łódź\"}").Finish("tool_calls").Usage(20, 9, reasoning: 4).Done();
                return (chat, chat.Echo(), ChatCompletionsStream.Create().Text("7 ", "°C.").Finish("stop").Usage(30, 3).Done());
            case Wire.Responses:
                var responses = ResponsesStream.Create().Reasoning("rs_1", "c2lnbmF0dXJl+/==", "I think \u0001 of it").Message("commentary", "I look.").Call("call_abc", "get_weather", "{\"city\":", "\"Łódź\"}").Complete(20, 9, reasoning: 4);
                return (responses, responses.Echo(), ResponsesStream.Create().Message("final_answer", "7 ", "°C.").Complete(30, 3));
            default:
                var anthropic = AnthropicStream.Create().Thinking("c2lnbmF0dXJl+/==", "The user ", "asks \u2028 \"why\"").RedactedThinking("cmVkYWN0ZWQ=").Text("I look.").ToolUse("toolu_abc", "get_weather", "{\"city\":", "\"Łódź\"}").Finish("tool_use", 9).Done();
                return (anthropic, anthropic.Echo(), AnthropicStream.Create().Text("7 ", "°C.").Finish("end_turn", 3).Done());
        }
    }
}
