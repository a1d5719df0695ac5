using System.Text.Json;
using System.Text.Json.Nodes;
using Omega.Gpt.Providers;
using Omega.Gpt.Providers.Responses;
using Omega.Gpt.Tests.Providers.Http;
using static Omega.Gpt.Tests.Providers.Responses.ResponsesFixtures;

namespace Omega.Gpt.Tests.Providers.Responses;

public sealed class ResponsesRequestTests
{
    private static FunctionDefinition Weather { get; } = new("get_weather", "The weather.", JsonElement.Parse("""{"type":"object","properties":{"city":{"type":"string"}}}"""));

    [Fact]
    public void WriteBody_PlainQuestion_SendsNoMoreThanNeeded() => WireReading.AssertBody(
        """
        {"model":"gpt-5.9","input":[{"type":"message","role":"user","content":[{"type":"input_text","text":"Hi"}]}],"stream":true,"store":false}
        """,
        Provider(),
        Request(Message.User("Hi")));

    [Fact]
    public void WriteBody_EveryOption_SendsItUnderItsName()
    {
        var request = Request(Message.User("Hi")) with
        {
            Info = Reasoner,
            Conversation = "c-7",
            Functions = [Weather, new FunctionDefinition("now", null, JsonElement.Parse("""{"type":"object"}""")) { Strict = true }],
            Options = new GenerationOptions
            {
                Temperature = 0.5,
                TopP = 0.9,
                MaxTokens = 300,
                ReasoningEffort = ReasoningEffort.Low,
                ResponseFormat = ResponseFormat.JsonSchema("answer", JsonElement.Parse("""{"type":"object","properties":{}}""")),
                FunctionChoice = FunctionChoice.Required,
                ParallelCalls = false,
                PromptCaching = PromptCaching.OneHour,
            },
        };

        WireReading.AssertBody(
            """
            {"model":"gpt-5.9",
             "input":[{"type":"message","role":"user","content":[{"type":"input_text","text":"Hi"}]}],
             "tools":[
               {"type":"function","name":"get_weather","description":"The weather.","parameters":{"type":"object","properties":{"city":{"type":"string"}}},"strict":false},
               {"type":"function","name":"now","parameters":{"type":"object"},"strict":true}],
             "tool_choice":"required","parallel_tool_calls":false,
             "stream":true,"store":false,"include":["reasoning.encrypted_content"],
             "reasoning":{"effort":"low","summary":"auto"},
             "text":{"format":{"type":"json_schema","name":"answer","schema":{"type":"object","properties":{}},"strict":true}},
             "temperature":0.5,"top_p":0.9,"max_output_tokens":300,
             "prompt_cache_key":"c-7","prompt_cache_retention":"24h"}
            """,
            Provider(),
            request);
    }

    [Theory]
    [InlineData(ReasoningEffort.None, "none")]
    [InlineData(ReasoningEffort.Minimal, "minimal")]
    [InlineData(ReasoningEffort.Low, "low")]
    [InlineData(ReasoningEffort.Medium, "medium")]
    [InlineData(ReasoningEffort.High, "high")]
    public void WriteBody_EffortOfAnUnknownModel_IsSentWithoutSummaryOrInclude(ReasoningEffort effort, string word)
    {
        var body = WireReading.Body(Provider(), Request(Message.User("Hi")) with { Options = new GenerationOptions { ReasoningEffort = effort } });

        Assert.Equal($$"""{"effort":"{{word}}"}""", body["reasoning"]!.ToJsonString());
        Assert.Null(body["include"]);
    }

    [Fact]
    public void WriteBody_NoEffortForAReasoner_AsksForSummaryAndEncryptedReasoning()
    {
        var body = WireReading.Body(Provider(), Request(Message.User("Hi")) with { Info = Reasoner });

        Assert.Equal("""{"summary":"auto"}""", body["reasoning"]!.ToJsonString());
        Assert.Equal("""["reasoning.encrypted_content"]""", body["include"]!.ToJsonString());
    }

    [Fact]
    public void WriteBody_EffortNoneForAReasoner_AsksForNoSummary()
    {
        var body = WireReading.Body(Provider(), Request(Message.User("Hi")) with { Info = Reasoner, Options = new GenerationOptions { ReasoningEffort = ReasoningEffort.None } });

        Assert.Equal("""{"effort":"none"}""", body["reasoning"]!.ToJsonString());
    }

    public static TheoryData<string, string> Choices => new()
    {
        { "auto", "\"auto\"" },
        { "none", "\"none\"" },
        { "required", "\"required\"" },
        { "get_weather", """{"type":"function","name":"get_weather"}""" },
    };

