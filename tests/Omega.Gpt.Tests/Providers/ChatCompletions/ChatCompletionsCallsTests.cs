using Omega.Gpt.Providers;
using static Omega.Gpt.Tests.Providers.ChatCompletions.ChatCompletionsFixtures;

namespace Omega.Gpt.Tests.Providers.ChatCompletions;

/// <summary>Calls as the servers write them, each in its own way.</summary>
public sealed class ChatCompletionsCallsTests
{
    [Fact]
    public void Parse_EmptyNameInLaterPieces_ChangesNothing() => AssertCalls(
        [("f", "{\"a\":1}")],
        """{"index":0,"id":"x","function":{"name":"f","arguments":"{\"a\""}}""",
        """{"index":0,"id":"","function":{"name":"","arguments":":1}"}}""",
        """{"index":0,"id":null,"function":{"name":null,"arguments":""}}""");

    [Fact]
    public void Parse_AllCallsAtIndexZeroWithIdsOfTheirOwn_AreSeveralCalls() => AssertCalls(
        [("f", "{\"a\":1}"), ("f", "{\"a\":2}"), ("g", "{}")],
        """{"index":0,"id":"x","function":{"name":"f","arguments":"{\"a\":1}"}}""",
        """{"index":0,"id":"y","function":{"name":"f","arguments":"{\"a\":"}}""",
        """{"index":0,"function":{"arguments":"2}"}}""",
        """{"index":0,"id":"z","function":{"name":"g","arguments":"{}"}}""");

    [Fact]
    public void Parse_PiecesOfSeveralIdsUnderOneIndex_GoToTheirIds() => AssertCalls(
        [("f", "{\"a\":1}"), ("g", "{\"b\":2}")],
        """{"index":0,"id":"x","function":{"name":"f","arguments":"{\"a\":"}}""",
        """{"index":0,"id":"y","function":{"name":"g","arguments":"{\"b\":"}}""",
        """{"index":0,"id":"x","function":{"arguments":"1}"}}""",
        """{"index":0,"id":"y","function":{"arguments":"2}"}}""");

    [Fact]
    public void Parse_MissingIndex_GoesById() => AssertCalls(
        [("f", "{\"a\":1}"), ("g", "{\"b\":2}")],
        """{"id":"x","function":{"name":"f","arguments":"{\"a\":"}}""",
        """{"function":{"arguments":"1}"}}""",
        """{"id":"y","function":{"name":"g","arguments":"{\"b\":2}"}}""");

    [Fact]
    public void Parse_NeitherIndexNorId_WholeCallsFollowEachOther() => AssertCalls(
        [("f", "{\"a\":1}"), ("f", "{\"a\":2}"), ("g", "{}")],
        """{"function":{"name":"f","arguments":"{\"a\":1}"}}""",
        """{"function":{"name":"f","arguments":"{\"a\":2}"}}""",
        """{"function":{"name":"g","arguments":"{}"}}""");

    [Fact]
    public void Parse_NewIdForEachPieceOfOneCall_IsOneCall() => AssertCalls(
        [("f", "{\"a\":1}")],
        """{"index":0,"id":"x1","function":{"name":"f","arguments":"{\"a\":"}}""",
        """{"index":0,"id":"x2","function":{"arguments":"1}"}}""");

    [Fact]
    public void Parse_NameRepeatedInEachPiece_IsOneCall() => AssertCalls(
        [("f", "{\"a\":1}")],
        """{"index":0,"id":"x","function":{"name":"f","arguments":"{\"a\":"}}""",
        """{"index":0,"id":"x","function":{"name":"f","arguments":"1}"}}""");

    [Fact]
    public void Parse_ArgumentsAsAnObject_AreItsText() => AssertCalls(
        [("f", "{\"a\": [1, {\"b\":\"}\"}]}")],
        """{"index":0,"id":"x","function":{"name":"f","arguments":{"a": [1, {"b":"}"}]}}}""");

    [Fact]
    public void Parse_NameAfterItsArguments_LosesNone() => AssertCalls(
        [("f", "{\"a\":1}")],
        """{"index":0,"id":"x","function":{"arguments":"{\"a\":"}}""",
        """{"index":0,"function":{"arguments":"1"}}""",
        """{"index":0,"function":{"name":"f"}}""",
        """{"index":0,"function":{"arguments":"}"}}""");

