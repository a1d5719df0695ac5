using System.Text.Json;
using System.Text.Json.Nodes;
using Omega.Gpt.Tests.Providers.Http;
using static Omega.Gpt.Tests.Providers.Responses.ResponsesFixtures;

namespace Omega.Gpt.Tests.Providers.Responses;

public sealed class ResponsesInputTests
{
    private const string Encrypted = """{"id":"rs_1",  "type":"reasoning","summary":[],"encrypted_content":"gA\u003d+/"}""";

    [Fact]
    public void Write_SystemMessages_StayWhereTheyAre() => AssertInput(
        """
        [{"type":"message","role":"system","content":[{"type":"input_text","text":"Be brief."}]},
         {"type":"message","role":"user","content":[{"type":"input_text","text":"Hi"}]},
         {"type":"message","role":"system","content":[{"type":"input_text","text":"Now be long."}]}]
        """,
        Message.System("Be brief."), Message.User("Hi"), Message.System("Now be long."));

    [Fact]
    public void Write_ImagesAndFiles_AsUrlsOrData() => AssertInput(
        """
        [{"type":"message","role":"user","content":[
          {"type":"input_text","text":"See"},
          {"type":"input_image","image_url":"https://x.test/a.png","detail":"low"},
          {"type":"input_image","image_url":"data:image/png;base64,AQID","detail":"auto"},
          {"type":"input_file","file_url":"https://x.test/a.pdf"},
          {"type":"input_file","filename":"b.pdf","file_data":"data:application/pdf;base64,BAU="}]}]
        """,
        Message.User(
            "See",
            new ImagePart { Url = "https://x.test/a.png", Detail = "low" },
            new ImagePart { Data = new byte[] { 1, 2, 3 }, MediaType = "image/png" },
            new FilePart { Url = "https://x.test/a.pdf" },
            new FilePart { Data = new byte[] { 4, 5 }, MediaType = "application/pdf", Name = "b.pdf" }));

