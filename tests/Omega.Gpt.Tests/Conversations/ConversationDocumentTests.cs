using System.Text;
using System.Text.Json;
using CsCheck;
using Omega.Gpt.Tests.Events;
using Omega.Gpt.Tests.Turns;

namespace Omega.Gpt.Tests.Conversations;

public sealed class ConversationDocumentTests : IDisposable
{
    private readonly TempHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public void ToJson_Conversation_IsAsDesigned()
    {
        var conversation = new Conversation("c", Script.Start) { Title = "Größe <1> 👩‍👧", Model = "openai/gpt-4.1" };
        conversation.Append(Message.User("Hi & \"bye\""), Script.Start.AddSeconds(1));
        Assert.Equal(
            """
            {
              "omega": 1,
              "id": "c",
              "title": "Größe <1> 👩‍👧",
              "model": "openai/gpt-4.1",
              "created": "2026-11-23T03:01:00+00:00",
              "updated": "2026-11-23T03:01:01+00:00",
              "version": 0,
              "messages": [
                {
                  "id": "m1",
                  "role": "user",
                  "parts": [
                    {
                      "type": "text",
                      "text": "Hi & \"bye\""
                    }
                  ],
                  "state": "complete"
                }
              ]
            }

            """,
            conversation.ToJson());
    }

    [Fact]
    public void Parse_AnyConversation_ReadsBackTheSame() =>
        Gen.Int.Sample(
            seed =>
            {
                var random = new RandomJson(seed);
                var conversation = new Conversation("c", Script.Start) { Title = RandomJson.Sound(random.Text()), Extra = { ["later"] = Script.Json("[1.50, {\"a\": null}]") } };
                for (var i = 0; i < 3; i++)
                    conversation.Append(random.Message() with { Id = "" }, Script.Start);
                var read = Conversation.Parse(conversation.ToJson());
                return Conversation.Parse(read.ToJson()).ToJson() == read.ToJson()
                    && RandomJson.Show(read.Messages) == RandomJson.Show(conversation.Messages)
                    && (read.Title, read.Created, read.Updated) == (conversation.Title, conversation.Created, conversation.Updated);
            },
            iter: 1_000);

    [Fact]
    public void Parse_OpaqueJson_IsKeptByteForByte()
    {
        const string Opaque = "{ \"signature\":\"Eq\\/\\u00e9+==\",\t\"n\": 1.50e+1 }\r\n ";
        var conversation = new Conversation("c", Script.Start);
        conversation.Append(new Message { Role = Role.Assistant, Parts = [new OpaquePart("anthropic", "claude", "thinking", Opaque)] }, Script.Start);
        var read = Conversation.Parse(Conversation.Parse(conversation.ToJson()).ToJson());
        Assert.Equal(Opaque, Assert.IsType<OpaquePart>(read.Messages[0].Parts[0]).Json);
    }

    [Fact]
    public void Parse_UnknownFieldsAtEveryLevel_AreWrittenBack()
    {
        const string Json = """
            {"omega":1,"later":{"x":[1]},"id":"c","messages":[{"role":"user","stars":5,"parts":[{"type":"text","text":"a","bold":true},{"type":"hologram","depth":3}]}],"version":7}
            """;
        var written = Conversation.Parse(Json).ToJson();
        using var document = JsonDocument.Parse(written);
        var root = document.RootElement;
        Assert.Equal("[1]", root.GetProperty("later").GetProperty("x").GetRawText().Replace("\n", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal));
        Assert.Equal(7, root.GetProperty("version").GetInt32());
        var message = root.GetProperty("messages")[0];
        Assert.Equal(5, message.GetProperty("stars").GetInt32());
        Assert.True(message.GetProperty("parts")[0].GetProperty("bold").GetBoolean());
        Assert.Equal(3, message.GetProperty("parts")[1].GetProperty("depth").GetInt32());
    }

    [Fact]
    public void Parse_DeepResult_IsReadBack()
    {
        var deep = JsonElement.Parse(new string('[', 900) + new string(']', 900), new JsonDocumentOptions { MaxDepth = 900 });
        var conversation = new Conversation("c", Script.Start);
        conversation.Append(Message.FunctionResults(new FunctionResultPart("t.1.0", "f", deep)), Script.Start);
        var read = Assert.IsType<FunctionResultPart>(Conversation.Parse(conversation.ToJson()).Messages[0].Parts[0]);
        Assert.Equal(900, read.Result.GetRawText().Count(c => c == '['));
    }

