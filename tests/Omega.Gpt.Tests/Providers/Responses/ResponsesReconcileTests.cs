using Omega.Gpt.Providers;
using static Omega.Gpt.Tests.Providers.Responses.ResponsesFixtures;

namespace Omega.Gpt.Tests.Providers.Responses;

/// <summary>Events that repeat a text as a whole make good what deltas left out, and must not contradict them.</summary>
public sealed class ResponsesReconcileTests
{
    private const string Message = """{"type":"response.output_item.added","sequence_number":1,"output_index":0,"item":{"id":"msg_1","type":"message","content":[]}}""";
    private const string Call = """{"type":"response.output_item.added","sequence_number":1,"output_index":0,"item":{"id":"fc_1","type":"function_call","name":"f","arguments":""}}""";

    [Fact]
    public void Parse_TextDoneWithMoreThanItsDeltas_GivesTheRest()
    {
        var outcome = Read(Created, Message, Text("Hel"), """{"type":"response.output_text.done","sequence_number":40,"output_index":0,"content_index":0,"text":"Hello there"}""", Completed());

        Assert.Equal(["Hel", "lo there"], outcome.Deltas.OfType<TextDelta>().Select(delta => delta.Text));
    }

    [Fact]
    public void Parse_TextDoneThatContradicts_IsAProtocolError() =>
        Read(Created, Message, Text("Help"), """{"type":"response.output_text.done","sequence_number":40,"output_index":0,"content_index":0,"text":"Hello"}""", Completed())
            .AssertBroken("the text that streamed differs");

    [Fact]
    public void Parse_TextDoneShorterThanItsDeltas_IsAProtocolError() =>
        Read(Created, Message, Text("Hello"), """{"type":"response.output_text.done","sequence_number":40,"output_index":0,"content_index":0,"text":"Hell"}""", Completed())
            .AssertBroken("the text that streamed differs");

    [Theory]
    [InlineData("é 🚀", "\\u00e9 \\ud83d\\ude80", "é 🚀")]
    [InlineData("\\u00e9 \\uD83D\\uDE80\\/", "é 🚀/", "é 🚀/")]
    [InlineData("\\u00e9", "é and \\u00e9", "é and é")]
    [InlineData("a\\n", "a\\nb\\n\\u00e9", "a\nb\né")]
    [InlineData("a\\n", "a\\u000ab", "a\nb")]
    public void Parse_WholeWithOtherEscapes_IsTheSameText(string delta, string whole, string text)
    {
        var message = $$"""{"id":"msg_1","type":"message","content":[{"type":"output_text","text":"{{whole}}"}]}""";

        var outcome = Read(
            Created,
            Message,
            Text(delta),
            $$"""{"type":"response.output_text.done","sequence_number":40,"output_index":0,"content_index":0,"text":"{{whole}}"}""",
            $$"""{"type":"response.output_item.done","sequence_number":41,"output_index":0,"item":{{message}}}""",
            Completed($"[{message}]"));

        Assert.Null(outcome.Error);
        Assert.Equal(text, outcome.Text);
    }

    [Theory]
    [InlineData("a\\n", "a\\\\n")]
    [InlineData("\\u00e9", "è")]
    [InlineData("ab", "a")]
    public void Parse_WholeWithAnotherText_IsAProtocolError(string delta, string whole) =>
        Read(Created, Message, Text(delta), $$"""{"type":"response.output_text.done","sequence_number":40,"output_index":0,"content_index":0,"text":"{{whole}}"}""", Completed())
            .AssertBroken("the text that streamed differs");

    [Fact]
    public void Parse_WholeThatIsNoUnicode_IsAProtocolError() =>
        Assert.IsAssignableFrom<System.Text.Json.JsonException>(
            Read(Created, Message, """{"type":"response.output_text.done","sequence_number":40,"output_index":0,"content_index":0,"text":"\ud83d"}""").Error);

