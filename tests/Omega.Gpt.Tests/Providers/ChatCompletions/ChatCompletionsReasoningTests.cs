using System.Text.Json.Nodes;
using Omega.Gpt.Tests.Providers.Http;
using static Omega.Gpt.Tests.Providers.ChatCompletions.ChatCompletionsFixtures;

namespace Omega.Gpt.Tests.Providers.ChatCompletions;

/// <summary>Reasoning as it is shown, and as it goes back with the next request.</summary>
public sealed class ChatCompletionsReasoningTests
{
    private const string Call = """{"index":0,"id":"x","function":{"name":"f","arguments":"{}"}}""";

    [Theory]
    [InlineData("reasoning_content")]
    [InlineData("reasoning")]
    public void Parse_ReasoningUnderEitherName_IsShownAndKeptUnderIt(string field)
    {
        var outcome = Read(Chunk($$"""{"{{field}}":"Hm \"é\" "}"""), Chunk($$"""{"{{field}}":"so."}"""), Text("Hi"), Finish(), Done);

        Assert.Equal("Hm \"é\" so.", outcome.Reasoning);
        Assert.Equal([new OpaquePart("test", "m", field, "\"Hm \\\"é\\\" so.\"")], outcome.Opaque);
    }

    [Fact]
    public void Parse_SameReasoningUnderSeveralNames_IsShownOnce()
    {
        var outcome = Read(
            Chunk("""{"reasoning":"Hm.","reasoning_content":"Hm.","reasoning_details":[{"type":"reasoning.text","text":"Hm.","index":0}]}"""),
            Finish(),
            Done);

        Assert.Equal("Hm.", outcome.Reasoning);
        Assert.Equal("reasoning_details", Assert.Single(outcome.Opaque).Kind);
    }

    [Fact]
    public void Parse_EmptyReasoningBeforeACall_IsKeptForTheServerThatDemandsIt()
    {
        Assert.Equal([new OpaquePart("test", "m", "reasoning_content", "\"\"")], Read(Chunk("""{"reasoning_content":""}"""), Calls(Call), Finish("tool_calls"), Done).Opaque);
        Assert.Empty(Read(Chunk("""{"reasoning_content":""}"""), Text("Hi"), Finish(), Done).Opaque);
        Assert.Empty(Read(Chunk("""{"reasoning_content":null}"""), Calls(Call), Finish("tool_calls"), Done).Opaque);
    }

    [Fact]
    public void Parse_FragmentsOfDetails_AreOneBlockEach()
    {
        var outcome = Read(
            Chunk("""{"reasoning_details":[{"type":"reasoning.text","text":"One \u0022","index":0,"format":null}]}"""),
            Chunk("""{"reasoning_details":[{"type":"reasoning.text","text":"two.","index":0,"format":"anthropic-claude-v1"}]}"""),
            Chunk("""{"reasoning_details":[{"type":"reasoning.text","signature":"sig+/=\u003d","index":0}]}"""),
            Chunk("""{"reasoning_details":[{"type":"reasoning.encrypted","data":"A","index":1},{"type":"reasoning.encrypted","data":"B","index":1}]}"""),
            Chunk("""{"reasoning_details":[{"type":"reasoning.text","text":"Three.","index":0}]}"""),
            Finish(),
            Done);

        Assert.Equal("One \"two.Three.", outcome.Reasoning);
        var state = Assert.Single(outcome.Opaque).Json;
        Assert.True(
            JsonNode.DeepEquals(
                JsonNode.Parse("""
                    [{"type":"reasoning.text","text":"One \"two.","index":0,"format":"anthropic-claude-v1","signature":"sig+/=="},
                     {"type":"reasoning.encrypted","data":"A","index":1},{"type":"reasoning.encrypted","data":"B","index":1},
                     {"type":"reasoning.text","text":"Three.","index":0}]
                    """),
                JsonNode.Parse(state)),
            state);
        Assert.Contains("sig+/=\\u003d", state, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_StepThatEndsWithCalls_GoesBackAsItCame()
    {
        const string Details = """[{"type":"reasoning.encrypted","data":"gA+/=\u003d","id":"rs_1","index":0}]""";
        var outcome = Read(
            Chunk($$"""{"reasoning_details":{{Details}},"content":"Look."}"""),
            Calls("""{"index":0,"id":"x","function":{"name":"f","arguments":"{}"},"extra_content":{"google":{"thought_signature":"S=="}}}"""),
            Finish("tool_calls"),
            Done);

        var result = new FunctionResultPart("t.1.0", "f", System.Text.Json.JsonElement.Parse("1"));
        var body = System.Text.Encoding.UTF8.GetString(Provider().WriteBody(Request(Message.User("Hi"), outcome.ToMessage(), Message.FunctionResults(result))));

        Assert.Contains($"\"reasoning_details\":{Details}", body, StringComparison.Ordinal);
        Assert.Contains("""
            {"role":"assistant","content":"Look.","reasoning_details":
            """, body, StringComparison.Ordinal);
        Assert.Contains(""" "function":{"name":"f","arguments":"{}"},"extra_content":{"google":{"thought_signature":"S=="}}} """.Trim(), body, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_CutAnswer_GivesNoState() =>
        Assert.Empty(WireReading.Read(Parser(), Stream(Chunk("""{"reasoning_content":"Hm."}"""), Finish())).Opaque);
}
