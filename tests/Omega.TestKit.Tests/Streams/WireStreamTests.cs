using System.Text;
using System.Text.Json.Nodes;

namespace Omega.TestKit.Tests;

public sealed class WireStreamTests
{
    private static string Text(WireStream stream) => Encoding.UTF8.GetString(stream.Bytes);

    [Fact]
    public void Chat_Text_RoleFirstThenOneEventAPiece()
    {
        var stream = ChatCompletionsStream.Create("m", "id").Text("a", "b");

        Assert.Equal(3, stream.Chunks.Count);
        Assert.Equal(
            """
            data: {"id":"id","object":"chat.completion.chunk","created":1760000000,"model":"m","service_tier":"default","system_fingerprint":"fp_test","choices":[{"index":0,"delta":{"content":"b"},"logprobs":null,"finish_reason":null}],"usage":null}


            """.ReplaceLineEndings("\n"),
            Encoding.UTF8.GetString(stream.Chunks[2]));
        Assert.Contains("\"role\":\"assistant\"", Encoding.UTF8.GetString(stream.Chunks[0]), StringComparison.Ordinal);
        Assert.Null(stream.TerminalLength);
    }

    [Fact]
    public void Chat_ReasoningDetails_SentByteForByte()
    {
        const string Json = """[{"type" : "reasoning.text","text":"\u0041\/","signature":null, "n":1.50}]""";

        var stream = ChatCompletionsStream.Create().ReasoningDetails(Json);

        Assert.Contains($$""" "delta":{"reasoning_details":{{Json}}} """.Trim(), Text(stream), StringComparison.Ordinal);
    }

    [Fact]
    public void Escaped_BeyondAscii_OnlyAsciiBytes()
    {
        var plain = ChatCompletionsStream.Create().Text("ż😀");
        var escaped = ChatCompletionsStream.Create().Escaped().Text("ż😀");

        Assert.Contains("ż", Text(plain), StringComparison.Ordinal);
        Assert.All(escaped.Bytes, value => Assert.True(value < 128));
        Assert.Contains("""\u017C\uD83D\uDE00""", Text(escaped), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void LinesEndWith_Each_NoOtherLineEnd(string newLine)
    {
        var text = Text(AnthropicStream.Create().LinesEndWith(newLine).Comment("hm").Text("a").Event("one\ntwo", "odd").Done());

        Assert.Contains($": hm{newLine}{newLine}", text, StringComparison.Ordinal);
        Assert.Contains($"event: odd{newLine}data: one{newLine}data: two{newLine}{newLine}", text, StringComparison.Ordinal);
        Assert.Equal("", text.Split(newLine)[^1]);
        Assert.DoesNotContain(text.Replace(newLine, "", StringComparison.Ordinal), character => character is '\r' or '\n');
    }

    [Fact]
    public void Steps_WaitsBetween_AreNotPartOfTheBytes()
    {
        var gate = new Gate();
        var stream = ResponsesStream.Create().Text("a").Wait(gate).Delay(TimeSpan.FromSeconds(1)).Complete();

        Assert.Equal(stream.Chunks.Count + 2, stream.Steps.Count);
        Assert.Equal(stream.Bytes.Length, stream.Chunks.Sum(chunk => chunk.Length));
        Assert.Equal(stream.Bytes.Length, stream.TerminalLength);
        Assert.Equal(stream.Bytes.Length, Reply.Stream(stream).BodyLength);
    }

    [Fact]
    public void TerminalLength_MoreAfterIt_IsWhereTheTerminalEventEnds()
    {
        var stream = ChatCompletionsStream.Create().Text("a").Finish("stop").Done();
        var length = stream.Bytes.Length;

        stream.Comment("bye").Event("[DONE]");

        Assert.Equal(length, stream.TerminalLength);
        Assert.EndsWith("[DONE]\n\n", Encoding.UTF8.GetString(stream.Bytes.AsSpan(..length)), StringComparison.Ordinal);
    }

    [Fact]
    public void Responses_Items_AddedAndDoneWithTheirIndexesAndRepeatedAtTheEnd()
    {
        var stream = ResponsesStream.Create().Reasoning("rs_1", "gA==", "Hm.").Message("final_answer", "a", "b").Call("call_1", "f", "{", "}").Complete(1, 2);
        var events = Text(stream).Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(text => JsonNode.Parse(text[(text.IndexOf("data: ", StringComparison.Ordinal) + 6)..])!).ToArray();

        Assert.Equal(
            [
                "response.created", "response.in_progress",
                "response.output_item.added", "response.reasoning_summary_part.added", "response.reasoning_summary_text.delta",
                "response.reasoning_summary_text.done", "response.reasoning_summary_part.done", "response.output_item.done",
                "response.output_item.added", "response.content_part.added", "response.output_text.delta", "response.output_text.delta",
                "response.output_text.done", "response.content_part.done", "response.output_item.done",
                "response.output_item.added", "response.function_call_arguments.delta", "response.function_call_arguments.delta",
                "response.function_call_arguments.done", "response.output_item.done",
                "response.completed",
            ],
            events.Select(node => (string)node["type"]!));
        Assert.Equal(Enumerable.Range(0, events.Length), events.Select(node => (int)node["sequence_number"]!));
        var done = events.Where(node => (string)node["type"]! == "response.output_item.done").ToArray();
        Assert.Equal([0, 1, 2], done.Select(node => (int)node["output_index"]!));
        Assert.Equal(
            done.Select(node => node["item"]!.ToJsonString()),
            events[^1]["response"]!["output"]!.AsArray().Select(node => node!.ToJsonString()));
        Assert.Equal(done.Select(node => node["item"]!.ToJsonString()), stream.Output.Select(item => item.ToJsonString()));
        Assert.Equal(3, (int)events[^1]["response"]!["usage"]!["total_tokens"]!);
    }

    [Fact]
    public void Anthropic_Blocks_StartDeltaStopInOrder()
    {
        var stream = AnthropicStream.Create().Thinking("sig", "H", "m").RedactedThinking("data").ToolUse("toolu_1", "f", "{\"a\":", "1}").Finish("tool_use").Done();

        Assert.Equal(
            [
                "message_start",
                "content_block_start", "content_block_delta", "content_block_delta", "content_block_delta", "content_block_stop",
                "content_block_start", "content_block_stop",
                "content_block_start", "content_block_delta", "content_block_delta", "content_block_delta", "content_block_stop",
                "message_delta", "message_stop",
            ],
            stream.Chunks.Select(chunk => Encoding.UTF8.GetString(chunk).Split('\n')[0]["event: ".Length..]));
        Assert.Equal(
            ["""{"type":"thinking","thinking":"Hm","signature":"sig"}""", """{"type":"redacted_thinking","data":"data"}""", """{"type":"tool_use","id":"toolu_1","name":"f","input":{"a":1}}"""],
            stream.Content.Select(block => block.ToJsonString()));
    }
}
