using System.Text;
using System.Text.Json;
using CsCheck;
using Omega.Gpt.Tests.Events;

namespace Omega.Gpt.Tests.Messages;

public sealed class MessageJsonTests
{
    private static readonly Gen<Message> Messages = Gen.Int.Select(seed => new RandomJson(seed).Message());

    private static Message Read(string json) => JsonSerializer.Deserialize(json, GptJsonContext.Default.Message)!;

    private static string Write(Message message) => JsonSerializer.Serialize(message, GptJsonContext.Default.Message);

    [Fact]
    public void Json_AnyMessage_ReadsBackTheSame() =>
        Messages.Sample(message => RandomJson.Show(Read(Write(message))) == RandomJson.Show(message), iter: 5_000, print: RandomJson.Show);

    [Fact]
    public void Json_EveryKindOfPart_IsCovered() =>
        Assert.Equal(
            ["FilePart", "FunctionCallPart", "FunctionResultPart", "ImagePart", "OpaquePart", "ReasoningPart", "RefusalPart", "TextPart"],
            RandomJson.PartTypes.Select(type => type.Name).Order());

    [Fact]
    public void Json_Message_IsAsDesigned()
    {
        var message = new Message
        {
            Id = "m2",
            Role = Role.Assistant,
            Parts = [new ReasoningPart("hm"), new TextPart("Hi"), new FunctionCallPart("t.1.0", "f", "{\"a\":1}"), new OpaquePart("anthropic", "claude", "thinking", "{ \"b\" : 1 }")],
            State = MessageState.Interrupted,
            Turn = "t",
            Model = "openai/gpt-4.1",
            FinishReason = FinishReason.Length,
            Usage = new TokenUsage(new InputTokens(1), new OutputTokens(2)),
            Cost = new Cost(0.5m, false, CostSource.Provider),
        };
        Assert.Equal(
            """{"id":"m2","role":"assistant","parts":[{"type":"reasoning","text":"hm"},{"type":"text","text":"Hi"},{"type":"function_call","call":"t.1.0","name":"f","arguments":"{\"a\":1}"},{"type":"opaque","provider":"anthropic","model":"claude","kind":"thinking","json":"{ \"b\" : 1 }"}],"state":"interrupted","turn":"t","model":"openai/gpt-4.1","finish_reason":"length","usage":{"input":{"total":1},"output":{"total":2}},"cost":{"usd":"0.5","estimated":false,"source":"provider"}}""",
            Relaxed(message));
    }

    [Fact]
    public void Read_OnlyWhatIsNeeded_TakesDefaults()
    {
        var message = Read("""{"parts":[{"text":"Hi","type":"text"}],"role":"user"}""");
        Assert.Equal(("", Role.User, MessageState.Complete, "Hi"), (message.Id, message.Role, message.State, message.Text));
        Assert.Equal((null, null, null, null, null, null), (message.Turn, message.Model, message.FinishReason, message.Usage, message.Cost, message.Extra));
    }

    [Theory]
    [InlineData("""{"parts":[]}""", "needs a \"role\"")]
    [InlineData("""{"role":"user"}""", "needs \"parts\"")]
    [InlineData("""{"role":"boss","parts":[]}""", "none of system, user, assistant, function")]
    [InlineData("""{"role":1,"parts":[]}""", "is a string")]
    [InlineData("""{"role":"user","parts":{}}""", "is an array")]
    [InlineData("""{"role":"user","parts":[null]}""", "a part is an object")]
    [InlineData("""{"role":"user","parts":[{"text":"x"}]}""", "needs a \"type\"")]
    [InlineData("""{"role":"user","parts":[{"type":"text","text":"a"},{"type":"text"}]}""", "needs a \"text\"")]
    [InlineData("""{"role":"user","parts":[{"type":"image","data":"!"}]}""", "not base64")]
    [InlineData("""{"role":"user","parts":[],"state":"half"}""", "none of complete, interrupted, failed, cancelled")]
    [InlineData("""{"role":"user","parts":[],"id":7}""", "is a string")]
    [InlineData("""["role"]""", "a message is an object")]
    public void Read_Wrong_SaysWhat(string json, string expected) =>
        Assert.Contains(expected, Assert.ThrowsAny<JsonException>(() => Read(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_WrongPart_SaysWhichPart() =>
        Assert.Equal("$.parts[1]", Assert.ThrowsAny<JsonException>(() => Read("""{"role":"user","parts":[{"type":"text","text":"a"},{"type":"text"}]}""")).Path);

    [Fact]
    public void Json_UnknownFieldsAndParts_SurviveAtEveryLevel()
    {
        const string Json = """{"role":"user","parts":[{"type":"text","text":"a","bold":true},{"type":"hologram","z":[1.50]}],"state":"complete","stars":5}""";
        Assert.Equal(Json, Write(Read(Json)));
    }

    private static string Relaxed(Message message)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            JsonSerializer.Serialize(writer, message, GptJsonContext.Default.Message);
        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
