using CsCheck;
using Omega.Gpt.Providers;
using Omega.Gpt.Tests.Providers.Http;
using Omega.TestKit;
using static Omega.Gpt.Tests.Providers.ChatCompletions.ChatCompletionsFixtures;

namespace Omega.Gpt.Tests.Providers.ChatCompletions;

public sealed class ChatCompletionsParserTests
{
    public static TheoryData<string> Fixtures => [.. StreamFixtures.Of(Wire.ChatCompletions).Select(fixture => fixture.Name)];

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void Parse_Fixture_GivesWhatItSays(string name)
    {
        var fixture = StreamFixtures.Get(name);
        var expected = fixture.Expected;
        var outcome = WireReading.Read(Parser(), fixture.Bytes);

        Assert.Equal((expected.Text, expected.Reasoning, expected.Refusal), (outcome.Text, outcome.Reasoning, outcome.Refusal));
        Assert.Equal(expected.Calls.Select(call => (call.Name, call.Arguments)), outcome.Calls);
        Assert.Equal(
            expected.Usage is { } usage ? (usage.Input, usage.Output, usage.CacheRead, usage.Reasoning ?? 0) : null,
            outcome.Usage is { } read ? (read.Input.Total ?? -1, read.Output.Total ?? -1, read.Input.CacheRead ?? 0, read.Output.Reasoning ?? 0) : default((long, long, long, long)?));
        Assert.Equal((expected.FinishReason, expected.RawFinishReason), (Word(outcome.Finished?.Reason), outcome.Finished?.Raw));
        Assert.Equal(expected.Error is null, outcome.IsFinished);
        if (expected.Error is null)
            Assert.Null(outcome.Error);
        else
            Assert.Equal($"test: {expected.Error.Message}", Assert.IsType<GptException>(outcome.Error).Message);
    }

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void Parse_AnyReads_GiveTheSameDeltas(string name)
    {
        var stream = StreamFixtures.Get(name).Bytes;
        var whole = WireReading.Read(Parser(), stream);
        Gen.Int[1, 300].Array[1, 12].Sample(sizes => WireReading.Read(Parser(), stream, sizes).Agrees(whole), iter: 50);
    }

    [Fact]
    public void Parse_StreamCutAtEveryByte_IsNeverFinished()
    {
        var stream = StreamFixtures.Get("chat/parallel-calls").Stream;
        var bytes = stream.Bytes;
        for (var cut = 0; cut < stream.TerminalLength; cut++)
        {
            var outcome = WireReading.Read(Parser(), bytes.AsSpan(0, cut));
            Assert.False(outcome.IsFinished || outcome.Finished is not null, $"finished after {cut} bytes");
        }

        Assert.True(WireReading.Read(Parser(), bytes).IsFinished);
    }

    [Fact]
    public void Parse_StepWithEverything_GivesItsDeltasInOrder()
    {
        var outcome = Read(
            Chunk("""{"role":"assistant","content":"","refusal":null}"""),
            Chunk("""{"reasoning_content":"They ask"}"""),
            Text("I look."),
            Calls("""{"index":0,"id":"call_1","type":"function","function":{"name":"f","arguments":""}}"""),
            Calls("""{"index":0,"function":{"arguments":"{\"city\":\"Łódź\"}"}}"""),
            Finish("tool_calls"),
            Tokens("""{"prompt_tokens":100,"prompt_tokens_details":{"cached_tokens":60},"completion_tokens":50,"completion_tokens_details":{"reasoning_tokens":20},"total_tokens":150}"""),
            Done);

        Assert.Null(outcome.Error);
        Assert.Equal(
            [
                new StartedDelta("c_1", "m-2026", "req_1"),
                new ReasoningDelta("They ask"),
                new TextDelta("I look."),
                new CallStartedDelta(0, "f"),
                new CallArgumentsDelta(0, "{\"city\":\"Łódź\"}"),
                new UsageDelta(new TokenUsage(new InputTokens(100) { Uncached = 40, CacheRead = 60 }, new OutputTokens(50) { Text = 30, Reasoning = 20 }), null),
                new OpaqueDelta(new OpaquePart("test", "m", "reasoning_content", "\"They ask\"")),
                new FinishedDelta(FinishReason.FunctionCalls, "tool_calls"),
            ],
            outcome.Deltas);
    }

    [Theory]
    [InlineData("stop", FinishReason.Stop)]
    [InlineData("length", FinishReason.Length)]
    [InlineData("model_length", FinishReason.Length)]
    [InlineData("tool_calls", FinishReason.FunctionCalls)]
    [InlineData("function_call", FinishReason.FunctionCalls)]
    [InlineData("content_filter", FinishReason.ContentFilter)]
    [InlineData("refusal", FinishReason.Refusal)]
    [InlineData("brand_new", FinishReason.Other)]
    public void Parse_FinishReason_IsTranslatedAndKept(string raw, FinishReason reason) =>
        Assert.Equal(new FinishedDelta(reason, raw), Read(Text("Hi"), Finish(raw), Done).Finished);

    [Fact]
    public void Parse_DoneWithoutAFinishReason_IsAProtocolError() => Read(Text("Hi"), Done).AssertBroken("[DONE] without a finish reason");