    [Theory]
    [InlineData("response.output_item.added")]
    [InlineData("response.output_item.done")]
    public void Parse_ItemEventWithoutAnItem_IsAProtocolError(string type) =>
        Assert.IsAssignableFrom<System.Text.Json.JsonException>(Read(Created, $$"""{"type":"{{type}}","sequence_number":1,"output_index":0}""").Error);

    [Fact]
    public void Parse_ItemDoneWithMoreThanItsDeltas_GivesTheRest()
    {
        var outcome = Read(
            Created,
            Message,
            Text("Hel"),
            """{"type":"response.output_item.done","sequence_number":40,"output_index":0,"item":{"id":"msg_1","type":"message","content":[{"type":"output_text","text":"Hello"},{"type":"output_text","text":" again"}]}}""",
            Completed());

        Assert.Equal("Hello again", outcome.Text);
    }

    [Fact]
    public void Parse_ItemDoneThatContradicts_IsAProtocolError() =>
        Read(Created, Message, Text("Help"), """{"type":"response.output_item.done","sequence_number":40,"output_index":0,"item":{"id":"msg_1","type":"message","content":[{"type":"output_text","text":"Hello"}]}}""")
            .AssertBroken("the text that streamed differs");

    [Fact]
    public void Parse_ArgumentsDoneWithMoreThanItsDeltas_GivesTheRest()
    {
        var outcome = Read(
            Created,
            Call,
            Arguments("{\\\"a\\\":"),
            """{"type":"response.function_call_arguments.done","sequence_number":40,"output_index":0,"arguments":"{\"a\":1}"}""",
            """{"type":"response.output_item.done","sequence_number":41,"output_index":0,"item":{"id":"fc_1","type":"function_call","name":"f","arguments":"{\"a\":1}"}}""",
            Completed());

        Assert.Equal([("f", "{\"a\":1}")], outcome.Calls);
        Assert.Equal(FinishReason.FunctionCalls, outcome.Finished!.Reason);
    }

    [Fact]
    public void Parse_ArgumentsThatContradict_AreAProtocolError() =>
        Read(Created, Call, Arguments("{\\\"a\\\":2"), """{"type":"response.function_call_arguments.done","sequence_number":40,"output_index":0,"arguments":"{\"a\":1}"}""")
            .AssertBroken("the arguments that streamed differ");

    [Fact]
    public void Parse_CallThatComesOnlyAsAWhole_ComesOutWhole()
    {
        var outcome = Read(
            Created,
            """{"type":"response.output_item.done","sequence_number":1,"output_index":0,"item":{"id":"fc_1","type":"function_call","status":"completed","name":"f","arguments":"{\"a\":1}"}}""",
            Completed());

        Assert.Equal(
            [new CallStartedDelta(0, "f"), new CallArgumentsDelta(0, "{\"a\":1}"), new CallEndedDelta(0)],
            outcome.Plain.Skip(1).SkipLast(1));
    }

    [Fact]
    public void Parse_CallWhoseBeginningIsLost_ComesOutWholeUnderItsName()
    {
        var outcome = Read(
            Created,
            Arguments("{\\\"a\\\":"),
            """{"type":"response.function_call_arguments.done","sequence_number":40,"output_index":0,"arguments":"{\"a\":1}"}""",
            """{"type":"response.output_item.done","sequence_number":41,"output_index":0,"item":{"id":"fc_1","type":"function_call","name":"f","arguments":"{\"a\":1}"}}""",
            Completed());

        Assert.Equal([("f", "{\"a\":1}")], outcome.Calls);
        Assert.IsType<CallStartedDelta>(outcome.Deltas[1]);
    }

    [Fact]
    public void Parse_CallWithoutAName_IsAProtocolError() =>
        Read(Created, """{"type":"response.output_item.done","sequence_number":1,"output_index":0,"item":{"id":"fc_1","type":"function_call","arguments":"{}"}}""")
            .AssertBroken("without a name");

