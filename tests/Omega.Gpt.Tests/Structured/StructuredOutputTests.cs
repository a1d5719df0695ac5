using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Omega.Gpt.Providers;
using Omega.Gpt.Tests.Turns;
using static Omega.Gpt.Tests.Turns.ScriptedProvider;

namespace Omega.Gpt.Tests.Structured;

public enum Mood
{
    Bull,
    Bear,
    BearTrap,
}

public sealed record Level(string Name, double Price);

public sealed record Report(Mood Mood, [StringLength(40)] string Text, DateTimeOffset At, IReadOnlyList<Level> Levels, int? Score = null);

public sealed record Bounded([RegularExpression("[A-Z]+")] string Market, [Range(1, 9)] int Size);

public sealed record Tree(string Name, IReadOnlyList<Tree> Branches);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true)]
[JsonSerializable(typeof(Report))]
[JsonSerializable(typeof(Bounded))]
[JsonSerializable(typeof(Tree))]
[JsonSerializable(typeof(List<Level>))]
[JsonSerializable(typeof(Dictionary<string, int>))]
internal sealed partial class StructuredJson : JsonSerializerContext;

public sealed class StructuredOutputTests
{
    private const string Good = """{"mood":"Bear","text":"Down.","at":"2026-01-02T03:04:05Z","levels":[{"name":"S1","price":10.5},{"name":"S2","price":9}],"score":null}""";

    private static readonly string Bad = Good.Replace("\"Bear\"", "\"Sideways\"", StringComparison.Ordinal);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Get_ValidAnswer_IsTheValue()
    {
        var provider = new ScriptedProvider(Answers(Good));

        var report = await Turn.Gpt(provider).GetAsync("How is BTC?", StructuredJson.Default.Report, cancellationToken: Token);

        Assert.Equal((Mood.Bear, "Down.", 2, (int?)null), (report.Mood, report.Text, report.Levels.Count, report.Score));
        var format = provider.Requests[0].Options.ResponseFormat!;
        Assert.Equal(("json_schema", "report", true), (format.Kind, format.Name, format.IsStrict));
        Assert.Equal(5, format.Schema!.Value.GetProperty("required").GetArrayLength());
    }

    [Fact]
    public async Task Get_ByReflection_IsTheSame()
    {
        var report = await Turn.Gpt(new ScriptedProvider(Answers(Good))).GetAsync<Report>("How is BTC?", cancellationToken: Token);

        Assert.Equal(10.5, report.Levels[0].Price);
    }

    [Fact]
    public async Task Get_List_IsAskedForInsideAnObject()
    {
        var provider = new ScriptedProvider(Answers("""{"value":[{"name":"a","price":1}]}"""));

        var levels = await Turn.Gpt(provider).GetAsync("Levels?", StructuredJson.Default.ListLevel, cancellationToken: Token);

        Assert.Equal([new Level("a", 1)], levels);
    }

    [Fact]
    public async Task Get_TypeWithoutAStrictForm_IsAskedForWithoutStrictness()
    {
        var provider = new ScriptedProvider(Answers("""{"value":{"a":1}}"""));

        var counts = await Turn.Gpt(provider).GetAsync("Counts?", StructuredJson.Default.DictionaryStringInt32, cancellationToken: Token);

        Assert.Equal(1, counts["a"]);
        Assert.False(provider.Requests[0].Options.ResponseFormat!.IsStrict);
    }

