using System.Text.Json;
using System.Text.Json.Nodes;
using Omega.Gpt.Providers.ChatCompletions;
using Omega.Gpt.Tests.Providers.Http;
using static Omega.Gpt.Tests.Providers.ChatCompletions.ChatCompletionsFixtures;

namespace Omega.Gpt.Tests.Providers.ChatCompletions;

public sealed class ChatCompletionsRequestTests
{
    private static FunctionDefinition Weather { get; } = new("get_weather", "The weather.", JsonElement.Parse("""{"type":"object","properties":{"city":{"type":"string"}}}"""));

    [Fact]
    public void WriteBody_PlainQuestion_SendsNoMoreThanNeeded() => WireReading.AssertBody(
        """
        {"model":"m","messages":[{"role":"user","content":"Hi"}],"stream":true,"stream_options":{"include_usage":true}}
        """,
        Provider(),
        Request(Message.User("Hi")));

    [Fact]
    public void WriteBody_EveryOption_SendsItUnderItsName()
    {
        var request = Request(Message.User("Hi")) with
        {
            Conversation = "c-7",
            Functions = [Weather, new FunctionDefinition("now", null, JsonElement.Parse("""{"type":"object"}""")) { Strict = true }],
            Options = new GenerationOptions
            {
                Temperature = 0.5,
                TopP = 0.9,
                MaxTokens = 300,
                StopSequences = ["END", "STOP"],
                Seed = 9_007_199_254_740_993,
                ReasoningEffort = ReasoningEffort.Low,
                ResponseFormat = ResponseFormat.JsonSchema("answer", JsonElement.Parse("""{"type":"object","properties":{}}""")),
                FunctionChoice = FunctionChoice.Required,
                ParallelCalls = false,
                PromptCaching = PromptCaching.OneHour,
            },
        };

        WireReading.AssertBody(
            """
            {"model":"m","messages":[{"role":"user","content":"Hi"}],"stream":true,"stream_options":{"include_usage":true},
             "temperature":0.5,"top_p":0.9,"max_completion_tokens":300,"stop":["END","STOP"],"seed":9007199254740993,"reasoning_effort":"low",
             "response_format":{"type":"json_schema","json_schema":{"name":"answer","schema":{"type":"object","properties":{}},"strict":true}},
             "tools":[
               {"type":"function","function":{"name":"get_weather","description":"The weather.","parameters":{"type":"object","properties":{"city":{"type":"string"}}}}},
               {"type":"function","function":{"name":"now","parameters":{"type":"object"},"strict":true}}],
             "tool_choice":"required","parallel_tool_calls":false,
             "prompt_cache_key":"c-7","prompt_cache_retention":"24h"}
            """,
            Provider(isOpenAI: true),
            request);
    }

    [Theory]
    [InlineData(false, false, "max_tokens", "max_completion_tokens")]
    [InlineData(true, false, "max_completion_tokens", "max_tokens")]
    [InlineData(false, true, "max_completion_tokens", "max_tokens")]
    [InlineData(true, true, "max_completion_tokens", "max_tokens")]
    public void WriteBody_MaxTokens_HasTheNameThatTheServerTakes(bool isOpenAI, bool reasons, string name, string other)
    {
        var body = WireReading.Body(Provider(isOpenAI), Hi(new GenerationOptions { MaxTokens = 7 }) with { Info = reasons ? Reasoner : null });

        Assert.Equal(7, body[name]!.GetValue<int>());
        Assert.Null(body[other]);
    }

    [Theory]
    [InlineData(ReasoningEffort.None, "none")]
    [InlineData(ReasoningEffort.Minimal, "minimal")]
    [InlineData(ReasoningEffort.Low, "low")]
    [InlineData(ReasoningEffort.Medium, "medium")]
    [InlineData(ReasoningEffort.High, "high")]
    public void WriteBody_Effort_IsSentAsItsWord(ReasoningEffort effort, string word) =>
        Assert.Equal(word, WireReading.Body(Provider(), Hi(new GenerationOptions { ReasoningEffort = effort }))["reasoning_effort"]!.GetValue<string>());

    public static TheoryData<string, string> Choices => new()
    {
        { "auto", "\"auto\"" },
        { "none", "\"none\"" },
        { "required", "\"required\"" },
        { "get_weather", """{"type":"function","function":{"name":"get_weather"}}""" },
    };

    [Theory]
    [MemberData(nameof(Choices))]
    public void WriteBody_FunctionChoice_IsSentInItsForm(string choice, string expected)
    {
        var chosen = choice switch { "auto" => FunctionChoice.Auto, "none" => FunctionChoice.None, "required" => FunctionChoice.Required, _ => FunctionChoice.Function(choice) };
        var body = WireReading.Body(Provider(), Hi(new GenerationOptions { FunctionChoice = chosen }) with { Functions = [Weather] });

        Assert.Equal(expected, body["tool_choice"]!.ToJsonString());
    }

