using System.Text.Json;
using Omega.Gpt.Providers;
using Omega.Gpt.Tests.Providers.Http;
using static Omega.Gpt.Tests.Providers.ChatCompletions.ChatCompletionsFixtures;

namespace Omega.Gpt.Tests.Providers.ChatCompletions;

public sealed class ChatCompletionsMessagesTests
{
    private static readonly FunctionCallPart Price = new("t.1.0", "get_price", """{"symbol":"BTC"}""");
    private static readonly FunctionCallPart News = new("t.1.1", "get_news", "");
    private static readonly FunctionResultPart PriceResult = new("t.1.0", "get_price", JsonElement.Parse("""{ "usd" : 1.50 }"""));
    private static readonly FunctionResultPart NewsResult = new("t.1.1", "get_news", JsonElement.Parse("\"none \\u00e9\""));

    [Fact]
    public void WriteBody_Roles_AreSentInOrder() => AssertMessages(
        """
        [{"role":"system","content":"Be brief."},{"role":"user","content":"Hi"},{"role":"assistant","content":"Hello."},{"role":"user","content":"Again"}]
        """,
        Message.System("Be brief."),
        Message.User("Hi"),
        Answer(new ReasoningPart("They greet."), new TextPart("Hel"), new TextPart("lo.")),
        Message.User("Again"));

    [Fact]
    public void WriteBody_ImagesAndFiles_AreSentInTheirForms() => AssertMessages(
        """
        [{"role":"user","content":[
          {"type":"text","text":"What is this?"},
          {"type":"image_url","image_url":{"url":"data:image/png;base64,AQID","detail":"low"}},
          {"type":"image_url","image_url":{"url":"https://example.invalid/a.png"}},
          {"type":"file","file":{"filename":"a.pdf","file_data":"data:application/pdf;base64,/w=="}},
          {"type":"file","file":{"filename":"file","file_data":"https://example.invalid/b.pdf"}}]}]
        """,
        Message.User(
            "What is this?",
            new ImagePart { Data = new byte[] { 1, 2, 3 }, MediaType = "image/png", Detail = "low" },
            new ImagePart { Url = "https://example.invalid/a.png" },
            new FilePart { Data = new byte[] { 255 }, MediaType = "application/pdf", Name = "a.pdf" },
            new FilePart { Url = "https://example.invalid/b.pdf" }));

    public static TheoryData<string> Unsendable => ["image without type", "image without anything", "file by URL at OpenAI", "call of a user", "image of the system"];

    [Theory]
    [MemberData(nameof(Unsendable))]
    public void WriteBody_PartThatTheWireCannotCarry_IsRefused(string which)
    {
        var message = which switch
        {
            "image without type" => Message.User("x", new ImagePart { Data = new byte[] { 1 } }),
            "image without anything" => Message.User("x", new ImagePart()),
            "file by URL at OpenAI" => Message.User("x", new FilePart { Url = "https://example.invalid/b.pdf", Name = "b.pdf" }),
            "call of a user" => Message.User("x", Price),
            _ => new Message { Role = Role.System, Parts = [new ImagePart { Url = "https://example.invalid/a.png" }] },
        };

        var error = Assert.Throws<GptException>(() => Provider(isOpenAI: true).WriteBody(Request(message)));

        Assert.Equal((GptErrorKind.BadRequest, GptPhase.Request), (error.Kind, error.Phase));
    }

    [Fact]
    public void WriteBody_CallsAndResults_AreMappedAndSentTogether() => AssertMessages(
        """
        [{"role":"user","content":"Hi"},
         {"role":"assistant","content":"Looking.","tool_calls":[
           {"id":"t_1_0","type":"function","function":{"name":"get_price","arguments":"{\"symbol\":\"BTC\"}"}},
           {"id":"t_1_1","type":"function","function":{"name":"get_news","arguments":"{}"}}]},
         {"role":"tool","tool_call_id":"t_1_0","content":"{\"usd\":1.50}"},
         {"role":"tool","tool_call_id":"t_1_1","content":"none é"}]
        """,
        Message.User("Hi"),
        Answer(new TextPart("Looking."), Price, News),
        Message.FunctionResults(PriceResult, NewsResult));

    [Fact]
    public void WriteBody_CallsWithoutResultsAndResultsWithoutCalls_AreNotSent() => AssertMessages(
        """
        [{"role":"user","content":"Hi"},
         {"role":"assistant","content":null,"tool_calls":[{"id":"t_1_1","type":"function","function":{"name":"get_news","arguments":"{}"}}]},
         {"role":"tool","tool_call_id":"t_1_1","content":"none é"}]
        """,
        Message.FunctionResults(PriceResult),
        Message.User("Hi"),
        Answer(Price, News),
        Message.FunctionResults(NewsResult, new FunctionResultPart("t.9.9", "lost", JsonElement.Parse("1"))),
        Answer(new FunctionCallPart("t.2.0", "get_price", "{\"symbol\":")));

