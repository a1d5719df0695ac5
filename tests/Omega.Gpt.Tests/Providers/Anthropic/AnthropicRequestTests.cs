using System.Text.Json;
using Omega.Gpt.Providers;
using Omega.Gpt.Providers.Anthropic;
using Omega.Gpt.Tests.Providers.Http;
using static Omega.Gpt.Tests.Providers.Anthropic.AnthropicFixtures;

namespace Omega.Gpt.Tests.Providers.Anthropic;

public sealed class AnthropicRequestTests
{
    private static FunctionDefinition Weather { get; } = new("get_weather", "The weather.", JsonElement.Parse("""{"type":"object","properties":{"city":{"type":"string"}}}"""));

    [Fact]
    public void WriteBody_PlainQuestion_SendsNoMoreThanNeeded() => WireReading.AssertBody(
        """
        {"model":"claude-sonnet-4-5","max_tokens":4096,"messages":[{"role":"user","content":[{"type":"text","text":"Hi"}]}],"stream":true}
        """,
        Provider(),
        Request(Message.User("Hi")));

    [Fact]
    public void WriteBody_EveryOption_SendsItUnderItsName()
    {
        var request = Request(Message.System("Be brief."), Message.User("Hi")) with
        {
            Functions = [Weather, new FunctionDefinition("now", null, JsonElement.Parse("""{"type":"object"}""")) { Strict = true }],
            Options = NoCache with
            {
                Temperature = 0.5,
                TopP = 0.9,
                MaxTokens = 300,
                StopSequences = ["END", "STOP"],
                ResponseFormat = ResponseFormat.JsonSchema("answer", JsonElement.Parse("""{"type":"object","properties":{}}""")),
                FunctionChoice = FunctionChoice.Required,
                ParallelCalls = false,
            },
        };

        WireReading.AssertBody(
            """
            {"model":"claude-sonnet-4-5","max_tokens":300,
             "system":[{"type":"text","text":"Be brief."}],
             "messages":[{"role":"user","content":[{"type":"text","text":"Hi"}]}],
             "tools":[
               {"name":"get_weather","description":"The weather.","input_schema":{"type":"object","properties":{"city":{"type":"string"}}}},
               {"name":"now","input_schema":{"type":"object"},"strict":true}],
             "tool_choice":{"type":"any","disable_parallel_tool_use":true},
             "stream":true,"temperature":0.5,"top_p":0.9,"stop_sequences":["END","STOP"],
             "output_config":{"format":{"type":"json_schema","schema":{"type":"object","properties":{}}}}}
            """,
            Provider(),
            request);
    }

