using CsCheck;
using Omega.Gpt.Providers;
using Omega.Gpt.Tests.Providers.Http;
using static Omega.Gpt.Tests.Providers.Anthropic.AnthropicFixtures;

namespace Omega.Gpt.Tests.Providers.Anthropic;

public sealed class AnthropicParserTests
{
    private const string Text = """{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}""";
    private const string Hello = """{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hello"}}""";
    private const string Close = """{"type":"content_block_stop","index":0}""";

    [Fact]
    public void Parse_StepWithEverything_GivesItsDeltasInOrder()
    {
        var outcome = Read(Step);

        Assert.Null(outcome.Error);
        Assert.Equal(
            [
                new StartedDelta("msg_1", "claude-sonnet-4-5-20250929", "req_1"),
                new UsageDelta(Usage(1), null),
                new ReasoningDelta("They ask \"why"),
                new ReasoningDelta("\"\u2028 é 🚀"),
                new OpaqueDelta(new OpaquePart("anthropic", "claude-sonnet-4-5", "thinking", Thinking)),
                new OpaqueDelta(new OpaquePart("anthropic", "claude-sonnet-4-5", "redacted_thinking", Redacted)),
                new TextDelta("I lo"),
                new TextDelta("ok 🚀."),
                new CallStartedDelta(0, "get_weather"),
                new CallArgumentsDelta(0, "{\"city\":"),
                new CallArgumentsDelta(0, "\"Łódź\"}"),
                new CallEndedDelta(0),
                new CallStartedDelta(1, "now"),
                new CallEndedDelta(1),
                new UsageDelta(Usage(89), null),
                new FinishedDelta(FinishReason.FunctionCalls, "tool_use"),
            ],
            outcome.Deltas);

        static TokenUsage Usage(long output) => new(new InputTokens(142) { Uncached = 12, CacheRead = 100, CacheWrite = 30 }, new OutputTokens(output));
    }

    [Fact]
    public void Parse_AnyReads_GiveTheSameDeltas()
    {
        var stream = WireReading.Stream(Step);
        var whole = WireReading.Read(Parser(), stream);
        Gen.Int[1, 300].Array[1, 12].Sample(sizes => WireReading.Read(Parser(), stream, sizes).Agrees(whole), iter: 300);
    }

    [Fact]
    public void Parse_StreamCutAtEveryByte_IsNeverFinished()
    {
        var stream = WireReading.Stream(Step);
        for (var cut = 0; cut < stream.Length; cut++)
        {
            var outcome = WireReading.Read(Parser(), stream.AsSpan(0, cut));
            Assert.False(outcome.IsFinished, $"finished after {cut} bytes");
            Assert.Null(outcome.Finished);
        }

        Assert.True(WireReading.Read(Parser(), stream).IsFinished);
    }

    [Theory]
    [InlineData("end_turn", FinishReason.Stop)]
    [InlineData("stop_sequence", FinishReason.Stop)]
    [InlineData("max_tokens", FinishReason.Length)]
    [InlineData("model_context_window_exceeded", FinishReason.Length)]
    [InlineData("tool_use", FinishReason.FunctionCalls)]
    [InlineData("refusal", FinishReason.Refusal)]
    [InlineData("pause_turn", FinishReason.Other)]
    [InlineData("brand_new", FinishReason.Other)]
    public void Parse_StopReason_IsTranslatedAndKept(string raw, FinishReason reason)
    {
        var outcome = Read(Started, Text, Hello, Close, Ended(raw), Stopped);

        Assert.Equal(new FinishedDelta(reason, raw), outcome.Finished);
        Assert.Equal("Hello", outcome.Text);
    }

    [Theory]
    [InlineData(""","stop_details":{"type":"refusal","category":"cyber","explanation":"Not that."}""", "Not that.")]
    [InlineData(""","stop_details":{"type":"refusal","category":"cyber","explanation":null}""", "The provider declined to answer (category: cyber).")]
    [InlineData(""","stop_details":null""", "The provider declined to answer.")]
    [InlineData("", "The provider declined to answer.")]
    public void Parse_Refusal_SaysWhy(string details, string expected)
    {
        var outcome = Read(Started, Ended("refusal", details), Ended("refusal", details), Stopped);

        Assert.Equal(expected, outcome.Refusal);
    }

    [Fact]
    public void Parse_UsageOfSeveralEvents_LaterNumbersWin()
    {
        var outcome = Read(
            """{"type":"message_start","message":{"id":"m","usage":{"input_tokens":0,"output_tokens":1}}}""",
            """{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"input_tokens":9,"cache_read_input_tokens":5,"cache_creation_input_tokens":null,"output_tokens":20,"output_tokens_details":{"thinking_tokens":8}}}""",
            Stopped);

        Assert.Equal(
            new TokenUsage(new InputTokens(14) { Uncached = 9, CacheRead = 5 }, new OutputTokens(20) { Text = 12, Reasoning = 8 }),
            outcome.Usage);
    }

    [Fact]
    public void Parse_NoUsage_GivesNone()
    {
        var outcome = Read("""{"type":"message_start","message":{"id":"m"}}""", """{"type":"message_delta","delta":{"stop_reason":"end_turn"}}""", Stopped);

        Assert.Null(outcome.Usage);
        Assert.True(outcome.IsFinished);
    }

    [Fact]
    public void Parse_InputInTheBlocksStart_IsTheArgumentsWhenNoDeltasCome()
    {
        var outcome = Read(
            Started,
            """{"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"t","name":"f","input":{"a": 1.50}}}""",
            Close,
            """{"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"u","name":"g","input":{"a":1}}}""",
            """{"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{\"b\":2}"}}""",
            """{"type":"content_block_stop","index":1}""",
            Ended("tool_use"),
            Stopped);

        Assert.Equal([("f", "{\"a\": 1.50}"), ("g", "{\"b\":2}")], outcome.Calls);
    }