    [Theory]
    [InlineData("\"\\uD83D\\uDE80\"", "\"🚀\"")]
    [InlineData("\"\\\\uD83D\\uDE80\"", "\"\\\\uD83D\\uDE80\"")]
    [InlineData("\"\\\\\\uD83D\\uDE80\"", "\"\\\\🚀\"")]
    [InlineData("\"\\ud83d\\ud83d\\ude80\\ude80\"", "\"\\ud83d🚀\\ude80\"")]
    [InlineData("\"\\uD83D\"", "\"\\uD83D\"")]
    [InlineData("\"\\uD83D\\n\\u00e9x\"", "\"\\uD83D\\n\\u00e9x\"")]
    [InlineData("[]", "[]")]
    public void ReadableJson_Escapes_BecomeCharactersWherePairsAreWhole(string json, string expected)
    {
        using var output = new MemoryStream();
        ReadableJson.Copy(output, Encoding.UTF8.GetBytes(json));
        Assert.Equal(expected, Encoding.UTF8.GetString(output.ToArray()));
    }

    [Fact]
    public void Parse_AnyPropertyOrder_IsRead()
    {
        var read = Conversation.Parse("""{"messages":[{"parts":[],"role":"user"}],"version":3,"title":"T","id":"x","omega":1}""");
        Assert.Equal(("x", "T", 3, 1), (read.Id, read.Title, read.Version, read.Messages.Count));
    }

    [Theory]
    [InlineData("", "line 1, $: it is empty.")]
    [InlineData(" \n ", "line 1, $: it is empty.")]
    [InlineData("5", "a conversation is an object")]
    [InlineData("{}", "neither \"messages\" nor \"history\"")]
    [InlineData("""{"omega":2,"id":"c","messages":5}""", "written by a newer Omega (format 2; this one reads up to 1)")]
    [InlineData("""{"messages":"later form","omega":3}""", "written by a newer Omega (format 3")]
    [InlineData("""{"omega":"one","messages":[]}""", "\"omega\" is the number of the format")]
    [InlineData("""{"omega":1,"id":"../c","messages":[]}""", "is not a conversation's name")]
    [InlineData("""{"omega":1,"title":5,"messages":[]}""", "$.title: it is a string, not Number")]
    [InlineData("""{"omega":1,"created":"yesterday","messages":[]}""", "$.created: \"yesterday\" is not a time")]
    [InlineData("""{"omega":1,"version":-1,"messages":[]}""", "$.version: it is a whole number from 0")]
    [InlineData("""{"omega":1,"messages":{}}""", "$.messages: it is an array of messages, not StartObject")]
    [InlineData("""{"omega":1,"messages":[5]}""", "$.messages[0]: a message is an object")]
    [InlineData("{\"omega\":1,\n\"messages\":[\n{\"role\":\"user\",\"parts\":[]},\n{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"text\":\"a\"},\n{\"type\":\"text\"}]}]}", "line 5, $.messages[1].parts[1]: a text part needs a \"text\"")]
    [InlineData("{\"omega\":1,\n\"messages\":[\n{\"parts\":[],\n\"role\":\"boss\"}]}", "line 4, $.messages[0].role: \"role\" is \"boss\", which is none of")]
    [InlineData("{\"omega\":1,\n\"messages\":[\n{\"role\":\"user\",\"parts\":[],\n\"usage\":{\"input\":5}}]}", "line 4, $.messages[0]")]
    [InlineData("{\"omega\":1,\n\"messages\":[{\"role\":\"user\"\n", "line 3, $.messages[0]")]
    [InlineData("{\"omega\":1,\n\"messages\":[]\n", "line 3, $")]
    [InlineData("{\"omega\":1,\"messages\":[]}\n}", "line 2, $: '}' is invalid after a single JSON value")]
    [InlineData("""[{"role":"user","content":"a"},{"role":"user"}]""", "$[1]: a message needs \"content\"")]
    [InlineData("""[{"content":"a"}]""", "$[0]: a message needs a \"role\"")]
    [InlineData("""[{"role":"wizard","content":"a"}]""", "$[0].role: \"wizard\" is no role")]
    [InlineData("""{"history":[{"role":"user","content":7}]}""", "$.history[0].content: \"content\" is text or an array of parts")]
    [InlineData("""[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,???"}}]}]""", "$[0].content[0].image_url: the data: URL does not hold base64")]
    [InlineData("""[{"role":"assistant","tool_calls":[{"id":"x"}]}]""", "$[0].tool_calls[0]: a call is an object")]
    [InlineData("""[{"role":"tool","content":"x"}]""", "needs a \"tool_call_id\"")]
    [InlineData("""[{"role":"user","content":"\ud800"}]""", "the text is not sound")]
    public async Task Load_Damaged_SaysWhatAndWhereAndLeavesTheFile(string json, string expected)
    {
        var path = Path.Combine(_home.Path, "chat.json");
        await File.WriteAllTextAsync(path, json);
        var exception = await Assert.ThrowsAsync<ConversationException>(() => Conversation.LoadAsync(path));
        Assert.StartsWith($"{path}, line ", exception.Message, StringComparison.Ordinal);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        Assert.EndsWith("The file is left as it is.", exception.Message, StringComparison.Ordinal);
        Assert.Equal(path, exception.File);
        Assert.Equal(json, await File.ReadAllTextAsync(path));
        Assert.Throws<ConversationException>(() => Conversation.Parse(json));
    }

