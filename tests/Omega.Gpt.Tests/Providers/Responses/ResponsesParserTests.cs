using CsCheck;
using Omega.Gpt.Providers;
using Omega.Gpt.Tests.Providers.Http;
using static Omega.Gpt.Tests.Providers.Responses.ResponsesFixtures;

namespace Omega.Gpt.Tests.Providers.Responses;

public sealed class ResponsesParserTests
{
    [Fact]
    public void Parse_StepWithEverything_GivesItsDeltasInOrder()
    {
        var outcome = Read(Step);

        Assert.Null(outcome.Error);
        Assert.Equal(
            [
                new StartedDelta("resp_1", "gpt-5.9-2026-10-01", "req_1"),
                new ReasoningDelta("Fir"),
                new ReasoningDelta("st."),
                new ReasoningDelta("\n\nThen é."),
                new OpaqueDelta(new OpaquePart("openai", "gpt-5.9", "reasoning", ReasoningItem)),
                new OpaqueDelta(new OpaquePart("openai", "gpt-5.9", "message", """{"id":"msg_1","phase":"commentary"}""")),
                new TextDelta("I lo"),
                new TextDelta("ok 🚀."),
                new CallStartedDelta(0, "get_weather"),
                new CallArgumentsDelta(0, "{\"city\":"),
                new CallArgumentsDelta(0, "\"Łódź\"}"),
                new CallEndedDelta(0),
                new UsageDelta(new TokenUsage(new InputTokens(100) { Uncached = 30, CacheRead = 60, CacheWrite = 10 }, new OutputTokens(50) { Text = 30, Reasoning = 20 }), null),
                new FinishedDelta(FinishReason.FunctionCalls, "completed"),
            ],
            outcome.Plain);
    }