    [Fact]
    public void WriteBody_ResultBehindALaterMessage_GoesRightBehindItsCall() => AssertMessages(
        """
        [{"role":"assistant","content":null,"tool_calls":[{"id":"t_1_1","type":"function","function":{"name":"get_news","arguments":"{}"}}]},
         {"role":"tool","tool_call_id":"t_1_1","content":"none é"},
         {"role":"user","content":"Wait"}]
        """,
        Answer(News),
        Message.User("Wait"),
        Message.FunctionResults(NewsResult));

    [Fact]
    public void WriteBody_IdsOfMistral_HaveNineCharactersOnBothSides()
    {
        var body = WireReading.Body(Provider(ids: CallIdStyle.NineAlphanumeric), Request(Answer(Price), Message.FunctionResults(PriceResult)))["messages"]!;

        var id = body[0]!["tool_calls"]![0]!["id"]!.GetValue<string>();
        Assert.Matches("^[A-Za-z0-9]{9}$", id);
        Assert.Equal(id, body[1]!["tool_call_id"]!.GetValue<string>());
    }

    [Fact]
    public void WriteBody_MessagesWithNothingToSend_AreLeftOut() => AssertMessages(
        """[{"role":"user","content":"Hi"}]""",
        new Message { Role = Role.User, Parts = [] },
        new Message { Role = Role.User, Parts = [new UnknownPart("hologram", JsonElement.Parse("""{"type":"hologram"}"""))] },
        new Message { Role = Role.User, Parts = [PriceResult] },
        Message.System(""),
        Answer(new ReasoningPart("Hm.")),
        Answer(),
        new Message { Role = Role.User, Parts = [new TextPart("Hi"), new OpaquePart("test", "m", "x", "{}")] });

    [Theory]
    [InlineData(true, """[{"role":"assistant","content":null,"refusal":"No."}]""")]
    [InlineData(false, """[{"role":"assistant","content":"No."}]""")]
    public void WriteBody_Refusal_IsAFieldOfItsOwnAtOpenAIAlone(bool isOpenAI, string expected) =>
        Assert.Equal(expected, WireReading.Body(Provider(isOpenAI), Request(Answer(new RefusalPart("No."))))["messages"]!.ToJsonString());

    [Theory]
    [InlineData("reasoning_content", "\"a\\u0062 \\/ é\"")]
    [InlineData("reasoning", "\"\"")]
    [InlineData("reasoning_details", """[{"type":"reasoning.encrypted","data":"gA+/=\u003d", "index":0}]""")]
    public void WriteBody_StateOfTheSameModel_GoesBackToTheByte(string kind, string json)
    {
        Assert.Contains($"\"{kind}\":{json}", Body("test", "m"), StringComparison.Ordinal);
        Assert.DoesNotContain(kind, Body("other", "m"), StringComparison.Ordinal);
        Assert.DoesNotContain(kind, Body("test", "m2"), StringComparison.Ordinal);

        string Body(string provider, string model) =>
            System.Text.Encoding.UTF8.GetString(Provider().WriteBody(Request(Answer(new OpaquePart(provider, model, kind, json), new TextPart("Ho")))));
    }

    [Theory]
    [InlineData("test", "m", true)]
    [InlineData("test", "m2", false)]
    [InlineData("other", "m", false)]
    public void WriteBody_ExtraOfACall_GoesBackWithThatCallOfTheSameModel(string provider, string model, bool isSent)
    {
        const string Extra = """{"google": {"thought_signature":"\u0041+/="}}""";
        var opaque = new OpaquePart(provider, model, "tool_call_extra", $$$"""{"index":1,"extra_content":{{{Extra}}}}""");
        var text = System.Text.Encoding.UTF8.GetString(Provider().WriteBody(Request(Answer(Price, News, opaque), Message.FunctionResults(PriceResult, NewsResult))));

        var at = text.IndexOf($"\"extra_content\":{Extra}", StringComparison.Ordinal);
        Assert.Equal(isSent, at > text.IndexOf("get_news", StringComparison.Ordinal));
        Assert.Equal(isSent, text.Contains("thought_signature", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("reasoning_content", "{")]
    [InlineData("tool_call_extra", "[]")]
    [InlineData("tool_call_extra", "{\"index\":\"x\",\"extra_content\":1}")]
    public void WriteBody_StateThatIsBroken_IsRefusedByItsKind(string kind, string json)
    {
        var error = Assert.Throws<GptException>(() => Provider().WriteBody(Request(Answer(News, new OpaquePart("test", "m", kind, json)), Message.FunctionResults(NewsResult))));

        Assert.Equal(GptErrorKind.BadRequest, error.Kind);
        Assert.Contains(kind, error.Message, StringComparison.Ordinal);
    }

    private static void AssertMessages(string expected, params Message[] messages)
    {
        var actual = WireReading.Body(Provider(), Request(messages))["messages"];
        Assert.True(System.Text.Json.Nodes.JsonNode.DeepEquals(System.Text.Json.Nodes.JsonNode.Parse(expected), actual), $"The messages are {actual}");
    }
}
