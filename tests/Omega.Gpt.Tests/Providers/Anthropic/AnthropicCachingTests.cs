using System.Text.Json;
using System.Text.Json.Nodes;
using Omega.Gpt.Providers;
using Omega.Gpt.Tests.Providers.Http;
using static Omega.Gpt.Tests.Providers.Anthropic.AnthropicFixtures;

namespace Omega.Gpt.Tests.Providers.Anthropic;

public sealed class AnthropicCachingTests
{
    private static FunctionDefinition[] Functions { get; } =
        [new("f", null, JsonElement.Parse("""{"type":"object"}""")), new("g", null, JsonElement.Parse("""{"type":"object"}"""))];

    private static Message[] Turns { get; } =
    [
        Message.System("One."),
        Message.System("Two."),
        Message.User("a"),
        Message.Assistant("b"),
        Message.User("c"),
    ];

    [Fact]
    public void WriteBody_NewQuestion_MarksFunctionsSystemAndAllBeforeTheQuestion() =>
        Assert.Equal(["tools.1", "system.1", "messages.1.content.0"], Marks(Body(PromptCaching.Auto, Turns)));

    [Fact]
    public void WriteBody_NoCachingSaid_IsAuto() =>
        Assert.Equal(Marks(Body(PromptCaching.Auto, Turns)), Marks(Body(null, Turns)));

    [Fact]
    public void WriteBody_MiddleOfATurn_MarksTheResultsToo() =>
        Assert.Equal(
            ["tools.1", "system.1", "messages.3.content.1", "messages.4.content.1"],
            Marks(Body(PromptCaching.Auto, [.. Turns, Answer(new FunctionCallPart("t.1.0", "f", "{}"), new FunctionCallPart("t.1.1", "g", "{}")), Results("t.1.0", "t.1.1")])));

    [Fact]
    public void WriteBody_FirstQuestion_MarksFunctionsAndSystemAlone() =>
        Assert.Equal(["tools.1", "system.1"], Marks(Body(PromptCaching.Auto, Turns[..3])));

    [Fact]
    public void WriteBody_Off_MarksNothing() => Assert.Empty(Marks(Body(PromptCaching.Off, Turns)));

    [Theory]
    [InlineData(PromptCaching.Auto, """{"type":"ephemeral"}""")]
    [InlineData(PromptCaching.OneHour, """{"type":"ephemeral","ttl":"1h"}""")]
    public void WriteBody_Mark_SaysHowLong(PromptCaching caching, string mark)
    {
        var body = Body(caching, Turns);

        Assert.Equal(mark, body["system"]![1]!["cache_control"]!.ToJsonString());
        Assert.Equal(mark, body["tools"]![1]!["cache_control"]!.ToJsonString());
        Assert.Equal(mark, body["messages"]![1]!["content"]![0]!["cache_control"]!.ToJsonString());
    }

    [Fact]
    public void WriteBody_AllTurnsOfAConversation_NeverMoreThanFourMarksAndThePrefixStays()
    {
        List<Message> history = [Message.System("One.")];
        string? before = null;
        for (var turn = 0; turn < 6; turn++)
        {
            history.Add(Message.User($"question {turn}"));
            Check();
            history.Add(Answer(new FunctionCallPart($"t{turn}.1.0", "f", "{}")));
            history.Add(Results($"t{turn}.1.0"));
            Check();
            history.Add(Message.Assistant($"answer {turn}"));
        }

        void Check()
        {
            var body = Body(PromptCaching.Auto, [.. history]);
            var marks = Marks(body);
            Assert.InRange(marks.Count, 2, 4);
            Strip(body);
            var messages = body["messages"]!.ToJsonString();
            if (before is not null)
                Assert.StartsWith(before, messages, StringComparison.Ordinal);
            before = messages[..^1];
        }
    }

    private static Message Results(params string[] calls) =>
        Message.FunctionResults(calls.Select(call => new FunctionResultPart(call, "f", JsonElement.Parse("1"))));

    private static JsonNode Body(PromptCaching? caching, params Message[] messages) => WireReading.Body(
        Provider(), new ModelRequest { Model = "claude-sonnet-4-5", Messages = messages, Functions = Functions, Options = new GenerationOptions { PromptCaching = caching } });

    private static List<string> Marks(JsonNode node, string path = "")
    {
        var marks = new List<string>();
        if (node is JsonObject json)
        {
            if (json.ContainsKey("cache_control"))
                marks.Add(path);
            foreach (var (name, value) in json)
                marks.AddRange(value is null ? [] : Marks(value, path.Length == 0 ? name : $"{path}.{name}"));
        }
        else if (node is JsonArray array)
        {
            for (var i = 0; i < array.Count; i++)
                marks.AddRange(Marks(array[i]!, $"{path}.{i}"));
        }

        return marks;
    }

    private static void Strip(JsonNode node)
    {
        (node as JsonObject)?.Remove("cache_control");
        foreach (var child in node is JsonObject json ? json.Select(field => field.Value) : node is JsonArray array ? array : [])
        {
            if (child is not null)
                Strip(child);
        }
    }
}