    [Fact]
    public void Parse_IndicesThatBeginAnywhere_AreCountedFromZero() => AssertCalls(
        [("f", "{}"), ("g", "{\"b\":1}")],
        """{"index":3,"id":"x","function":{"name":"f","arguments":"{}"}}""",
        """{"index":1,"id":"y","function":{"name":"g","arguments":"{\"b\":"}}""",
        """{"index":1,"function":{"arguments":"1}"}}""");

    [Fact]
    public void Parse_SeveralCallsInOneChunk_AreAllRead()
    {
        var outcome = Read(
            Calls("""{"index":0,"id":"x","function":{"name":"f","arguments":"{}"}}""", "7", """{"index":1,"id":"y","function":{"name":"g","arguments":"{}"}}"""),
            Finish("tool_calls"),
            Done);

        Assert.Equal([("f", "{}"), ("g", "{}")], outcome.Calls);
    }

    [Fact]
    public void Parse_OldFunctionCall_IsACall()
    {
        var outcome = Read(
            Chunk("""{"role":"assistant","content":null,"function_call":{"name":"f","arguments":""}}"""),
            Chunk("""{"function_call":{"arguments":"{\"a\":"}}"""),
            Chunk("""{"function_call":{"arguments":"1}"}}"""),
            Finish("function_call"),
            Done);

        Assert.Equal([("f", "{\"a\":1}")], outcome.Calls);
        Assert.Equal(new FinishedDelta(FinishReason.FunctionCalls, "function_call"), outcome.Finished);
    }

    [Fact]
    public void Parse_TextAndCallOfOneChunk_KeepTheirOrder()
    {
        var outcome = Read(
            Chunk("""{"content":"Look.","tool_calls":[{"index":0,"id":"x","function":{"name":"f","arguments":"{}"}}],"reasoning":null}"""),
            Finish("tool_calls"),
            Done);

        Assert.Equal(
            [new TextDelta("Look."), new CallStartedDelta(0, "f"), new CallArgumentsDelta(0, "{}")],
            outcome.Deltas.Skip(1).Take(3));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[null,7,\"x\"]")]
    [InlineData("[]")]
    public void Parse_NothingAsCalls_IsNoCall(string calls)
    {
        var outcome = Read(Chunk($$"""{"tool_calls":{{calls}},"function_call":null}"""), Finish(), Done);

        Assert.Null(outcome.Error);
        Assert.Empty(outcome.Calls);
    }

    [Theory]
    [InlineData("""{"index":0,"id":"x","function":{"arguments":"{}"}}""")]
    [InlineData("""{"index":0,"id":"x","type":"function"}""")]
    public void Parse_CallThatNeverGetsAName_IsAProtocolError(string call)
    {
        var outcome = Read(Calls(call), Finish("tool_calls"), Done);

        outcome.AssertBroken("function call that has no name");
        Assert.Empty(outcome.Calls);
    }

    [Fact]
    public void Parse_ExtraOfACall_IsKeptWithItsIndexToTheByte()
    {
        const string Extra = """{"google": {"thought_signature":"\u0041+/="}}""";
        var outcome = Read(
            Calls(
                """{"index":0,"id":"x","function":{"name":"f","arguments":"{}"},"extra_content":null}""",
                $$$"""{"extra_content":{{{Extra}}},"index":1,"id":"y","function":{"name":"g","arguments":"{}"}}"""),
            Finish("tool_calls"),
            Done);

        Assert.Equal([new OpaquePart("test", "m", "tool_call_extra", $$$"""{"index":1,"extra_content":{{{Extra}}}}""")], outcome.Opaque);
    }

    private static void AssertCalls((string Name, string Arguments)[] expected, params string[] pieces)
    {
        var outcome = Read([.. pieces.Select(piece => Calls(piece)), Finish("tool_calls"), Done]);

        Assert.Null(outcome.Error);
        Assert.Equal(expected, outcome.Calls);
        Assert.Equal(Enumerable.Range(0, expected.Length), outcome.Deltas.OfType<CallStartedDelta>().Select(call => call.Index));
    }
}
