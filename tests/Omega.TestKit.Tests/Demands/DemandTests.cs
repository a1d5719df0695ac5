using System.Net;
using System.Text.Json;

namespace Omega.TestKit.Tests;

public sealed class DemandTests
{
    private const string Answered = """{"role":"tool","tool_call_id":"call_1","content":"1"}""";
    private const string Result = """{"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_1","content":"1"}]}""";
    private const string Output = """{"type":"function_call_output","call_id":"call_1","output":"1"}""";

    private static string Chat(string assistantFields, string after = Answered) => $$$$"""
        {"messages":[{"role":"user","content":"?"},{"role":"assistant",{{{{assistantFields}}}}"tool_calls":[{"id":"call_1","type":"function","function":{"name":"f","arguments":"{}"},"extra_content":{"google":{"thought_signature":"a+/="}}}]},{{{{after}}}}]}
        """;

    private static string Messages(string blocks, string after = Result) =>
        $$"""{"messages":[{"role":"user","content":"?"},{"role":"assistant","content":[{{blocks}}]},{{after}}]}""";

    private static string Input(params string[] items) =>
        $$"""{"input":[{"type":"message","role":"user","content":"?"},{{string.Join(',', items)}}]}""";

    public static TheoryData<string, string, Demand, string, string?> Cases
    {
        get
        {
            const string Chat = "/v1/chat/completions", Responses = "/v1/responses", Anthropic = "/v1/messages";
            const string Thinking = """{"type":"thinking","thinking":"Hm.","signature":"Er+/=="}""";
            const string Redacted = """{"type":"redacted_thinking","data":"Em+/=="}""";
            const string Use = """{"type":"tool_use","id":"toolu_1","name":"f","input":{}}""";
            const string Item = """{"type":"reasoning","id":"rs_1","encrypted_content":"gA+/==","summary":[]}""";
            const string Call = """{"type":"function_call","call_id":"call_1","name":"f","arguments":"{}"}""";
            const string Said = """{"type":"message","role":"assistant","phase":"commentary","content":[{"type":"output_text","text":"One moment."}]}""";
            var content = ChatCompletionsDemands.ReasoningContent("Hm.");
            var details = ChatCompletionsDemands.ReasoningDetails("""[{"data": "a\u002b"}]""");
            var reasoning = ResponsesDemands.Reasoning("rs_1", "gA+/==", "call_1");
            var thinking = AnthropicDemands.Thinking([ThinkingBlock.Of("Hm.", "Er+/=="), ThinkingBlock.Redacted("Em+/==")]);
            return new()
            {
                { "reasoning_content there", Chat, content, DemandTests.Chat("\"reasoning_content\":\"Hm.\","), null },
                { "reasoning_content missing", Chat, content, DemandTests.Chat(""), "reasoning_content is missing" },
                { "reasoning_content changed", Chat, content, DemandTests.Chat("\"reasoning_content\":\"Hm. \","), "differs at character 3" },
                { "no assistant", Chat, content, """{"messages":[]}""", "0 assistant messages" },
                { "details there", Chat, details, DemandTests.Chat("""  "reasoning_details":[{"data": "a\u002b"}],"""), null },
                { "details written anew", Chat, details, DemandTests.Chat("""  "reasoning_details":[{"data":"a+"}],"""), "byte for byte" },
                { "extra there", Chat, ChatCompletionsDemands.ExtraContent("f", """{"google":{"thought_signature":"a+/="}}"""), DemandTests.Chat(""), null },
                { "extra of no call", Chat, ChatCompletionsDemands.ExtraContent("g", "{}"), DemandTests.Chat(""), "no call of g" },
                { "calls answered", Chat, ChatCompletionsDemands.CallsAnswered(), DemandTests.Chat(""), null },
                { "call unanswered", Chat, ChatCompletionsDemands.CallsAnswered(), DemandTests.Chat("", """{"role":"user","content":"!"}"""), "no tool message answers call_1" },
                { "answer of no call", Chat, ChatCompletionsDemands.CallsAnswered(), $$"""{"messages":[{{Answered}}]}""", "must answer a tool call" },
                { "item there", Responses, reasoning, Input(Item, Call, Output), null },
                { "item missing", Responses, reasoning, Input(Call, Output), "rs_1 is missing" },
                { "item changed", Responses, reasoning, Input(Item.Replace("gA", "gB", StringComparison.Ordinal), Call, Output), "encrypted_content is not" },
                { "item out of place", Responses, reasoning, Input(Item, Said, Call, Output), "required following item" },
                { "phase there", Responses, ResponsesDemands.Phase("One moment.", "commentary"), Input(Said), null },
                { "phase changed", Responses, ResponsesDemands.Phase("One moment.", "final_answer"), Input(Said), "phase is not" },
                { "items there", Responses, ResponsesDemands.Items(Item, Call), Input(Item, Call, Output), null },
                { "items spaced", Responses, ResponsesDemands.Items(Item, Call), Input(Item, Call.Replace(",", ", ", StringComparison.Ordinal), Output), "byte for byte" },
                { "output there", Responses, ResponsesDemands.CallsAnswered(), Input(Call, Output), null },
                { "output missing", Responses, ResponsesDemands.CallsAnswered(), Input(Call), "No tool output found for function call call_1" },
                { "output first", Responses, ResponsesDemands.CallsAnswered(), Input(Output, Call), "no function call with call id call_1" },
                { "thinking there", Anthropic, thinking, Messages($"{Thinking},{Redacted},{Use}"), null },
                { "thinking signature changed", Anthropic, thinking, Messages($"{Thinking.Replace("Er", "Es", StringComparison.Ordinal)},{Redacted},{Use}"), "signature is not" },
                { "thinking order changed", Anthropic, thinking, Messages($"{Redacted},{Thinking},{Use}"), "should be thinking" },
                { "thinking dropped", Anthropic, thinking, Messages($"{Thinking},{Use}"), "1 thinking blocks" },
                { "thinking after the call", Anthropic, thinking, Messages($"{Thinking},{Use},{Redacted}"), "before tool_use" },
                { "blocks there", Anthropic, AnthropicDemands.Blocks([Thinking, Redacted]), Messages($"{Thinking},{Redacted},{Use}"), null },
                { "blocks written anew", Anthropic, AnthropicDemands.Blocks([Thinking]), Messages(Thinking.Replace(":", ": ", StringComparison.Ordinal)), "byte for byte" },
                { "results there", Anthropic, AnthropicDemands.CallsAnswered(), Messages(Use), null },
                { "results missing", Anthropic, AnthropicDemands.CallsAnswered(), Messages(Use, """{"role":"user","content":"!"}"""), "immediately after: toolu_1" },
                { "header missing", Chat, Demand.Header("authorization", "Bearer k"), "{}", "authorization: missing" },
                { "own demand met", Chat, Demand.That("stream", body => body.GetProperty("stream").GetBoolean()), """{"stream":true}""", null },
                { "own demand unmet", Chat, Demand.That("stream must be true", body => body.GetProperty("stream").GetBoolean()), """{"stream":false}""", "stream must be true" },
            };
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Demand_OfARequest_MetOrNamedInTheProvidersShape(string name, string path, Demand demand, string body, string? missing)
    {
        await using var server = ModelServer.Start().Enqueue(Reply.Json("{}").Demanding(demand));
        using var client = new Client(server);

        using var response = await client.PostAsync(path, body);

        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Empty(server.Faults);
        if (missing is null)
        {
            Assert.True(response.StatusCode == HttpStatusCode.OK, $"{name}: {answer.RootElement.GetRawText()}");
            return;
        }

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(path == "/v1/messages", answer.RootElement.TryGetProperty("type", out _));
        Assert.Contains(missing, answer.RootElement.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Demanding_OnTheServer_UnmetTakesNoReply()
    {
        await using var server = ModelServer.Start().Demanding(Demand.Header("x-key", "k")).Enqueue(Reply.Json("{}"));
        using var client = new Client(server);

        using var refused = await client.PostAsync();

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal(1, server.Unserved);
    }

    [Fact]
    public async Task Demand_Throws_400AndAFault()
    {
        await using var server = ModelServer.Start().Enqueue(Reply.Json("{}").Demanding(ChatCompletionsDemands.ReasoningContent("Hm.")));
        using var client = new Client(server);

        using var response = await client.PostAsync(body: "not json");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.IsType<JsonException>(Assert.Single(server.Faults).InnerException, exactMatch: false);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Echo_OfEachWire_AcceptsWhatWasGivenOutAndRefusesItsLoss(bool faithful)
    {
        var chat = ChatCompletionsStream.Create().ReasoningDetails("""[{"data":"a+/="}]""").ReasoningDetails("""[{"data":"b"}]""")
            .Call(0, "call_1", "f", "{}").Finish("tool_calls").Done();
        var deepSeek = ChatCompletionsStream.Create().Reasoning("H", "m.").Call(0, "call_1", "f", "{}").Finish("tool_calls").Done();
        var responses = ResponsesStream.Create().Message("commentary", "One ", "moment.").Reasoning("rs_1", "gA+/==")
            .Call("call_1", "f", "{}").Complete();
        var anthropic = AnthropicStream.Create().Thinking("Er+/==", "H", "m.").RedactedThinking("Em+/==").ToolUse("toolu_1", "f")
            .Finish("tool_use").Done();
        (string Path, Demand Demand, string Body)[] asked =
        [
            ("/v1/chat/completions", chat.Echo(), Chat(faithful ? """  "reasoning_details":[{"data":"a+/="},{"data":"b"}],""" : "")),
            ("/v1/chat/completions", deepSeek.Echo(), Chat(faithful ? """  "reasoning_content":"Hm.",""" : "")),
            ("/v1/responses", responses.Echo(), Input([.. responses.Output.Skip(faithful ? 0 : 1).Select(item => item.ToJsonString()), Output])),
            ("/v1/messages", anthropic.Echo(), Messages(string.Join(',', anthropic.Content.Skip(faithful ? 0 : 1).Select(block => block.ToJsonString())))),
        ];

        foreach (var (path, demand, body) in asked)
        {
            await using var server = ModelServer.Start().Enqueue(Reply.Json("{}").Demanding(demand));
            using var client = new Client(server);
            using var response = await client.PostAsync(path, body);
            Assert.Equal(faithful ? HttpStatusCode.OK : HttpStatusCode.BadRequest, response.StatusCode);
        }
    }
}