    [Fact]
    public void Write_ImageWithNothingInIt_IsRefused()
    {
        var error = Assert.Throws<GptException>(() => Provider().WriteBody(Request(Message.User("See", new ImagePart { Data = new byte[] { 1 } }))));

        Assert.Equal((GptErrorKind.BadRequest, GptPhase.Request), (error.Kind, error.Phase));
        Assert.Contains("image", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_AnswerOfAnotherModel_IsPlainTextWithoutItsStateOrReasoning() => AssertInput(
        """
        [{"type":"message","role":"user","content":[{"type":"input_text","text":"Hi"}]},
         {"type":"message","role":"assistant","content":"One two."},
         {"type":"message","role":"assistant","content":"Three."}]
        """,
        Message.User("Hi"),
        Answer(
            new ReasoningPart("hm"),
            new OpaquePart("anthropic", "gpt-5.9", "thinking", "{}"),
            new TextPart("One "),
            new TextPart("two."),
            new OpaquePart("openai", "gpt-5.8", "message", """{"id":"msg_1"}"""),
            new TextPart("Three."),
            new OpaquePart("openai", "gpt-5.8", "reasoning", Encrypted)));

    [Fact]
    public void Write_OwnState_GoesBackVerbatimAndInPlace()
    {
        var body = Provider().WriteBody(Request(
            Message.User("Hi"),
            Answer(
                new OpaquePart("openai", "gpt-5.9", "reasoning", Encrypted),
                new OpaquePart("openai", "gpt-5.9", "message", """{"id":"msg_1","phase":"commentary"}"""),
                new TextPart("I look."),
                new FunctionCallPart("t.1.0", "get_weather", "{\"a\":1}")),
            Message.FunctionResults(Result("t.1.0", "\"sunny\""))));

        Assert.Contains(Encrypted, System.Text.Encoding.UTF8.GetString(body), StringComparison.Ordinal);
        AssertSame(
            $$"""
            [{"type":"message","role":"user","content":[{"type":"input_text","text":"Hi"}]},
             {{Encrypted}},
             {"type":"message","role":"assistant","id":"msg_1","status":"completed","phase":"commentary","content":[{"type":"output_text","text":"I look.","annotations":[],"logprobs":[]}]},
             {"type":"function_call","call_id":"t_1_0","name":"get_weather","arguments":"{\"a\":1}"},
             {"type":"function_call_output","call_id":"t_1_0","output":"sunny"}]
            """,
            JsonNode.Parse(body)!["input"]!);
    }

    [Fact]
    public void Write_TextAfterACall_HasNoIdOfTheTextBefore() => AssertInput(
        """
        [{"type":"message","role":"assistant","id":"msg_1","status":"completed","content":[{"type":"output_text","text":"A","annotations":[],"logprobs":[]}]},
         {"type":"function_call","call_id":"t_1_0","name":"f","arguments":"{}"},
         {"type":"message","role":"assistant","content":"B"},
         {"type":"function_call_output","call_id":"t_1_0","output":"1"}]
        """,
        Answer(new OpaquePart("openai", "gpt-5.9", "message", """{"id":"msg_1"}"""), new TextPart("A"), new FunctionCallPart("t.1.0", "f", ""), new TextPart("B")),
        Message.FunctionResults(Result("t.1.0", "1")));

    [Fact]
    public void Write_ReasoningWithoutEncryptedContentAtOpenAI_IsLeftOutAndItsMessageHasNoId() => AssertInput(
        """
        [{"type":"message","role":"assistant","content":"A","phase":"final_answer"}]
        """,
        Answer(
            new OpaquePart("openai", "gpt-5.9", "reasoning", """{"id":"rs_1","type":"reasoning","summary":[],"encrypted_content":null}"""),
            new OpaquePart("openai", "gpt-5.9", "message", """{"id":"msg_1","phase":"final_answer"}"""),
            new TextPart("A")));

    [Fact]
    public void Write_OpenReasoningElsewhere_GoesBack()
    {
        const string Open = """{"id":"rs_1","type":"reasoning","content":[{"type":"reasoning_text","text":"hm"}],"summary":[]}""";
        var body = WireReading.Body(Provider(isOpenAI: false, "vllm"), Request(Answer(new OpaquePart("vllm", "gpt-5.9", "reasoning", Open), new TextPart("A"))));

        Assert.Equal(Open, body["input"]![0]!.ToJsonString());
    }

    [Fact]
    public void Write_ReasoningThatNothingFollows_IsLeftOut() => AssertInput(
        """
        [{"type":"message","role":"user","content":[{"type":"input_text","text":"Hi"}]},
         {"type":"message","role":"assistant","content":"Later."}]
        """,
        Message.User("Hi"),
        Answer(new OpaquePart("openai", "gpt-5.9", "reasoning", Encrypted), new FunctionCallPart("t.1.0", "f", "{\"a\":")) with { State = MessageState.Interrupted },
        Message.Assistant("Later."));

    [Fact]
    public void Write_InterruptedText_IsMarkedIncomplete()
    {
        var body = WireReading.Body(Provider(), Request(Answer(new OpaquePart("openai", "gpt-5.9", "message", """{"id":"msg_1"}"""), new TextPart("A")) with { State = MessageState.Interrupted }));

        Assert.Equal("incomplete", body["input"]![0]!["status"]!.GetValue<string>());
    }

    [Fact]
    public void Write_CallsWithoutResultsAndResultsWithoutCalls_AreLeftOut() => AssertInput(
        """
        [{"type":"function_call","call_id":"t_1_1","name":"g","arguments":"{}"},
         {"type":"function_call_output","call_id":"t_1_1","output":"{\"ok\":true,\"name\":\"é\"}"},
         {"type":"message","role":"user","content":[{"type":"input_text","text":"Go on"}]}]
        """,
        Answer(new FunctionCallPart("t.1.0", "f", "{}"), new FunctionCallPart("t.1.1", "g", "{}")),
        Message.User("Go on"),
        Message.FunctionResults(Result("t.1.1", """{ "ok": true, "name": "\u00e9" }"""), Result("t.1.2", "1")));

    [Fact]
    public void Write_RefusalWithItsId_IsARefusal() => AssertInput(
        """
        [{"type":"message","role":"assistant","id":"msg_1","status":"completed","content":[{"type":"refusal","refusal":"No."}]},
         {"type":"message","role":"assistant","content":"Nor that."}]
        """,
        Answer(new OpaquePart("openai", "gpt-5.9", "message", """{"id":"msg_1"}"""), new RefusalPart("No.")),
        Answer(new RefusalPart("Nor that.")));

    [Fact]
    public void Write_HostedItem_GoesBackInPlaceAndOneThatWaitsForAnOutputDoesNot() => AssertInput(
        """
        [{"id":"ws_1","type":"web_search_call","status":"completed","action":{"type":"search"}},
         {"type":"message","role":"assistant","content":"A"}]
        """,
        Answer(
            new OpaquePart("openai", "gpt-5.9", "web_search_call", """{"id":"ws_1","type":"web_search_call","status":"completed","action":{"type":"search"}}"""),
            new OpaquePart("openai", "gpt-5.9", "computer_call", """{"id":"cu_1","type":"computer_call"}"""),
            new TextPart("A")));

    [Fact]
    public void Write_DamagedState_IsLeftOut() => AssertInput(
        """
        [{"type":"message","role":"assistant","content":"A"}]
        """,
        Answer(new OpaquePart("openai", "gpt-5.9", "reasoning", "{\"id\":"), new TextPart("A")));

    private static Message Answer(params Part[] parts) => new() { Role = Role.Assistant, Parts = parts };

    private static FunctionResultPart Result(string call, string json) => new(call, "f", JsonElement.Parse(json));

    private static void AssertInput(string expected, params Message[] messages) =>
        AssertSame(expected, WireReading.Body(Provider(), Request(messages))["input"]!);

    private static void AssertSame(string expected, JsonNode actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), $"The input is {actual}");
}
