using Omega.Gpt.Models;
using Omega.Gpt.Providers;
using Omega.Gpt.Tests.Turns;

namespace Omega.Gpt.Tests.Conversations;

/// <summary>What a model is sent of a long conversation, turn by turn.</summary>
public sealed class HistoryPolicyTests
{
    private const int Turns = 30;

    [Fact]
    public async Task Turns_LongConversation_AreFittedAndSaySo()
    {
        var provider = new ScriptedProvider([.. Enumerable.Range(0, Turns).Select(_ => ScriptedProvider.Says(new TextDelta(Words(40)), ScriptedProvider.Done()))]);
        var engine = Engine(provider, new HistoryPolicy { MaxTokens = 1_000 });
        var conversation = engine.NewConversation();
        var trimmed = new List<HistoryTrimmedEvent?>();
        for (var turn = 0; turn < Turns; turn++)
        {
            var (events, error) = await Turn.RunAsync(engine.RunAsync(conversation, [Message.User(Words(40))], new TurnOptions { SystemMessage = "Be brief." }, TestContext.Current.CancellationToken));
            Assert.Null(error);
            trimmed.Add(events.OfType<HistoryTrimmedEvent>().SingleOrDefault());
        }

        // The conversation is whole; what was sent was not, fits, and begins with the instructions and a question.
        Assert.Equal(2 * Turns, conversation.Messages.Count);
        var counter = TokenCounter.For("m");
        Assert.All(provider.Requests, request => Assert.InRange(counter.Count(request).Tokens, 1, 1_000));
        Assert.All(provider.Requests, request => Assert.Equal([Role.System, Role.User], request.Messages.Take(2).Select(message => message.Role)));
        for (var turn = 0; turn < Turns; turn++)
        {
            var left = 2 * turn + 2 - provider.Requests[turn].Messages.Count;
            Assert.Equal(left > 0 ? left : null, trimmed[turn]?.Messages);
        }

        // Between two cuts a request begins with all of the one before it, as a prompt cache needs.
        var kept = provider.Requests.Zip(provider.Requests.Skip(1)).Count(pair => pair.First.Messages.Select(message => message.Text).SequenceEqual(pair.Second.Messages.Take(pair.First.Messages.Count).Select(message => message.Text)));
        Assert.InRange(kept, Turns - 8, Turns - 2);
    }