    [Theory]
    [MemberData(nameof(Choices))]
    public void WriteBody_FunctionChoice_IsSentInItsForm(string choice, string expected)
    {
        var chosen = choice switch { "auto" => FunctionChoice.Auto, "none" => FunctionChoice.None, "required" => FunctionChoice.Required, _ => FunctionChoice.Function(choice) };
        var body = WireReading.Body(Provider(), Request(Message.User("Hi")) with { Functions = [Weather], Options = new GenerationOptions { FunctionChoice = chosen } });

        Assert.Equal(expected, body["tool_choice"]!.ToJsonString());
    }

    [Fact]
    public void WriteBody_ChoiceWithoutFunctions_SendsNeither()
    {
        var body = WireReading.Body(Provider(), Request(Message.User("Hi")) with { Options = new GenerationOptions { FunctionChoice = FunctionChoice.None, ParallelCalls = true } });

        Assert.Null(body["tools"]);
        Assert.Null(body["tool_choice"]);
        Assert.Null(body["parallel_tool_calls"]);
    }

    [Fact]
    public void WriteBody_JsonFormat_IsJsonObject()
    {
        var body = WireReading.Body(Provider(), Request(Message.User("JSON")) with { Options = new GenerationOptions { ResponseFormat = ResponseFormat.Json } });

        Assert.Equal("""{"format":{"type":"json_object"}}""", body["text"]!.ToJsonString());
    }

    [Fact]
    public void WriteBody_TextFormat_IsNotSent() =>
        Assert.Null(WireReading.Body(Provider(), Request(Message.User("Hi")) with { Options = new GenerationOptions { ResponseFormat = ResponseFormat.Text } })["text"]);

    [Theory]
    [InlineData(true, null, "c-7")]
    [InlineData(true, PromptCaching.Auto, "c-7")]
    [InlineData(true, PromptCaching.Off, null)]
    [InlineData(false, null, null)]
    public void WriteBody_CacheKey_IsTheConversationAtOpenAIUnlessOff(bool isOpenAI, PromptCaching? caching, string? key)
    {
        var body = WireReading.Body(Provider(isOpenAI), Request(Message.User("Hi")) with { Conversation = "c-7", Options = new GenerationOptions { PromptCaching = caching } });

        Assert.Equal(key, body["prompt_cache_key"]?.GetValue<string>());
        Assert.Null(body["prompt_cache_retention"]);
    }

    public static TheoryData<string> Untakable => ["StopSequences", "Seed"];

    [Theory]
    [MemberData(nameof(Untakable))]
    public void WriteBody_OptionTheWireDoesNotTake_IsRefusedByName(string option)
    {
        var error = Assert.Throws<GptException>(() => Provider().WriteBody(Request(Message.User("Hi")) with { Options = With(option) }));

        Assert.Equal((GptErrorKind.BadRequest, GptPhase.Request), (error.Kind, error.Phase));
        Assert.Contains(option, error.Message, StringComparison.Ordinal);
        Assert.Contains("openai/gpt-5.9", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Untakable))]
    public async Task StreamAsync_OptionTheWireDoesNotTakeWithLenient_LeavesItOutAndSaysSo(string option)
    {
        using var handler = new StreamHandler(WireReading.Stream(Created, Completed()));
        using var client = new HttpClient(handler);
        var provider = new ResponsesProvider(new() { Name = "openai", BaseUrl = "http://memory.invalid", Client = () => client });

        var deltas = new List<ModelDelta>();
        await foreach (var delta in provider.StreamAsync(Request(Message.User("Hi")) with { Options = With(option) with { Lenient = true } }))
            deltas.Add(delta);

        Assert.IsType<StartedDelta>(deltas[0]);
        var notice = Assert.IsType<NoticeEvent>(Assert.IsType<NoticeDelta>(deltas[1]).Event);
        Assert.Equal("option_ignored", notice.Code);
        Assert.Contains(option, notice.Message, StringComparison.Ordinal);
        Assert.IsType<FinishedDelta>(deltas[^1]);
        Assert.Equal("http://memory.invalid/v1/responses", handler.Request!.RequestUri!.ToString());
        var body = JsonNode.Parse(handler.Body!)!;
        Assert.Null(body["stop"]);
        Assert.Null(body["seed"]);
    }

    private static GenerationOptions With(string option) => option == "Seed" ? new GenerationOptions { Seed = 7 } : new GenerationOptions { StopSequences = ["END"] };
}