    [Fact]
    public void Parse_TextAndThinkingInTheBlocksStart_AreNotLost()
    {
        var outcome = Read(
            Started,
            """{"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"Hm","signature":"s"}}""",
            Close,
            """{"type":"content_block_start","index":1,"content_block":{"type":"text","text":"Hi"}}""",
            """{"type":"content_block_stop","index":1}""",
            Ended("end_turn"),
            Stopped);

        Assert.Equal(("Hm", "Hi"), (outcome.Reasoning, outcome.Text));
        Assert.Equal("""{"type":"thinking","thinking":"Hm","signature":"s"}""", Assert.Single(outcome.Opaque).Json);
    }

    [Fact]
    public void Parse_HiddenThinking_IsKeptForItsSignature()
    {
        var outcome = Read(
            Started,
            """{"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}""",
            """{"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"EqQB"}}""",
            Close,
            Ended("end_turn"),
            Stopped);

        Assert.Equal("""{"type":"thinking","thinking":"","signature":"EqQB"}""", Assert.Single(outcome.Opaque).Json);
        Assert.Equal("", outcome.Reasoning);
    }

    [Fact]
    public void Parse_BlocksOfHostedTools_ArePassedOver()
    {
        var outcome = Read(
            Started,
            """{"type":"content_block_start","index":0,"content_block":{"type":"server_tool_use","id":"s","name":"web_search","input":{}}}""",
            """{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{\"q\":1}"}}""",
            Close,
            """{"type":"content_block_start","index":1,"content_block":{"type":"web_search_tool_result","tool_use_id":"s","content":[]}}""",
            """{"type":"content_block_stop","index":1}""",
            """{"type":"brand_new_event","index":7,"delta":{"type":"x"}}""",
            Ended("end_turn"),
            Stopped);

        Assert.Empty(outcome.Calls);
        Assert.Equal(FinishReason.Stop, outcome.Finished!.Reason);
    }

    [Fact]
    public void Parse_StopWithoutAReason_IsAProtocolError() => Read(Started, Text, Hello, Close, Stopped).AssertBroken("without a reason");

    [Fact]
    public void Parse_StopInTheMiddleOfABlock_IsAProtocolError() => Read(Started, Text, Hello, Ended("end_turn"), Stopped).AssertBroken("in the middle of a content block");

    [Fact]
    public void Parse_DeltaOfABlockThatNeverBegan_IsAProtocolError() => Read(Started, Hello).AssertBroken("before its start");

    [Fact]
    public void Parse_DeltaAfterItsBlocksEnd_IsAProtocolError() => Read(Started, Text, Close, Hello).AssertBroken("after its end");

    [Fact]
    public void Parse_BlockThatBeginsTwice_IsAProtocolError() => Read(Started, Text, Text).AssertBroken("began twice");

    [Fact]
    public void Parse_BlockThatEndsTwiceOrNeverBegan_IsAProtocolError()
    {
        Read(Started, Text, Close, Close).AssertBroken("ended twice");
        Read(Started, Close).AssertBroken("before its start");
    }

    [Fact]
    public void Parse_DeltaOfAnotherKindThanItsBlock_IsAProtocolError() =>
        Read(Started, Text, """{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"x"}}""").AssertBroken("went on as one of type thinking");

    [Fact]
    public void Parse_CallWithoutAName_IsAProtocolError() =>
        Read(Started, """{"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"t","input":{}}}""").AssertBroken("without a name");

    [Fact]
    public void Parse_StreamThatDoesNotBegin_IsAProtocolError()
    {
        Read(Text).AssertBroken("did not begin");
        Read(Ended("end_turn")).AssertBroken("did not begin");
    }

    [Fact]
    public void Parse_SecondMessage_IsAProtocolError() => Read(Started, Started).AssertBroken("second message");

    [Theory]
    [InlineData("""{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}""", GptErrorKind.Overloaded)]
    [InlineData("""{"type":"error","error":{"type":"api_error","message":"boom"},"request_id":"req_9"}""", GptErrorKind.Server)]
    [InlineData("""{"type":"error","error":{"type":"invalid_request_error","message":"prompt is too long: 9 tokens > 8 maximum"}}""", GptErrorKind.ContextWindowExceeded)]
    [InlineData("""{"type":"error","error":{"type":"rate_limit_error","message":"Slow down"}}""", GptErrorKind.RateLimit)]
    [InlineData("""{"error":{"type":"billing_error","message":"Pay"}}""", GptErrorKind.QuotaExceeded)]
    [InlineData("""{"type":"error"}""", GptErrorKind.Server)]
    public void Parse_Error_IsTyped(string data, GptErrorKind kind)
    {
        var outcome = Read(Started, Text, Hello, data);

        var error = Assert.IsType<GptException>(outcome.Error);
        Assert.Equal(kind, error.Kind);
        Assert.Equal("Hello", outcome.Text);
        Assert.False(outcome.IsFinished);
    }

    [Theory]
    [InlineData("{\"type\":\"message_start\"")]
    [InlineData("{\"type\":\"message_start\"}")]
    [InlineData("{\"type\":\"ping\"} x")]
    [InlineData("[]")]
    [InlineData("{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"\\udc00\"}}")]
    public void Parse_NoJson_SaysSo(string data) =>
        Assert.IsAssignableFrom<System.Text.Json.JsonException>(WireReading.Read(Parser(), System.Text.Encoding.UTF8.GetBytes($"data: {data}\n\n")).Error);
}