    [Fact]
    public void Parse_FinishReasonOfAnotherChoiceAlone_IsAProtocolError() =>
        Read(Text("Hi"), """{"choices":[{"delta":{},"finish_reason":"stop","index":1}]}""", Done).AssertBroken("[DONE] without a finish reason");

    [Fact]
    public void Parse_FinishWithoutDone_IsNotWhole()
    {
        var outcome = Read(Text("Hi"), Finish());

        Assert.Equal((false, null, null), (outcome.IsFinished, outcome.Finished, outcome.Error));
    }

    [Theory]
    [InlineData(true, "stop", true)]
    [InlineData(true, null, false)]
    [InlineData(true, "error", false)]
    public void Parse_FinishWithoutDoneWhereThatIsAccepted_IsWholeOnlyWithAReason(bool accept, string? finish, bool isWhole)
    {
        var outcome = WireReading.Read(Parser(accept), Stream("""{"choices":[{"index":0,"delta":{}}]}""", Chunk("{}", finish)));

        Assert.Equal(isWhole, outcome.IsFinished);
        Assert.Equal(isWhole, outcome.Finished is not null);
    }

    [Fact]
    public void Parse_AcceptedEndOfAnAnswerWithoutAnyDelta_StillStartsFirst()
    {
        var outcome = WireReading.Read(Parser(acceptMissingDone: true), Stream("""{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"""));

        Assert.Equal([new StartedDelta(null, null, "req_1"), new FinishedDelta(FinishReason.Stop, "stop")], outcome.Deltas);
    }

    [Fact]
    public void Parse_OtherChoices_AreIgnoredWhereverTheirIndexStands()
    {
        var outcome = Read(
            """{"choices":[{"delta":{"content":"No"},"index":1},{"delta":{"content":"Yes"},"index":0}]}""",
            """{"choices":[{"delta":{"content":"!"}}]}""",
            """{"choices":[{"index":2,"delta":{"tool_calls":[{"index":0,"id":"x","function":{"name":"f","arguments":"{}"}}]},"finish_reason":"length"}]}""",
            Finish(),
            Done);

        Assert.Equal("Yes!", outcome.Text);
        Assert.Empty(outcome.Calls);
        Assert.Equal(FinishReason.Stop, outcome.Finished!.Reason);
    }

    [Fact]
    public void Parse_PairOfSurrogatesCutInTwo_ArrivesWhole()
    {
        var outcome = Read(
            Text("a\\ud83d"),
            Text("\\ude80b\\n\\\"\\\\"),
            Chunk("""{"reasoning_content":"\ud83d"}"""),
            Chunk("""{"reasoning_content":"\ude80"}"""),
            Calls("""{"index":0,"id":"c","function":{"name":"f","arguments":"{\"e\":\"\ud83d"}}"""),
            Calls("""{"index":0,"function":{"arguments":"\ude80\"}"}}"""),
            Finish("tool_calls"),
            Done);

        Assert.Null(outcome.Error);
        Assert.Equal(("a🚀b\n\"\\", "🚀"), (outcome.Text, outcome.Reasoning));
        Assert.Equal([("f", "{\"e\":\"🚀\"}")], outcome.Calls);
        Assert.All(outcome.Deltas.OfType<TextDelta>(), delta => Assert.False(char.IsHighSurrogate(delta.Text[^1])));
        Assert.Equal("\"🚀\"", outcome.Opaque[0].Json.Replace("\\uD83D\\uDE80", "🚀", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("  ")]
    [InlineData("\n")]
    public void Parse_WhiteSpaceBeforeAChunk_LosesNothing(string space)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes($"data:{space.Replace("\n", "\ndata:", StringComparison.Ordinal)}{Text("Hi")}\n\ndata: {Finish()}\n\ndata: [DONE] \n\n");
        var outcome = WireReading.Read(Parser(), bytes);

        Assert.Equal("Hi", outcome.Text);
        Assert.True(outcome.IsFinished);
    }

    [Fact]
    public void Parse_ContentOfMistral_IsTextAndThinking()
    {
        var outcome = Read(
            Chunk("""{"content":[{"type":"thinking","thinking":[{"type":"text","text":"Hm."}]}]}"""),
            Chunk("""{"content":[{"type":"text","text":"Hi"},7]}"""),
            Finish(),
            Done);

        Assert.Equal(("Hm.", "Hi"), (outcome.Reasoning, outcome.Text));
    }

    [Theory]
    [InlineData("{\"choices\":")]
    [InlineData("{\"choices\":[]} x")]
    [InlineData("[]")]
    [InlineData("[]x")]
    [InlineData("hello")]
    [InlineData("7")]
    public void Parse_NoJson_SaysSo(string data) => Assert.IsAssignableFrom<System.Text.Json.JsonException>(Read(data).Error);

    [Fact]
    public void Parse_BytesThatAreNoUtf8_SaySo()
    {
        var outcome = WireReading.Read(Parser(), [.. "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\""u8, 0xFF, .. "\"}}]}\n\n"u8]);

        Assert.IsAssignableFrom<System.Text.Json.JsonException>(outcome.Error);
    }

    private static string? Word(FinishReason? reason) => reason is null ? null : string.Concat(reason.ToString()!.Select((c, i) => char.IsUpper(c) && i > 0 ? $"_{c}" : $"{c}")).ToLowerInvariant();
}