    [Fact]
    public async Task Get_WrongAnswer_GoesBackWithItsErrors()
    {
        var provider = new ScriptedProvider(Answers(Bad), Answers(Good));
        var gpt = Turn.Gpt(provider);

        var report = await gpt.GetAsync("How is BTC?", StructuredJson.Default.Report, cancellationToken: Token);

        Assert.Equal(Mood.Bear, report.Mood);
        Assert.Equal([Role.User, Role.Assistant, Role.User, Role.Assistant], gpt.Conversation.Messages.Select(message => message.Role));
        var repair = provider.Requests[1].Messages[^1].Text;
        Assert.Contains("/mood", repair, StringComparison.Ordinal);
        Assert.Contains("Sideways", repair, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task Get_AnswerThatStaysWrong_ThrowsAfterTheLastRepair(int repairs)
    {
        var provider = new ScriptedProvider([.. Enumerable.Repeat(Answers(Bad), repairs + 1)]);

        var error = await Assert.ThrowsAsync<StructuredOutputException>(() =>
            Turn.Gpt(provider).GetAsync("?", StructuredJson.Default.Report, structured: new StructuredOutputOptions { MaxRepairs = repairs }, cancellationToken: Token));

        Assert.Equal(repairs + 1, provider.Requests.Count);
        Assert.Equal(GptErrorKind.InvalidAnswer, error.Kind);
        Assert.Equal("/mood", Assert.Single(error.Errors).InstancePath);
        Assert.Equal(Bad, error.PartialText);
    }

    public static TheoryData<string, string> WrongAnswers => new()
    {
        { "no JSON", "It goes down." },
        { "cut", Good[..^1] },
        { "two values", Good + Good },
        { "duplicate member", Good.Replace("\"score\":null", "\"score\":1,\"score\":2", StringComparison.Ordinal) },
        { "unknown member", Good.Replace("\"score\":null", "\"score\":1,\"extra\":2", StringComparison.Ordinal) },
        { "missing member", Good.Replace("\"text\":\"Down.\",", "", StringComparison.Ordinal) },
        { "null where none may be", Good.Replace("\"Down.\"", "null", StringComparison.Ordinal) },
        { "too long", Good.Replace("Down.", new string('x', 41), StringComparison.Ordinal) },
        { "no date", Good.Replace("2026-01-02T03:04:05Z", "tomorrow", StringComparison.Ordinal) },
        { "number out of range", Good.Replace("\"score\":null", "\"score\":3000000000", StringComparison.Ordinal) },
        { "half a surrogate pair", Good.Replace("Down.", "\\ud83d", StringComparison.Ordinal) },
        { "prose around the fence", $"Sure!\n```json\n{Good}\n```" },
    };

    [Theory]
    [MemberData(nameof(WrongAnswers))]
    public async Task Get_WrongAnswer_IsNeverAccepted(string name, string answer)
    {
        var gpt = Turn.Gpt(new ScriptedProvider(Answers(answer)));

        var error = await Assert.ThrowsAsync<StructuredOutputException>(() =>
            gpt.GetAsync("?", StructuredJson.Default.Report, structured: new StructuredOutputOptions { MaxRepairs = 0 }, cancellationToken: Token));

        Assert.True(error.Errors.Count > 0, name);
    }

    [Theory]
    [InlineData(FinishReason.Length, GptErrorKind.InvalidAnswer)]
    [InlineData(FinishReason.ContentFilter, GptErrorKind.ContentFilter)]
    [InlineData(FinishReason.Refusal, GptErrorKind.ContentFilter)]
    public async Task Get_AnswerThatDidNotStopByItself_IsAnErrorEvenWhereItIsValid(FinishReason reason, GptErrorKind kind)
    {
        var provider = new ScriptedProvider(Says(new TextDelta(Good), Done(reason)));

        var error = await Assert.ThrowsAsync<StructuredOutputException>(() => Turn.Gpt(provider).GetAsync("?", StructuredJson.Default.Report, cancellationToken: Token));

        Assert.Equal((kind, reason, Good), (error.Kind, error.FinishReason, error.PartialText));
        Assert.Single(provider.Requests);
    }

    [Fact]
    public async Task Get_Refusal_SaysWhatTheModelSaid()
    {
        var provider = new ScriptedProvider(Says(new RefusalDelta("I will not."), Done()));

        var error = await Assert.ThrowsAsync<StructuredOutputException>(() => Turn.Gpt(provider).GetAsync("?", StructuredJson.Default.Report, cancellationToken: Token));

        Assert.Contains("I will not.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_StreamThatBreaks_IsInterruptedAndNotRepaired()
    {
        var provider = new ScriptedProvider(Says(new TextDelta(Good)));

        var error = await Assert.ThrowsAsync<GptException>(() => Turn.Gpt(provider).GetAsync("?", StructuredJson.Default.Report, cancellationToken: Token));

        Assert.Equal(GptErrorKind.StreamInterrupted, error.Kind);
    }

    [Fact]
    public async Task Get_AnswerLongerThanAllowed_IsStopped()
    {
        var error = await Assert.ThrowsAsync<StructuredOutputException>(() => Turn.Gpt(new ScriptedProvider(Answers(Good))).GetAsync(
            "?", StructuredJson.Default.Report, structured: new StructuredOutputOptions { MaxCharacters = 20 }, cancellationToken: Token));

        Assert.Contains("MaxCharacters", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_ModelOfWhichNothingIsKnown_IsToldTheSchemaInWordsAndMayFence()
    {
        var provider = new ScriptedProvider(Answers($"```json\n{Good}\n```"));

        await Turn.Gpt(provider).GetAsync("?", StructuredJson.Default.Report, new TurnOptions { SystemMessage = "Be brief." }, cancellationToken: Token);

        Assert.StartsWith("Be brief.\n\nAnswer with one JSON object", provider.Requests[0].Options.SystemMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_ModelHeldToSchemas_IsNotToldInWordsAndMayNotFence()
    {
        var inner = new ScriptedProvider(Answers($"```json\n{Good}\n```"), Answers(Good));
        var gpt = Turn.Gpt(new Renamed("openai", inner));

        await gpt.GetAsync("?", StructuredJson.Default.Report, new TurnOptions { Model = "openai/gpt-4.1" }, cancellationToken: Token);

        Assert.Equal(2, inner.Requests.Count);
        Assert.Null(inner.Requests[0].Options.SystemMessage);
    }

    [Fact]
    public async Task Get_FromAProviderThatRefusesBounds_SaysThemInWords()
    {
        var inner = new ScriptedProvider(Answers("""{"value":[{"name":"a","price":1}]}"""), Answers("""{"market":"BTC","size":3}"""));
        var gpt = Turn.Gpt(new Renamed("anthropic", inner));
        var model = new TurnOptions { Model = "anthropic/claude-sonnet-5" };

        await gpt.GetAsync("?", StructuredJson.Default.ListLevel, model, cancellationToken: Token);
        await gpt.GetAsync("?", StructuredJson.Default.Bounded, model, cancellationToken: Token);

        Assert.All(inner.Requests, request => Assert.Equal("json_schema", request.Options.ResponseFormat!.Kind));
        Assert.Equal(
            """{"market":{"description":"Matches ^(?:[A-Z]+)$.","type":"string"},"size":{"description":"At least 1. At most 9.","type":"integer"}}""",
            inner.Requests[1].Options.ResponseFormat!.Schema!.Value.GetProperty("properties").GetRawText());
    }

    [Fact]
    public async Task Get_RecursiveTypeFromAProviderThatRefusesReferences_IsAskedForInWords()
    {
        var inner = new ScriptedProvider(Answers("""{"name":"a","branches":[{"name":"b","branches":[]}]}"""));

        var tree = await Turn.Gpt(new Renamed("anthropic", inner)).GetAsync(
            "?", StructuredJson.Default.Tree, new TurnOptions { Model = "anthropic/claude-sonnet-5" }, cancellationToken: Token);

        Assert.Equal("b", tree.Branches[0].Name);
        Assert.Equal("json", inner.Requests[0].Options.ResponseFormat!.Kind);
        Assert.Contains("JSON Schema", inner.Requests[0].Options.SystemMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_SameTurnIdAgain_GivesRepairsIdsOfTheirOwn()
    {
        var gpt = Turn.Gpt(new ScriptedProvider(Answers(Bad), Answers(Bad), Answers(Good)));

        await gpt.GetAsync("?", StructuredJson.Default.Report, new TurnOptions { TurnId = "mine" }, cancellationToken: Token);

        Assert.Equal(["mine", "mine.repair1", "mine.repair2"], gpt.Conversation.Messages.Select(message => message.Turn).Distinct());
    }

    [Fact]
    public async Task Stream_Answer_GrowsAndEndsWithTheWhole()
    {
        var partials = await Turns.Script.ToListAsync(Turn.Gpt(new ScriptedProvider(Answers(Good, 3))).StreamAsync("?", StructuredJson.Default.Report, cancellationToken: Token));

        Assert.True(partials[^1].IsFinal);
        Assert.Equal(2, partials[^1].Value!.Levels.Count);
        Assert.All(partials.SkipLast(1), partial => Assert.False(partial.IsFinal));
        Assert.Contains(partials, partial => partial.Value is { Text: "Dow" or "Do" or "D", At: var at } && at == default);
        Assert.All(partials, partial => Assert.True(partial.Value is null || partial.Value.Text is null || "Down.".StartsWith(partial.Value.Text, StringComparison.Ordinal)));
        var counts = partials.Select(partial => partial.Value?.Levels?.Count ?? 0).ToList();
        Assert.Equal(counts.Order(), counts);
        Assert.Contains(1, counts);
    }

    [Fact]
    public async Task Stream_EnumsAndDatesAndNumbers_AppearOnlyWhole()
    {
        var answer = Good.Replace("\"Bear\"", "\"BearTrap\"", StringComparison.Ordinal);

        var partials = await Turns.Script.ToListAsync(Turn.Gpt(new ScriptedProvider(Answers(answer, 1))).StreamAsync("?", StructuredJson.Default.Report, cancellationToken: Token));

        Assert.DoesNotContain(partials, partial => partial.Json.TryGetProperty("mood", out var mood) && mood.GetString() != "BearTrap");
        Assert.DoesNotContain(partials, partial => partial.Json.TryGetProperty("at", out var at) && at.GetString() != "2026-01-02T03:04:05Z");
        Assert.All(partials.SelectMany(partial => partial.Value?.Levels ?? []), level => Assert.Contains(level.Price, (double[])[0, 10.5, 9]));
    }

    [Fact]
    public async Task Stream_Repair_BeginsAnewInTheNextRound()
    {
        var partials = await Turns.Script.ToListAsync(Turn.Gpt(new ScriptedProvider(Answers(Bad, 20), Answers(Good, 20))).StreamAsync("?", StructuredJson.Default.Report, cancellationToken: Token));

        Assert.Equal([1, 2], partials.Select(partial => partial.Round).Distinct());
        Assert.Equal(2, Assert.Single(partials, partial => partial.IsFinal).Round);
    }

    [Fact]
    public async Task Stream_FencedAnswer_IsReadInsideTheFence()
    {
        var partials = await Turns.Script.ToListAsync(Turn.Gpt(new ScriptedProvider(Answers($"```json\n{Good}\n```", 2))).StreamAsync("?", StructuredJson.Default.Report, cancellationToken: Token));

        Assert.True(partials.Count > 10);
        Assert.True(partials[^1].IsFinal);
    }

    [Fact]
    public async Task Stream_LongAnswer_IsNotLookedAtForEveryPiece()
    {
        var levels = string.Join(",", Enumerable.Range(0, 1_500).Select(i => $$"""{"name":"level {{i}}","price":{{i}}}"""));
        var (looks, last) = (0, (Partial<List<Level>>?)null);

        await foreach (var partial in Turn.Gpt(new ScriptedProvider(Answers($$"""{"value":[{{levels}}]}""", 8))).StreamAsync("?", StructuredJson.Default.ListLevel, cancellationToken: Token))
            (looks, last) = (looks + 1, partial);

        Assert.Equal(1_500, last!.Value!.Count);
        // About 48,000 characters in pieces of 8: looking at each would be 6,000 times.
        Assert.InRange(looks, 128, 1_000);
    }

    private static ScriptedProvider.Script Answers(string text, int size = 1000) =>
        Says([.. text.Chunk(size).Select(piece => (ModelDelta)new TextDelta(new string(piece))), Done()]);

    private sealed class Renamed(string name, IModelProvider inner) : IModelProvider
    {
        public string Name => name;

        public IAsyncEnumerable<ModelDelta> StreamAsync(ModelRequest request, CancellationToken cancellationToken = default) => inner.StreamAsync(request, cancellationToken);
    }
}
