using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Omega.Gpt.Tests.Providers.Http;
using static Omega.Gpt.Tests.Providers.Anthropic.AnthropicFixtures;

namespace Omega.Gpt.Tests.Providers.Anthropic;

public sealed class AnthropicMessagesTests
{
    [Fact]
    public void WriteBody_SystemMessagesAnywhere_GoToTheFrontInTheirOrder()
    {
        var body = WireReading.Body(Provider(), Request(Message.System("One."), Message.User("Hi"), Message.System("Two."), Message.System(" ")));

        Assert.Equal("""[{"type":"text","text":"One."},{"type":"text","text":"Two."}]""", body["system"]!.ToJsonString());
        Assert.Single(body["messages"]!.AsArray());
    }

    [Fact]
    public void WriteBody_NeighboursOfOneRole_AreMerged() => AssertMessages(
        """
        [{"role":"user","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]},
         {"role":"assistant","content":[{"type":"text","text":"c"},{"type":"text","text":"d"}]},
         {"role":"user","content":[{"type":"text","text":"e"}]}]
        """,
        Message.User("a"), Message.System("between"), Message.User("b"), Message.Assistant("c"), Message.Assistant("d"), Message.User("e"));

    [Fact]
    public void WriteBody_HistoryThatBeginsWithTheModel_GetsAnOpening() => AssertMessages(
        """
        [{"role":"user","content":[{"type":"text","text":"(The conversation begins.)"}]},
         {"role":"assistant","content":[{"type":"text","text":"Hello, I am Omega."}]},
         {"role":"user","content":[{"type":"text","text":"Hi"}]}]
        """,
        Message.Assistant("Hello, I am Omega."), Message.User("Hi"));

    [Fact]
    public void WriteBody_NothingToAnswer_IsRefused()
    {
        var error = Assert.Throws<GptException>(() => Provider().WriteBody(Request(Message.System("Be brief."), Message.User(" "))));

        Assert.Equal((GptErrorKind.BadRequest, GptPhase.Request), (error.Kind, error.Phase));
    }

    [Fact]
    public void WriteBody_CallsAndResults_PairUpWithResultsFirst() => AssertMessages(
        """
        [{"role":"user","content":[{"type":"text","text":"Hi"}]},
         {"role":"assistant","content":[
           {"type":"text","text":"I look."},
           {"type":"tool_use","id":"t_1_0","name":"f","input":{ "a": 1.50 }},
           {"type":"tool_use","id":"t_1_2","name":"h","input":{}}]},
         {"role":"user","content":[
           {"type":"tool_result","tool_use_id":"t_1_0","content":"sunny"},
           {"type":"tool_result","tool_use_id":"t_1_2","content":"{\"ok\":false}","is_error":true},
           {"type":"text","text":"And?"},
           {"type":"text","text":"Quick!"}]}]
        """,
        Message.User("Hi"),
        Answer(
            new TextPart("I look."),
            new FunctionCallPart("t.1.0", "f", "{ \"a\": 1.50 }"),
            new FunctionCallPart("t.1.1", "g", "{}"),
            new FunctionCallPart("t.1.2", "h", "")),
        Message.User("And?"),
        Message.FunctionResults(
            new FunctionResultPart("t.1.0", "f", JsonElement.Parse("\"sunny\"")),
            new FunctionResultPart("t.1.2", "h", JsonElement.Parse("""{ "ok": false }""")) { IsError = true },
            new FunctionResultPart("t.9.9", "x", JsonElement.Parse("1"))),
        Message.User("Quick!"));