    [Fact]
    public void WriteBody_ChoiceWithoutFunctions_SendsNeither()
    {
        var body = WireReading.Body(Provider(), Hi(new GenerationOptions { FunctionChoice = FunctionChoice.None, ParallelCalls = true }));

        Assert.Equal((null, null, null), (body["tools"], body["tool_choice"], body["parallel_tool_calls"]));
    }

    [Fact]
    public void WriteBody_CallDemandedWithoutFunctions_IsRefused()
    {
        var error = Assert.Throws<GptException>(() => Provider().WriteBody(Hi(new GenerationOptions { FunctionChoice = FunctionChoice.Required })));

        Assert.Equal((GptErrorKind.BadRequest, GptPhase.Request), (error.Kind, error.Phase));
    }

    [Fact]
    public void WriteBody_Formats_AreObjectOrNothing()
    {
        Assert.Equal("""{"type":"json_object"}""", WireReading.Body(Provider(), Hi(new GenerationOptions { ResponseFormat = ResponseFormat.Json }))["response_format"]!.ToJsonString());
        Assert.Null(WireReading.Body(Provider(), Hi(new GenerationOptions { ResponseFormat = ResponseFormat.Text }))["response_format"]);
    }

    [Theory]
    [InlineData(true, null, "c-7")]
    [InlineData(true, PromptCaching.Auto, "c-7")]
    [InlineData(true, PromptCaching.Off, null)]
    [InlineData(false, PromptCaching.OneHour, null)]
    public void WriteBody_CacheKey_IsTheConversationAtOpenAIUnlessOff(bool isOpenAI, PromptCaching? caching, string? key)
    {
        var body = WireReading.Body(Provider(isOpenAI), Hi(new GenerationOptions { PromptCaching = caching }) with { Conversation = "c-7" });

        Assert.Equal(key, body["prompt_cache_key"]?.GetValue<string>());
        Assert.Null(body["prompt_cache_retention"]);
    }

    [Fact]
    public void WriteBody_LongConversationId_MakesAKeyThatFits()
    {
        string Key(string id) => WireReading.Body(Provider(isOpenAI: true), Request(Message.User("Hi")) with { Conversation = id })["prompt_cache_key"]!.GetValue<string>();

        Assert.Equal(new string('a', 64), Key(new string('a', 64)));
        Assert.Equal(64, Key(new string('a', 65)).Length);
        Assert.NotEqual(Key(new string('a', 65)), Key(new string('a', 66)));
    }

    [Fact]
    public void WriteBody_ExtraBody_WinsAndLeavesTheRestToTheByte()
    {
        const string State = "\"\\u003c\\u0042 é\\u2028\"";
        var request = Request(Message.User("Hi"), Answer(new TextPart("Ho"), new OpaquePart("test", "m", "reasoning_content", State))) with
        {
            Options = new GenerationOptions
            {
                Temperature = 1,
                ExtraBody = new JsonObject { ["temperature"] = 0.25, ["stream_options"] = null, ["top_k"] = new JsonArray(1, "é") },
            },
        };
        var text = System.Text.Encoding.UTF8.GetString(Provider().WriteBody(request));

        var body = JsonNode.Parse(text)!.AsObject();
        Assert.Equal(0.25, body["temperature"]!.GetValue<double>());
        Assert.True(body.TryGetPropertyValue("stream_options", out var options) && options is null);
        Assert.Contains("\"top_k\":[1,\"é\"]", text, StringComparison.Ordinal);
        Assert.Contains($"\"reasoning_content\":{State}", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StreamAsync_HeadersOfOptionsAndRequest_LaterOnesWin()
    {
        using var handler = new StreamHandler(Stream(Text("Hi"), Finish(), Done));
        using var client = new HttpClient(handler);
        var provider = new ChatCompletionsProvider(new()
        {
            Name = "test",
            BaseUrl = "http://memory.invalid",
            Auth = Gpt.Providers.ProviderAuth.Bearer("sk-secret"),
            Headers = new Dictionary<string, string> { ["X-Title"] = "options", ["X-Other"] = "options" },
            Client = () => client,
        });
        var request = Hi(new GenerationOptions { ExtraHeaders = new Dictionary<string, string> { ["x-title"] = "request", ["User-Agent"] = "mine/1" } });

        await foreach (var _ in provider.StreamAsync(request, TestContext.Current.CancellationToken))
        {
        }

        var headers = handler.Request!.Headers;
        Assert.Equal(["request"], headers.GetValues("X-Title"));
        Assert.Equal(["options"], headers.GetValues("X-Other"));
        Assert.Equal(["mine/1"], headers.GetValues("User-Agent"));
        Assert.Equal(["Bearer sk-secret"], headers.GetValues("Authorization"));
        Assert.Equal("application/json", handler.Request.Content!.Headers.ContentType!.ToString());
        Assert.Equal("http://memory.invalid/v1/chat/completions", handler.Request.RequestUri!.ToString());
    }
}