    [Fact]
    public void Parse_CallCutOffAtTheOutputLimit_IsNotEnded()
    {
        var outcome = Read(
            Created,
            Call,
            """{"type":"response.output_item.done","sequence_number":2,"output_index":0,"item":{"id":"fc_1","type":"function_call","status":"incomplete","name":"f","arguments":"{\"a\":"}}""",
            """{"type":"response.incomplete","sequence_number":3,"response":{"status":"incomplete","incomplete_details":{"reason":"max_output_tokens"}}}""");

        Assert.Equal([("f", "{\"a\":")], outcome.Calls);
        Assert.DoesNotContain(outcome.Deltas, delta => delta is CallEndedDelta);
        Assert.Equal(FinishReason.Length, outcome.Finished!.Reason);
    }

    [Fact]
    public void Parse_CompletedBeforeACallWasWhole_IsAProtocolError() =>
        Read(Created, Call, Arguments("{}"), Completed()).AssertBroken("before one of its function calls");

    [Fact]
    public void Parse_OutputWithItemsThatNeverStreamed_GivesThem()
    {
        var outcome = Read(
            Created,
            Message,
            Text("Hello"),
            """{"type":"response.output_item.done","sequence_number":40,"output_index":0,"item":{"id":"msg_1","type":"message","content":[{"type":"output_text","text":"Hello"}]}}""",
            Completed("""
                [{"id":"msg_0","type":"message","phase":"final_answer","content":[{"type":"output_text","text":" world"}]},
                 {"id":"msg_1","type":"message","content":[{"type":"output_text","text":"Hello"}]},
                 {"id":"fc_1","type":"function_call","name":"f","arguments":"{}","status":"completed"}]
                """));

        Assert.Equal("Hello world", outcome.Text);
        Assert.Equal("""{"id":"msg_0","phase":"final_answer"}""", outcome.Opaque[^1].Json);
        Assert.Equal([("f", "{}")], outcome.Calls);
        Assert.Equal(FinishReason.FunctionCalls, outcome.Finished!.Reason);
    }

    [Fact]
    public void Parse_OutputThatFinishesAnItem_GivesItsRest()
    {
        var outcome = Read(Created, Message, Text("Hel"), Completed("""[{"id":"msg_1","type":"message","content":[{"type":"output_text","text":"Hello"}]}]"""));

        Assert.Equal("Hello", outcome.Text);
    }

    [Fact]
    public void Parse_OutputThatContradictsAnUnfinishedItem_IsAProtocolError() =>
        Read(Created, Message, Text("Help"), Completed("""[{"id":"msg_1","type":"message","content":[{"type":"output_text","text":"Hello"}]}]"""))
            .AssertBroken("the text that streamed differs");

    [Fact]
    public void Parse_ResponseThatComesOnlyAsAWhole_ComesOutWholeWithItsState()
    {
        var outcome = Read(Created, Completed($$"""[{{ReasoningItem}},{"id":"msg_1","type":"message","content":[{"type":"output_text","text":"Hi"}]}]"""));

        Assert.Equal(["reasoning", "message"], outcome.Opaque.Select(part => part.Kind));
        Assert.Equal(ReasoningItem, outcome.Opaque[0].Json);
        Assert.Equal("First.\n\nThen é.", outcome.Reasoning);
        Assert.Equal("Hi", outcome.Text);
    }

    [Fact]
    public void Parse_ServerThatNamesAnItemAnewInEachEvent_SaysNothingTwice()
    {
        var outcome = Read(
            Created,
            """{"type":"response.output_item.added","sequence_number":1,"output_index":0,"item":{"id":"a","type":"message","content":[]}}""",
            """{"type":"response.output_text.delta","sequence_number":2,"item_id":"b","output_index":0,"content_index":0,"delta":"Hel"}""",
            """{"type":"response.output_item.done","sequence_number":3,"output_index":0,"item":{"id":"c","type":"message","content":[{"type":"output_text","text":"Hello"}]}}""",
            Completed("""[{"id":"d","type":"message","content":[{"type":"output_text","text":"Hello"}]}]"""));

        Assert.Equal("Hello", outcome.Text);
        Assert.Single(outcome.Opaque);
    }