    [Theory]
    [InlineData(700, 64_000, 700)]
    [InlineData(null, 64_000, 64_000)]
    [InlineData(null, null, 4_096)]
    public void WriteBody_MaxTokens_AreTheCallersThenTheCataloguesThenAFixedNumber(int? asked, int? most, int expected)
    {
        var body = WireReading.Body(Provider(), Request(Message.User("Hi")) with { Info = Info(most), Options = new GenerationOptions { MaxTokens = asked } });

        Assert.Equal(expected, body["max_tokens"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("auto", null, """{"type":"auto"}""")]
    [InlineData("none", null, """{"type":"none"}""")]
    [InlineData("none", false, """{"type":"none"}""")]
    [InlineData("required", true, """{"type":"any"}""")]
    [InlineData("get_weather", false, """{"type":"tool","name":"get_weather","disable_parallel_tool_use":true}""")]
    [InlineData(null, false, """{"type":"auto","disable_parallel_tool_use":true}""")]
    [InlineData(null, true, null)]
    public void WriteBody_FunctionChoice_IsSentInItsForm(string? choice, bool? parallel, string? expected)
    {
        var chosen = choice switch { null => null, "auto" => FunctionChoice.Auto, "none" => FunctionChoice.None, "required" => FunctionChoice.Required, _ => FunctionChoice.Function(choice) };
        var body = WireReading.Body(Provider(), Request(Message.User("Hi")) with { Functions = [Weather], Options = NoCache with { FunctionChoice = chosen, ParallelCalls = parallel } });

        Assert.Equal(expected, body["tool_choice"]?.ToJsonString());
    }

    [Fact]
    public void WriteBody_HistoryWithCallsButNoFunctions_GivesThoseOfTheHistoryAndForbidsCalls()
    {
        var body = WireReading.Body(Provider(), Request(
            Message.User("Hi"),
            Answer(new FunctionCallPart("t.1.0", "f", "{}"), new FunctionCallPart("t.1.1", "f", "{}")),
            Message.FunctionResults(new FunctionResultPart("t.1.0", "f", JsonElement.Parse("1")), new FunctionResultPart("t.1.1", "f", JsonElement.Parse("2")))));

        Assert.Equal("""[{"name":"f","description":"No longer available.","input_schema":{"type":"object"}}]""", body["tools"]!.ToJsonString());
        Assert.Equal("""{"type":"none"}""", body["tool_choice"]!.ToJsonString());
    }

    [Fact]
    public void WriteBody_JsonFormat_IsAnInstruction()
    {
        var body = WireReading.Body(Provider(), Request(Message.System("Be brief."), Message.User("Hi")) with { Options = NoCache with { ResponseFormat = ResponseFormat.Json } });

        Assert.Equal("""[{"type":"text","text":"Be brief."},{"type":"text","text":"Answer with one JSON object and nothing else."}]""", body["system"]!.ToJsonString());
        Assert.Null(body["output_config"]);
    }

    [Fact]
    public void WriteBody_SchemaForAModelThatIsHeldToNone_IsAnInstruction()
    {
        var format = ResponseFormat.JsonSchema("a", JsonElement.Parse("""{ "type": "object" }"""));
        var body = WireReading.Body(Provider(), Request(Message.User("Hi")) with { Info = Info(jsonSchema: false), Options = NoCache with { ResponseFormat = format } });

        Assert.EndsWith("""and nothing else: {"type":"object"}""", body["system"]![0]!["text"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Null(body["output_config"]);
    }

    public static TheoryData<string, string> Refused => new()
    {
        { "Seed", "Seed is 7" },
        { "Temperature", "Temperature is 1.5; Anthropic takes 0 to 1" },
        { "TemperatureWhileThinking", "Temperature is 0.5" },
        { "FunctionChoiceWhileThinking", "FunctionChoice is required" },
        { "NoRoomToThink", "ReasoningEffort needs MaxTokens above 1024, and MaxTokens is 1000" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void WriteBody_OptionTheWireDoesNotTake_IsRefusedByName(string option, string message)
    {
        var error = Assert.Throws<GptException>(() => Provider().WriteBody(With(option, lenient: false)));

        Assert.Equal((GptErrorKind.BadRequest, GptPhase.Request), (error.Kind, error.Phase));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains("anthropic/claude-sonnet-4-5", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WriteBody_LenientTemperatureAboveOne_IsSentAsOne() =>
        Assert.Equal(1, WireReading.Body(Provider(), With("Temperature", lenient: true))["temperature"]!.GetValue<double>());

    [Fact]
    public void WriteBody_LenientWhileThinking_LeavesTemperatureAndForceOut()
    {
        Assert.Null(WireReading.Body(Provider(), With("TemperatureWhileThinking", lenient: true))["temperature"]);
        Assert.Null(WireReading.Body(Provider(), With("FunctionChoiceWhileThinking", lenient: true))["tool_choice"]);
        Assert.Null(WireReading.Body(Provider(), With("NoRoomToThink", lenient: true))["thinking"]);
        Assert.Null(WireReading.Body(Provider(), With("Seed", lenient: true))["seed"]);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task StreamAsync_LenientOption_SaysWhatWasLeftOut(string option, string message)
    {
        using var handler = new StreamHandler(WireReading.Stream(Started, Ended("end_turn"), Stopped));
        using var client = new HttpClient(handler);
        var provider = new AnthropicProvider(new() { Name = "anthropic", BaseUrl = "http://memory.invalid", Client = () => client });

        var deltas = new List<ModelDelta>();
        await foreach (var delta in provider.StreamAsync(With(option, lenient: true)))
            deltas.Add(delta);

        Assert.IsType<StartedDelta>(deltas[0]);
        var notice = Assert.IsType<NoticeEvent>(Assert.IsType<NoticeDelta>(deltas[1]).Event);
        Assert.Equal("option_ignored", notice.Code);
        Assert.Contains(message, notice.Message, StringComparison.Ordinal);
        Assert.IsType<FinishedDelta>(deltas[^1]);
    }

    [Fact]
    public async Task StreamAsync_Request_GoesToMessagesWithTheVersionAndTheKey()
    {
        using var handler = new StreamHandler(WireReading.Stream(Started, Ended("end_turn"), Stopped));
        using var client = new HttpClient(handler);
        var provider = new AnthropicProvider(new()
        {
            Name = "anthropic",
            BaseUrl = "http://memory.invalid",
            Client = () => client,
            Auth = ProviderAuth.Header("x-api-key", "key-1"),
        });

        await foreach (var delta in provider.StreamAsync(Request(Message.User("Hi"))))
            Assert.NotNull(delta);

        Assert.Equal("http://memory.invalid/v1/messages", handler.Request!.RequestUri!.ToString());
        Assert.Equal("2023-06-01", Assert.Single(handler.Request.Headers.GetValues("anthropic-version")));
        Assert.Equal("key-1", Assert.Single(handler.Request.Headers.GetValues("x-api-key")));
    }

    private static ModelRequest With(string option, bool lenient)
    {
        var options = option switch
        {
            "Seed" => new GenerationOptions { Seed = 7 },
            "Temperature" => new GenerationOptions { Temperature = 1.5 },
            "TemperatureWhileThinking" => new GenerationOptions { Temperature = 0.5, ReasoningEffort = ReasoningEffort.Low },
            "FunctionChoiceWhileThinking" => new GenerationOptions { FunctionChoice = FunctionChoice.Required, ReasoningEffort = ReasoningEffort.Low },
            _ => new GenerationOptions { MaxTokens = 1_000, ReasoningEffort = ReasoningEffort.Low },
        };
        return Request(Message.User("Hi")) with { Functions = [Weather], Options = options with { Lenient = lenient } };
    }
}
