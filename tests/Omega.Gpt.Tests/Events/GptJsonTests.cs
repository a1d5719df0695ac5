using System.Text.Json;

namespace Omega.Gpt.Tests.Events;

public sealed class GptJsonTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 23, 3, 1, 0, TimeSpan.Zero);

    [Fact]
    public void ToJson_TextDelta_IsAsDesigned() =>
        Assert.Equal(
            """{"type":"text.delta","turn":"t","sequence":3,"at":"2026-11-23T03:01:00+00:00","text":"Grüße <b> \"q\" \n"}""",
            GptJson.ToJson(new TextDeltaEvent("Grüße <b> \"q\" \n").Stamp("t", 3, At)));

    [Fact]
    public void ToJson_TurnCompleted_IsAsDesigned()
    {
        var json = GptJson.ToJson(new TurnCompletedEvent
        {
            Text = "x",
            FinishReason = FinishReason.FunctionCalls,
            Model = "gpt-4.1",
            Provider = "openai",
            Steps = 1,
            Usage = new TokenUsage(new InputTokens(10) { Uncached = 4, CacheRead = 6 }, new OutputTokens(5)),
            Cost = new Cost(0.0000125m, true, CostSource.Catalogue),
            Timing = new TurnTiming(null, 12.5),
            Pending = [new PendingCall("t.1.0", "f", "{}")],
        }.Stamp("t", 9, At));
        Assert.Equal(
            """{"type":"turn.completed","turn":"t","sequence":9,"at":"2026-11-23T03:01:00+00:00","text":"x","finish_reason":"function_calls","model":"gpt-4.1","provider":"openai","steps":1,"usage":{"input":{"total":10,"uncached":4,"cache_read":6},"output":{"total":5}},"cost":{"usd":"0.0000125","estimated":true,"source":"catalogue"},"timing":{"total_ms":12.5},"pending":[{"call":"t.1.0","name":"f","arguments":"{}"}]}""",
            json);
    }

    [Theory]
    [InlineData("""{"type":"waiting","reason":"rate_limit"}""")]
    [InlineData("""{"type":"usage.updated","usage":{"input":{},"output":{}}}""")]
    [InlineData("""{"type":"turn.cancelled","partial_text":""}""")]
    [InlineData("""{"type":"step.completed","step":1,"finish_reason":"stop"}""")]
    public void ParseEvent_AbsentNullables_AreNull(string json) => Assert.Equal("", GptJson.ParseEvent(json).Turn);

    [Fact]
    public void ParseEvent_AbsentPending_IsEmpty()
    {
        var parsed = GptJson.ParseEvent("""{"type":"turn.completed","text":"","finish_reason":"stop","model":"m","provider":"p","steps":1,"timing":{"total_ms":1}}""");
        Assert.Empty(Assert.IsType<TurnCompletedEvent>(parsed).Pending);
    }

    [Theory]
    [InlineData("""{"type":"text.delta"}""")]
    [InlineData("""{"type":"text.delta","text":null}""")]
    [InlineData("""{"type":"text.delta","text":5}""")]
    [InlineData("""{"type":"text.delta","text":"\ud800"}""")]
    [InlineData("""{"type":"step.started"}""")]
    [InlineData("""{"type":"function_call.ready","call":"c","name":"n"}""")]
    [InlineData("""{"type":"function_call.completed","call":"c","name":"n","duration_ms":1}""")]
    [InlineData("""{"type":"turn.failed","kind":"no_such_kind","phase":"turn","message":"","partial_text":""}""")]
    [InlineData("""{"type":"usage.updated","usage":null}""")]
    [InlineData("""{"type":"\ud800"}""")]
    [InlineData("""{"type":5}""")]
    [InlineData("""{"text":"x"}""")]
    [InlineData("""["type"]""")]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("""{"type":"text.delta","text":"x"} x""")]
    public void ParseEvent_NotAnEvent_ThrowsJsonException(string json) => Assert.ThrowsAny<JsonException>(() => GptJson.ParseEvent(json));

    [Fact]
    public void ParseEvent_UnknownType_IsKeptAndWrittenBackUnchanged()
    {
        const string Json = """{"x":[1,2.50,"\u00e9\ud83d"],"type":"new.thing","turn":"t1","sequence":12,"at":"2026-11-23T03:01:00Z","deep":{"a":null}}""";
        var unknown = Assert.IsType<UnknownEvent>(GptJson.ParseEvent(Json));
        Assert.Equal(("new.thing", "t1", 12, At), (unknown.Type, unknown.Turn, unknown.Sequence, unknown.At));
        Assert.Equal(Json, GptJson.ToJson(unknown));
    }

    [Theory]
    [InlineData("""{"type":"n","sequence":"x","turn":5,"at":"yesterday"}""")]
    [InlineData("""{"type":"n","sequence":1.5,"at":null}""")]
    public void ParseEvent_UnknownTypeWithOddFields_IsKept(string json) => Assert.Equal(json, GptJson.ToJson(GptJson.ParseEvent(json)));

    [Fact]
    public void ToJson_HalfASurrogatePair_BecomesTheReplacementCharacter() =>
        Assert.Equal("a\uFFFDb", ((TextDeltaEvent)GptJson.ParseEvent(GptJson.ToJson(new TextDeltaEvent("a\ud800b")))).Text);

    [Fact]
    public void ToJson_ResultWithHalfASurrogatePair_IsWrittenAsItCame()
    {
        var result = JsonElement.Parse("""{ "cut" : "abc\ud83d", "\udc00": 1 }""");
        var json = GptJson.ToJson(new FunctionCallCompletedEvent("c", "n", result, 1));
        Assert.Contains(""""result":{"cut":"abc\ud83d","\udc00":1}"""", json, StringComparison.Ordinal);
        Assert.Equal("""{"cut":"abc\ud83d","\udc00":1}""", Assert.IsType<FunctionCallCompletedEvent>(GptJson.ParseEvent(json)).Result.GetRawText());
    }

    [Theory]
    [InlineData(64)]
    [InlineData(900)]
    public void ToJson_DeepResult_CanBeReadAgain(int depth)
    {
        var result = JsonElement.Parse(new string('[', depth) + new string(']', depth), new JsonDocumentOptions { MaxDepth = depth });
        var json = GptJson.ToJson(new FunctionCallCompletedEvent("c", "n", result, 1));
        Assert.Equal(result.GetRawText(), Assert.IsType<FunctionCallCompletedEvent>(GptJson.ParseEvent(json)).Result.GetRawText());
    }

    [Fact]
    public void WriteEvent_AfterOneThatFailed_StartsAnew()
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        Assert.ThrowsAny<Exception>(() => GptJson.WriteEvent(buffer, new AnnotationEvent("k", default)));
        Assert.Equal("ok", ((TextDeltaEvent)GptJson.ParseEvent(GptJson.ToJson(new TextDeltaEvent("ok")))).Text);
    }
}