    [Fact]
    public async Task Turns_Summarised_GoOnFromTheSummaryAndKeepIt()
    {
        // A request that begins with the instructions to sum up is answered so; the others with forty words.
        var summaries = 0;
        ScriptedProvider.Script answer = (request, token) => request.Messages[0].Text.StartsWith("Sum up", StringComparison.Ordinal)
            ? ScriptedProvider.Says(new TextDelta($"Summary {++summaries}."), new UsageDelta(new TokenUsage(new InputTokens(100), new OutputTokens(5)), null), ScriptedProvider.Done())(request, token)
            : ScriptedProvider.Says(new TextDelta(Words(40)), ScriptedProvider.Done())(request, token);
        var provider = new ScriptedProvider([.. Enumerable.Repeat(answer, 2 * Turns)]);
        var engine = Engine(provider, new HistoryPolicy { MaxTokens = 2_000, Summarise = true });
        var conversation = engine.NewConversation();
        var methods = new List<string?>();
        for (var turn = 0; turn < Turns; turn++)
        {
            var (events, error) = await Turn.RunAsync(engine.RunAsync(conversation, [Message.User($"{turn} {Words(40)}")], cancellationToken: TestContext.Current.CancellationToken));
            Assert.Null(error);
            methods.Add(events.OfType<HistoryTrimmedEvent>().SingleOrDefault()?.Method);
            if (turn == Turns / 2)
                conversation = Conversation.Parse(conversation.ToJson());
        }

        Assert.All(methods.SkipWhile(method => method is null), method => Assert.Equal("summarised", method));
        // One for each cut, not one for each turn, and none again after the document was read.
        Assert.InRange(summaries, 3, 8);
        var asked = provider.Requests.Where(request => request.Messages[0].Text.StartsWith("Sum up", StringComparison.Ordinal)).ToList();
        Assert.All(asked.Skip(1), (request, i) => Assert.Contains($"Summary of what came before:\nSummary {i + 1}.", request.Messages[1].Text, StringComparison.Ordinal));
        Assert.Contains($"Summary {summaries}.", provider.Requests[^1].Messages[0].Text, StringComparison.Ordinal);
        Assert.All(provider.Requests, request => Assert.InRange(TokenCounter.For("m").Count(request).Tokens, 1, 2_000));
        // What is forgotten is not summed up any longer.
        Assert.Contains($"Summary {summaries}.", conversation.ToJson(), StringComparison.Ordinal);
        conversation.Clear();
        Assert.DoesNotContain("Summary", conversation.ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Turn_SummaryThatFails_IsLeftOut()
    {
        var provider = new ScriptedProvider(
            ScriptedProvider.Breaks(new GptException(GptErrorKind.Overloaded, "Too busy.")),
            ScriptedProvider.Says(new TextDelta("Hi"), ScriptedProvider.Done()));
        var engine = Engine(provider, new HistoryPolicy { MaxTokens = 2_000, Summarise = true });
        var conversation = engine.NewConversation();
        for (var i = 0; i < 100; i++)
            conversation.Append(i % 2 == 0 ? Message.User(Words(40)) : Message.Assistant(Words(40)), DateTimeOffset.UnixEpoch);

        var (events, error) = await Turn.RunAsync(engine.RunAsync(conversation, [Message.User("?")], cancellationToken: TestContext.Current.CancellationToken));

        Assert.Null(error);
        Assert.Equal("dropped", Assert.Single(events.OfType<HistoryTrimmedEvent>()).Method);
        Assert.Equal("Hi", Turn.TextOf(events));
    }

    [Fact]
    public async Task Turn_WithoutAPolicy_SendsAll()
    {
        var provider = new ScriptedProvider(ScriptedProvider.Says(new TextDelta("Hi"), ScriptedProvider.Done()));
        var engine = Engine(provider, null);
        var conversation = engine.NewConversation();
        for (var i = 0; i < 100; i++)
            conversation.Append(i % 2 == 0 ? Message.User(Words(40)) : Message.Assistant(Words(40)), DateTimeOffset.UnixEpoch);

        await Turn.RunAsync(engine.RunAsync(conversation, [Message.User("?")], cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(101, provider.Requests[0].Messages.Count);
    }

    [Fact]
    public async Task Turn_ModelWithAContext_LeavesRoomForTheAnswer()
    {
        // A context of 2,000 of which 500 are the answer's; every message takes about 44.
        var provider = new ScriptedProvider(ScriptedProvider.Says(new TextDelta("Hi"), ScriptedProvider.Done()));
        var engine = Engine(provider, new HistoryPolicy { TrimTo = 0.9 }, new ModelInfo { Provider = "scripted", Name = "gpt-4o", Context = 2_000, MaxOutput = 1_800 });
        var conversation = engine.NewConversation();
        for (var i = 0; i < 100; i++)
            conversation.Append(i % 2 == 0 ? Message.User(Words(40)) : Message.Assistant(Words(40)), DateTimeOffset.UnixEpoch);

        await Turn.RunAsync(engine.RunAsync(conversation, [Message.User("?")], new TurnOptions { Model = "scripted/gpt-4o" }, TestContext.Current.CancellationToken));

        Assert.InRange(TokenCounter.For("gpt-4o").Count(provider.Requests[0]).Tokens, 1_000, 1_500);
    }

    [Theory]
    [InlineData(255, 0.5, "MaxTokens is 255")]
    [InlineData(null, 0.95, "TrimTo is 0.95")]
    public void Engine_PolicyOutOfRange_NamesIt(int? maxTokens, double trimTo, string message)
    {
        var error = Assert.Throws<GptException>(() => Engine(new ScriptedProvider(), new HistoryPolicy { MaxTokens = maxTokens, TrimTo = trimTo }));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    private static string Words(int count) => string.Join(' ', Enumerable.Repeat("word", count));

    private static GptEngine Engine(ScriptedProvider provider, HistoryPolicy? history, ModelInfo? info = null)
    {
        var registry = new ProviderRegistry((_, _) => throw new NotSupportedException(), catalog: info is null ? ModelCatalog.Default : ModelCatalog.Default.With(info));
        registry.Add(provider);
        return new GptEngine(registry, new GenerationOptions { Model = $"{provider.Name}/m" }, pipeline: new GptPipelineOptions { History = history });
    }
}