    [Fact]
    public void Parse_NotUtf8_SaysSo()
    {
        byte[] json = [.. "[{\"role\":\"user\",\"content\":\""u8, 0xFF, 0xFE, .. "\"}]"u8];
        Assert.Throws<ConversationException>(() => ConversationReader.Read(json, "x", null, "x", Script.Start, ConversationLimits.Default));
    }

    [Fact]
    public void Parse_DocumentCutAtEveryByte_IsRefused()
    {
        var conversation = new Conversation("c", Script.Start) { Title = "T" };
        conversation.Append(Message.User("é🚀"), Script.Start);
        var json = Encoding.UTF8.GetBytes(conversation.ToJson().TrimEnd());
        for (var length = 0; length < json.Length; length++)
        {
            var cut = json[..length];
            Assert.Throws<ConversationException>(() => ConversationReader.Read(cut, "x", null, "x", Script.Start, ConversationLimits.Default));
        }
    }

    [Fact]
    public void Parse_TooLargeOrTooDeep_IsRefused()
    {
        var large = Assert.Throws<ConversationException>(() => Conversation.Parse("[" + new string(' ', 2000) + "]", limits: new ConversationLimits { MaxBytes = 1024 }));
        Assert.Contains("at most 1,024 are read", large.Message, StringComparison.Ordinal);
        var deep = $$"""{"messages":[],"x":{{new string('[', 30)}}{{new string(']', 30)}}}""";
        Assert.Throws<ConversationException>(() => Conversation.Parse(deep, limits: new ConversationLimits { MaxDepth = 20 }));
        Assert.Empty(Conversation.Parse(deep).Messages);
    }

    [Fact]
    public void Parse_ByteOrderMark_IsSkipped() => Assert.Single(Conversation.Parse("\uFEFF[{\"role\":\"user\",\"content\":\"a\"}]").Messages);

    [Fact]
    public void Parse_MissingAndRepeatedIds_BecomeUnique()
    {
        var read = Conversation.Parse("""{"omega":1,"messages":[{"id":"m2","role":"user","parts":[]},{"role":"user","parts":[]},{"id":"m2","role":"user","parts":[]},{"id":"x","role":"user","parts":[]}]}""");
        Assert.Equal(4, read.Messages.Select(message => message.Id).Distinct().Count());
        Assert.Equal(("m2", "x"), (read.Messages[0].Id, read.Messages[3].Id));
    }

    [Fact]
    public async Task Save_ThenLoad_KeepsIdAndLeavesNothingElse()
    {
        var path = Path.Combine(_home.Path, "my chat.json");
        var conversation = new Conversation("c", Script.Start);
        conversation.Append(Message.User("Hi"), Script.Start);
        await conversation.SaveAsync(path);
        await conversation.SaveAsync(path);
        Assert.Equal("c", (await Conversation.LoadAsync(path)).Id);
        Assert.Equal([path], Directory.GetFiles(_home.Path));
    }

    [Fact]
    public async Task Save_ToAFolderThatDoesNotExist_ThrowsIOException() =>
        await Assert.ThrowsAnyAsync<IOException>(() => new Conversation("c", Script.Start).SaveAsync(Path.Combine(_home.Path, "no", "chat.json")));

    [Fact]
    public async Task Load_FileWithoutAnId_IsNamedAfterTheFile()
    {
        var path = Path.Combine(_home.Path, ".my chat (1).json");
        await File.WriteAllTextAsync(path, "[]");
        Assert.Equal("my-chat--1-", (await Conversation.LoadAsync(path)).Id);
    }
}