    [Fact]
    public void Parse_ServerThatGivesNoIndices_IsReadByIds()
    {
        var outcome = Read(
            Created,
            """{"type":"response.output_item.added","item":{"id":"fc_1","type":"function_call","name":"f","arguments":""}}""",
            """{"type":"response.output_item.added","item":{"id":"fc_2","type":"function_call","name":"g","arguments":""}}""",
            """{"type":"response.function_call_arguments.delta","item_id":"fc_1","delta":"{\"a\":1}"}""",
            """{"type":"response.function_call_arguments.delta","item_id":"fc_2","delta":"{\"b\":2}"}""",
            """{"type":"response.output_item.done","item":{"id":"fc_2","type":"function_call","name":"g","arguments":"{\"b\":2}"}}""",
            """{"type":"response.output_item.done","item":{"id":"fc_1","type":"function_call","name":"f","arguments":"{\"a\":1}"}}""",
            Completed());

        Assert.Equal([("f", "{\"a\":1}"), ("g", "{\"b\":2}")], outcome.Calls);
    }

    [Fact]
    public void Parse_ItemsRepeatedWithoutNumbers_SayNothingTwice()
    {
        const string Began = """{"type":"response.output_item.added","output_index":0,"item":{"id":"fc_1","type":"function_call","name":"f","arguments":""}}""";
        const string Ended = """{"type":"response.output_item.done","output_index":0,"item":{"id":"fc_1","type":"function_call","name":"f","arguments":"{}"}}""";

        var outcome = Read(Created, Began, Began, Ended, Began, Ended, Completed());

        Assert.Equal([new CallStartedDelta(0, "f"), new CallArgumentsDelta(0, "{}"), new CallEndedDelta(0)], outcome.Plain.Skip(1).SkipLast(1));
    }

    [Fact]
    public void Parse_MessageWhoseBeginningIsLost_HasNoStateAfterItsText()
    {
        var outcome = Read(
            Created,
            Text("Hello"),
            """{"type":"response.output_item.done","sequence_number":40,"output_index":0,"item":{"id":"msg_1","type":"message","content":[{"type":"output_text","text":"Hello"}]}}""",
            Completed());

        Assert.Equal("Hello", outcome.Text);
        Assert.Empty(outcome.Opaque);
    }

    [Fact]
    public void Parse_DeltaAfterItsItemsEnd_IsAProtocolError() =>
        Read(
            Created,
            Message,
            """{"type":"response.output_item.done","sequence_number":2,"output_index":0,"item":{"id":"msg_1","type":"message","content":[]}}""",
            Text("late")).AssertBroken("went on after its end");

    [Fact]
    public void Parse_SummaryThatDiffersFromItsDeltas_IsNoError()
    {
        var outcome = Read(
            Created,
            """{"type":"response.reasoning_summary_text.delta","sequence_number":1,"item_id":"rs_1","output_index":0,"summary_index":0,"delta":"Hm,"}""",
            $$"""{"type":"response.output_item.done","sequence_number":2,"output_index":0,"item":{{ReasoningItem}}}""",
            Completed());

        Assert.Null(outcome.Error);
        Assert.Equal("Hm,\n\nThen é.", outcome.Reasoning);
        Assert.Equal(ReasoningItem, outcome.Opaque[0].Json);
    }

    private static string Text(string delta) => $$"""{"type":"response.output_text.delta","sequence_number":20,"item_id":"msg_1","output_index":0,"content_index":0,"delta":"{{delta}}"}""";

    private static string Arguments(string delta) => $$"""{"type":"response.function_call_arguments.delta","sequence_number":20,"item_id":"fc_1","output_index":0,"delta":"{{delta}}"}""";
}