    [Fact]
    public void WriteBody_Input_IsTheArgumentsTextItself()
    {
        const string Arguments = """{"n": 1.50, "n2":1E2,  "é":"\u00e9"}""";
        var body = Encoding.UTF8.GetString(Provider().WriteBody(Request(
            Message.User("Hi"), Answer(new FunctionCallPart("t.1.0", "f", Arguments)), Message.FunctionResults(new FunctionResultPart("t.1.0", "f", JsonElement.Parse("1"))))));

        Assert.Contains($"\"input\":{Arguments}", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[1]")]
    [InlineData("{\"a\":")]
    [InlineData("{} {}")]
    public void WriteBody_ArgumentsThatAreNoObjectButWereAnswered_ShowTheModelWhatItWrote(string arguments)
    {
        var body = WireReading.Body(Provider(), Request(
            Message.User("Hi"), Answer(new FunctionCallPart("t.1.0", "f", arguments)), Message.FunctionResults(new FunctionResultPart("t.1.0", "f", JsonElement.Parse("\"no\"")) { IsError = true })));

        Assert.Equal(arguments, body["messages"]![1]!["content"]![0]!["input"]!["invalid_arguments"]!.GetValue<string>());
    }

    [Fact]
    public void WriteBody_InterruptedCall_IsNotSent() => AssertMessages(
        """
        [{"role":"user","content":[{"type":"text","text":"Hi"},{"type":"text","text":"Again"}]}]
        """,
        Message.User("Hi"),
        Answer(new OpaquePart("anthropic", "claude-sonnet-4-5", "thinking", Thinking), new FunctionCallPart("t.1.0", "f", "{\"a\":")) with { State = MessageState.Interrupted },
        Message.User("Again"));

    [Fact]
    public void WriteBody_OwnThinking_GoesBackVerbatimAndInPlace()
    {
        const string Raw = """{"type":"thinking",  "thinking":"\u00e9","signature":"a\u002b="}""";
        var body = Provider().WriteBody(Request(
            Message.User("Hi"),
            Answer(
                new OpaquePart("anthropic", "claude-sonnet-4-5", "thinking", Raw),
                new ReasoningPart("é"),
                new OpaquePart("anthropic", "claude-sonnet-4-5", "redacted_thinking", Redacted),
                new TextPart("\n\n"),
                new OpaquePart("anthropic", "claude-sonnet-4", "thinking", """{"type":"thinking","thinking":"other model"}"""),
                new OpaquePart("bedrock", "claude-sonnet-4-5", "thinking", """{"type":"thinking","thinking":"other provider"}"""),
                new OpaquePart("anthropic", "claude-sonnet-4-5", "thinking", """{"type":"""),
                new TextPart("A"),
                new OpaquePart("anthropic", "claude-sonnet-4-5", "thinking", """{"type":"thinking","thinking":"leads to nothing"}""")),
            Message.User("B")));

        Assert.Contains($$"""[{{Raw}},{{Redacted}},{"type":"text","text":"A"}]""", Encoding.UTF8.GetString(body), StringComparison.Ordinal);
    }

    [Fact]
    public void WriteBody_Refusal_IsText() => AssertMessages(
        """
        [{"role":"user","content":[{"type":"text","text":"Hi"}]},{"role":"assistant","content":[{"type":"text","text":"No."}]},{"role":"user","content":[{"type":"text","text":"Why?"}]}]
        """,
        Message.User("Hi"), Answer(new RefusalPart("No.")), Message.User("Why?"));

    [Fact]
    public void WriteBody_ImagesAndFiles_AsBlocks() => AssertMessages(
        """
        [{"role":"user","content":[
          {"type":"text","text":"See"},
          {"type":"image","source":{"type":"url","url":"https://x.test/a.png"}},
          {"type":"image","source":{"type":"base64","media_type":"image/png","data":"AQID"}},
          {"type":"image","source":{"type":"base64","media_type":"image/webp","data":"AQ=="}},
          {"type":"document","source":{"type":"url","url":"https://x.test/a.pdf"}},
          {"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"BAU="},"title":"b.pdf"},
          {"type":"document","source":{"type":"text","media_type":"text/plain","data":"a,b\né"},"title":"c.csv"}]}]
        """,
        Message.User(
            "See",
            new ImagePart { Url = "https://x.test/a.png" },
            new ImagePart { Data = new byte[] { 1, 2, 3 }, MediaType = "image/png" },
            new FilePart { Data = new byte[] { 1 }, MediaType = "image/webp", Name = "d.webp" },
            new FilePart { Url = "https://x.test/a.pdf" },
            new FilePart { Data = new byte[] { 4, 5 }, MediaType = "application/pdf", Name = "b.pdf" },
            new FilePart { Data = Encoding.UTF8.GetBytes("a,b\né"), MediaType = "text/csv", Name = "c.csv" }));

    [Theory]
    [InlineData("application/zip", "application/zip")]
    [InlineData(null, "media type")]
    public void WriteBody_FileItDoesNotTake_IsRefused(string? mediaType, string named)
    {
        var error = Assert.Throws<GptException>(() => Provider().WriteBody(Request(Message.User("See", new FilePart { Data = new byte[] { 1 }, MediaType = mediaType }))));

        Assert.Equal((GptErrorKind.BadRequest, GptPhase.Request), (error.Kind, error.Phase));
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    private static void AssertMessages(string expected, params Message[] messages)
    {
        var actual = WireReading.Body(Provider(), Request(messages))["messages"];
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), $"The messages are {actual}");
    }
}
