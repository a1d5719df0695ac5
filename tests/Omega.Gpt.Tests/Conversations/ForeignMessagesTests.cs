using Omega.Gpt.Tests.Turns;

namespace Omega.Gpt.Tests.Conversations;

/// <summary>Files of other programs.</summary>
public sealed class ForeignMessagesTests
{
    [Fact]
    public void Parse_HistoryFile_IsRead()
    {
        var read = Conversation.Parse("""
            {"model": "gpt-4-turbo-preview", "timestamp": "2024-05-01T10:00:00Z", "history": [
              {"role": "system", "content": "Be brief."},
              {"role": "user", "content": "Hi"},
              {"role": "assistant", "content": "Hello."}
            ]}
            """);
        Assert.Equal(("imported", "gpt-4-turbo-preview", new DateTimeOffset(2024, 5, 1, 10, 0, 0, TimeSpan.Zero)), (read.Id, read.Model, read.Created));
        Assert.Equal(
            [("m1", Role.System, "Be brief."), ("m2", Role.User, "Hi"), ("m3", Role.Assistant, "Hello.")],
            read.Messages.Select(message => (message.Id, message.Role, message.Text)));
    }

    [Theory]
    [InlineData("1714557600")]
    [InlineData("\"2024-05-01T10:00:00Z\"")]
    public void Parse_Timestamp_IsReadAsTextOrSeconds(string timestamp) => Assert.Equal(
        new DateTimeOffset(2024, 5, 1, 10, 0, 0, TimeSpan.Zero),
        Conversation.Parse($$"""{"timestamp":{{timestamp}},"history":[]}""").Created);

    [Theory]
    [InlineData("null")]
    [InlineData("\"last week\"")]
    [InlineData("1e300")]
    [InlineData("{\"s\":1}")]
    public void Parse_TimestampOfAnotherForm_IsLeftOut(string timestamp) =>
        Assert.Empty(Conversation.Parse($$"""{"timestamp":{{timestamp}},"history":[]}""").Messages);

    [Fact]
    public void Parse_CallsAndResults_BelongTogether()
    {
        var read = Conversation.Parse("""
            [
              {"role":"user","content":"Weather?"},
              {"role":"assistant","content":null,"tool_calls":[
                {"id":"call_1","type":"function","function":{"name":"weather","arguments":"{\"city\":\"Paris\"}"}},
                {"id":"call_2","type":"function","function":{"name":"time","arguments":"{}"}}]},
              {"role":"tool","tool_call_id":"call_1","content":"{\"c\":12}"},
              {"role":"tool","tool_call_id":"call_2","content":[{"type":"text","text":"no"},{"type":"text","text":"on"}]},
              {"role":"assistant","content":"12 degrees at noon."}
            ]
            """);
        Assert.Equal([Role.User, Role.Assistant, Role.Function, Role.Assistant], read.Messages.Select(message => message.Role));
        Assert.Equal([new FunctionCallPart("call_1", "weather", "{\"city\":\"Paris\"}"), new FunctionCallPart("call_2", "time", "{}")], read.Messages[1].Parts);
        Assert.Equal(
            [("call_1", "weather", "{\"c\":12}"), ("call_2", "time", "noon")],
            read.Messages[2].Parts.Cast<FunctionResultPart>().Select(result => (result.Call, result.Name, result.Result.GetString())));
    }

    [Fact]
    public void Parse_OldFunctionCalls_BelongTogether()
    {
        var read = Conversation.Parse("""
            [{"role":"assistant","content":null,"function_call":{"name":"f","arguments":"{}"}},{"role":"function","name":"f","content":"1"}]
            """);
        var call = Assert.IsType<FunctionCallPart>(Assert.Single(read.Messages[0].Parts));
        var result = Assert.IsType<FunctionResultPart>(Assert.Single(read.Messages[1].Parts));
        Assert.Equal((call.Call, "f", "1"), (result.Call, result.Name, result.Result.GetString()));
    }

    [Fact]
    public void Parse_ContentParts_BecomeParts()
    {
        var read = Conversation.Parse("""
            [{"role":"user","content":[
              {"type":"text","text":"Look"},
              {"type":"image_url","image_url":{"url":"https://example.org/a.png","detail":"low"}},
              {"type":"image_url","image_url":{"url":"data:image/png;base64,AQID"}},
              {"type":"file","file":{"filename":"a.pdf","file_data":"data:application/pdf;base64,BA=="}},
              {"type":"input_audio","input_audio":{"data":"x"}}]},
             {"role":"assistant","content":[{"type":"refusal","refusal":"No."}],"reasoning_content":"hm"}]
            """);
        var parts = read.Messages[0].Parts;
        Assert.Equal("Look", Assert.IsType<TextPart>(parts[0]).Text);
        Assert.Equal(("https://example.org/a.png", "low", null), (((ImagePart)parts[1]).Url, ((ImagePart)parts[1]).Detail, ((ImagePart)parts[1]).MediaType));
        Assert.Equal(("image/png", "010203", null), (((ImagePart)parts[2]).MediaType, Convert.ToHexString(((ImagePart)parts[2]).Data!.Value.Span), ((ImagePart)parts[2]).Url));
        Assert.Equal(("application/pdf", "a.pdf", "04"), (((FilePart)parts[3]).MediaType, ((FilePart)parts[3]).Name, Convert.ToHexString(((FilePart)parts[3]).Data!.Value.Span)));
        Assert.Equal("input_audio", Assert.IsType<UnknownPart>(parts[4]).Type);
        Assert.Equal(["ReasoningPart", "RefusalPart"], read.Messages[1].Parts.Select(part => part.GetType().Name));
        Assert.Equal(Script.Show(read.Messages), Script.Show(Conversation.Parse(read.ToJson()).Messages));
    }

    [Fact]
    public void Parse_OwnMessagesInAnArray_AreRead()
    {
        var read = Conversation.Parse("""[{"role":"function","parts":[{"type":"function_result","call":"c","result":1}]},{"role":"user","content":"x"}]""");
        Assert.Equal([Role.Function, Role.User], read.Messages.Select(message => message.Role));
    }
}