    [Fact]
    public void Parse_Deltas_CarryTheWiresNumbers()
    {
        var outcome = Read(Step);

        Assert.Equal([0, 4, 5, 7, 8, 9, 11, 12, 16, 17, 18, 20, 21, 21], outcome.Deltas.Select(delta => delta.WireSequence));
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

    [Fact]
    public void Parse_UnknownEventsAndEventsAfterTheLast_AreIgnored()
    {
        var outcome = Read(
            Created,
            """{"type":"response.brand_new.thing","sequence_number":1,"delta":"x","item":{"type":"message"}}""",
            """{"type":"response.output_text.annotation.added","sequence_number":2,"annotation":{"type":"url_citation"}}""",
            """{"sequence_number":3}""",
            Completed(),
            """{"type":"response.output_text.delta","sequence_number":9,"output_index":0,"content_index":0,"delta":"late"}""");

        Assert.Equal([new StartedDelta("resp_1", "gpt-5.9-2026-10-01", "req_1"), new FinishedDelta(FinishReason.Stop, "completed")], outcome.Plain);
    }

    [Fact]
    public void Parse_EventWithoutItsTypeInTheData_IsReadByItsName()
    {
        var outcome = WireReading.Read(Parser(), "event: response.output_text.delta\ndata: {\"output_index\":0,\"delta\":\"Hi\"}\n\nevent: response.completed\ndata: {\"response\":{}}\n\n"u8);

        Assert.Equal("Hi", outcome.Text);
        Assert.Equal(FinishReason.Stop, outcome.Finished!.Reason);
    }

    [Fact]
    public void Parse_RepeatedEvents_AreSkipped()
    {
        var step = Step;
        var outcome = Read([.. step[..13], .. step[4..13], .. step[13..19], .. step[16..]]);

        Assert.True(outcome.Agrees(Read(step)), string.Join('\n', outcome.Deltas));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Parse_ServerThatNumbersEverythingAlike_IsReadWhole(int number)
    {
        var outcome = Read([.. Step.Select(data => System.Text.RegularExpressions.Regex.Replace(data, "\"sequence_number\":\\d+", $"\"sequence_number\":{number}"))]);

        Assert.Equal(Read(Step).Plain, outcome.Plain);
    }

    [Theory]
    [InlineData("max_output_tokens", FinishReason.Length)]
    [InlineData("content_filter", FinishReason.ContentFilter)]
    [InlineData("something_new", FinishReason.Other)]
    public void Parse_Incomplete_SaysWhy(string reason, FinishReason expected)
    {
        var end = $$$"""{"type":"response.incomplete","response":{"status":"incomplete","incomplete_details":{"reason":"{{{reason}}}" },"usage":{"input_tokens":5,"output_tokens":6} } }""";
        var outcome = Read([.. Step[..18], end]);

        Assert.Equal(new FinishedDelta(expected, reason), outcome.Finished);
        Assert.Equal("{\"city\":", outcome.Calls[0].Arguments);
        Assert.DoesNotContain(outcome.Deltas, delta => delta is CallEndedDelta);
        Assert.Equal(new TokenUsage(new InputTokens(5), new OutputTokens(6)), outcome.Usage);
    }

    [Fact]
    public void Parse_CompletedWhoseStatusIsIncomplete_IsIncomplete()
    {
        var outcome = Read(Created, """{"type":"response.completed","response":{"status":"incomplete","incomplete_details":{"reason":"max_output_tokens"}}}""");

        Assert.Equal(new FinishedDelta(FinishReason.Length, "max_output_tokens"), outcome.Finished);
    }

    [Fact]
    public void Parse_IncompleteWithoutAReason_IsOther() =>
        Assert.Equal(new FinishedDelta(FinishReason.Other, "incomplete"), Read(Created, """{"type":"response.incomplete","response":{"incomplete_details":null}}""").Finished);

    [Fact]
    public void Parse_RefusalThatCompletes_IsARefusal()
    {
        var outcome = Read(
            Created,
            """{"type":"response.output_item.added","sequence_number":1,"output_index":0,"item":{"id":"msg_1","type":"message","content":[]}}""",
            """{"type":"response.refusal.delta","sequence_number":2,"item_id":"msg_1","output_index":0,"content_index":0,"delta":"I can't"}""",
            """{"type":"response.refusal.done","sequence_number":3,"item_id":"msg_1","output_index":0,"content_index":0,"refusal":"I can't do that."}""",
            """{"type":"response.output_item.done","sequence_number":4,"output_index":0,"item":{"id":"msg_1","type":"message","content":[{"type":"refusal","refusal":"I can't do that."}]}}""",
            Completed());

        Assert.Equal("I can't do that.", outcome.Refusal);
        Assert.Equal(FinishReason.Refusal, outcome.Finished!.Reason);
    }

    [Fact]
    public void Parse_OpenReasoning_ComesAsReasoning()
    {
        var outcome = Read(
            Created,
            """{"type":"response.output_item.added","sequence_number":1,"output_index":0,"item":{"id":"rs_1","type":"reasoning","summary":[],"content":[]}}""",
            """{"type":"response.reasoning_text.delta","sequence_number":2,"item_id":"rs_1","output_index":0,"content_index":0,"delta":"Let me"}""",
            """{"type":"response.reasoning_text.done","sequence_number":3,"item_id":"rs_1","output_index":0,"content_index":0,"text":"Let me see."}""",
            Completed());

        Assert.Equal("Let me see.", outcome.Reasoning);
    }

    [Fact]
    public void Parse_HostedItem_IsKeptAndOneThatWaitsForAnOutputIsNot()
    {
        const string Search = """{"id":"ws_1","type":"web_search_call",  "status":"completed"}""";
        var outcome = Read(
            Created,
            $$"""{"type":"response.output_item.done","sequence_number":1,"output_index":0,"item":{{Search}}}""",
            """{"type":"response.output_item.done","sequence_number":2,"output_index":1,"item":{"id":"cu_1","type":"computer_call"}}""",
            Completed());

        Assert.Equal([new OpaquePart("openai", "gpt-5.9", "web_search_call", Search)], outcome.Opaque);
    }

    [Fact]
    public void Parse_ParallelCalls_CountFromZeroWhateverTheWireCounts()
    {
        var outcome = Read(
            Created,
            """{"type":"response.output_item.added","sequence_number":1,"output_index":3,"item":{"id":"fc_a","type":"function_call","name":"a","arguments":""}}""",
            """{"type":"response.output_item.added","sequence_number":2,"output_index":5,"item":{"id":"fc_b","type":"function_call","name":"b","arguments":""}}""",
            """{"type":"response.function_call_arguments.delta","sequence_number":3,"item_id":"fc_b","output_index":5,"delta":"{\"b\":2}"}""",
            """{"type":"response.function_call_arguments.delta","sequence_number":4,"item_id":"fc_a","output_index":3,"delta":"{\"a\":1}"}""",
            """{"type":"response.output_item.done","sequence_number":5,"output_index":3,"item":{"id":"fc_a","type":"function_call","name":"a","arguments":"{\"a\":1}"}}""",
            """{"type":"response.output_item.done","sequence_number":6,"output_index":5,"item":{"id":"fc_b","type":"function_call","name":"b","arguments":"{\"b\":2}"}}""",
            Completed());

        Assert.Equal([("a", "{\"a\":1}"), ("b", "{\"b\":2}")], outcome.Calls);
        Assert.Equal([0, 1], outcome.Deltas.OfType<CallEndedDelta>().Select(delta => delta.Index));
    }

    [Theory]
    [InlineData("""{"input_tokens":7,"output_tokens":3}""", 7L, null, null, null, 3L, null, null)]
    [InlineData("""{"input_tokens":7,"input_tokens_details":{"cached_tokens":2},"output_tokens":3,"output_tokens_details":{"reasoning_tokens":0}}""", 7L, 5L, 2L, null, 3L, 3L, 0L)]
    [InlineData("""{"input_tokens":7,"output_tokens":3,"output_tokens_details":{"reasoning_tokens":4},"total_tokens":14}""", 7L, null, null, null, 7L, 3L, 4L)]
    [InlineData("{}", null, null, null, null, null, null, null)]
    public void Parse_Usage_LeavesUnknownWhatTheServerDoesNotSay(string usage, long? input, long? uncached, long? read, long? write, long? output, long? text, long? reasoning)
    {
        var outcome = Read(Created, Completed(more: $",\"usage\":{usage}"));

        Assert.Equal(
            new TokenUsage(new InputTokens(input) { Uncached = uncached, CacheRead = read, CacheWrite = write }, new OutputTokens(output) { Text = text, Reasoning = reasoning }),
            outcome.Usage);
    }

    [Theory]
    [InlineData("\"cost\":0.00125", "0.00125")]
    [InlineData("\"cost_in_usd_ticks\":12500000", "0.00125")]
    [InlineData("\"cost\":null", null)]
    public void Parse_BillOfTheProvider_IsHandedOn(string field, string? usd)
    {
        var outcome = Read(Created, Completed(more: $$""","usage":{"input_tokens":1,"output_tokens":1,{{field}}}"""));

        Assert.Equal(usd is null ? null : decimal.Parse(usd, System.Globalization.CultureInfo.InvariantCulture), outcome.Deltas.OfType<UsageDelta>().Single().BilledUsd);
    }
}
