using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Omega.Gpt.Providers;
using Omega.Gpt.Tests.Turns;

namespace Omega.Gpt.Tests.Conversations;

/// <summary>Several engines, as in several processes, hold one stored conversation open and take turns: each model sees every turn so far.</summary>
public abstract class SharedConversationContract
{
    private readonly FakeTimeProvider _time = new(Script.Start);

    /// <summary>A store as another process would open it.</summary>
    private protected abstract IConversationStore Open();

    private protected async Task<Holder> HolderAsync(string conversation = "c")
    {
        var holder = new Holder(Open(), _time, conversation);
        await holder.Gpt.OpenAsync();
        return holder;
    }

    private static string[] Texts(IEnumerable<Message> messages) => [.. messages.Select(message => message.Text)];

    [Theory]
    [InlineData(2, 1)]
    [InlineData(2, 60_000)] // so long a document that the logs stay beside it
    [InlineData(3, 2_000)]
    public async Task Turn_HoldersThatAlternate_SeeEveryTurnSoFar(int count, int firstLength)
    {
        var holders = new List<Holder>();
        for (var i = 0; i < count; i++)
            holders.Add(await HolderAsync());
        List<string> said = [];
        for (var turn = 0; turn < 12; turn++)
        {
            var holder = holders[turn % count];
            await holder.AskAsync(turn == 0 ? new string('x', firstLength) : $"q{turn}", said);
            Assert.Equal(said, Texts(holder.Gpt.Conversation.Messages));
        }

        var stored = await Open().LoadAsync("c");
        Assert.Equal(said, Texts(stored!.Messages));
        Assert.Equal(stored.Messages.Count, stored.Messages.Select(message => message.Id).Distinct().Count());
        Assert.All(holders, holder => Assert.InRange(holder.Gpt.Conversation.Version, 1, stored.Version));
    }

    [Fact]
    public async Task Turn_AfterTheOtherSaved_KnowsItsTitleAndCanSave()
    {
        var (one, two) = (await HolderAsync(), await HolderAsync());
        List<string> said = [];
        await one.AskAsync("q1", said);
        await two.AskAsync("q2", said);
        await one.AskAsync("q3", said);
        one.Gpt.Conversation.Title = "Renamed";
        await one.Gpt.SaveAsync();

        await two.AskAsync("q4", said);
        await two.Gpt.SaveAsync();

        var stored = await Open().LoadAsync("c");
        Assert.Equal("Renamed", two.Gpt.Conversation.Title);
        Assert.Equal(("Renamed", two.Gpt.Conversation.Version), (stored!.Title, stored.Version));
        Assert.Equal(said, Texts(stored.Messages));
    }

    [Fact]
    public async Task Turn_AfterTheOtherClearedAndSaved_BeginsAnew()
    {
        var (one, two) = (await HolderAsync(), await HolderAsync());
        await one.AskAsync("q1", []);
        await two.AskAsync("q2", ["q1", "a:q1"]);
        await one.AskAsync("q3", ["q1", "a:q1", "q2", "a:q2"]);
        one.Gpt.Clear();
        await one.Gpt.SaveAsync();

        await two.AskAsync("q4", []);
        Assert.Equal(["q4", "a:q4"], Texts((await Open().LoadAsync("c"))!.Messages));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Turn_ClearedHereAndNotSaved_StaysClearedAndTakesTheOthersTurns(bool otherSaves)
    {
        var (one, two) = (await HolderAsync(), await HolderAsync());
        await one.AskAsync("q1", []);
        await two.AskAsync("q2", ["q1", "a:q1"]);
        two.Gpt.Clear();
        await one.AskAsync("q3", ["q1", "a:q1", "q2", "a:q2"]);
        if (otherSaves)
            await one.Gpt.SaveAsync();

        await two.AskAsync("q4", ["q3", "a:q3"]);
        await one.AskAsync("q5", ["q1", "a:q1", "q2", "a:q2", "q3", "a:q3", "q4", "a:q4"]);
        await two.AskAsync("q6", ["q3", "a:q3", "q4", "a:q4", "q5", "a:q5"]);
    }

    [Fact]
    public async Task Turn_OpenedInTheMiddleOfTheOthersTurn_SeesTheWholeAnswer()
    {
        var one = await HolderAsync();
        await one.AskAsync("q1", []);
        await using var running = one.Gpt.StreamTurnAsync(Message.User("q2")).GetAsyncEnumerator();
        while (await running.MoveNextAsync() && running.Current is not TextDeltaEvent)
        {
        }

        var two = await HolderAsync();
        Assert.Equal(["q1", "a:q1", "q2", "a:"], Texts(two.Gpt.Conversation.Messages));
        while (await running.MoveNextAsync())
        {
        }

        _time.Advance(TimeSpan.FromSeconds(1));
        await two.AskAsync("q3", ["q1", "a:q1", "q2", "a:q2"]);
    }

    [Fact]
    public async Task Turn_AfterTheOtherBrokeOff_SeesWhatWasShown()
    {
        var (one, two) = (await HolderAsync(), await HolderAsync());
        await one.AskAsync("q1", []);
        await foreach (var gptEvent in two.Gpt.StreamTurnAsync(Message.User("q2")))
        {
            if (gptEvent is TextDeltaEvent)
                break;
        }

        _time.Advance(TimeSpan.FromSeconds(1));
        await one.AskAsync("q3", ["q1", "a:q1", "q2", "a:"]);
        Assert.Equal(MessageState.Cancelled, one.Gpt.Conversation.Messages[3].State);
    }

    [Fact]
    public async Task Turn_KnownIdThatTheOtherRan_IsRepeatedAndNotRunAgain()
    {
        var (one, two) = (await HolderAsync(), await HolderAsync());
        await one.AskAsync("q1", [], "once");

        var (events, error) = await Turn.RunAsync(two.Gpt.StreamTurnAsync(Message.User("q1"), new TurnOptions { TurnId = "once" }));

        Assert.Null(error);
        Assert.Equal("a:q1", Turn.TextOf(events));
        Assert.Empty(two.Provider.Requests);
    }

    [Fact]
    public async Task CatchUp_NewTurn_IsTrueOnce()
    {
        var (one, two) = (await HolderAsync(), await HolderAsync());
        await one.AskAsync("q1", []);

        Assert.True(await two.Store.CatchUpAsync(two.Gpt.Conversation));
        Assert.Equal(["q1", "a:q1"], Texts(two.Gpt.Conversation.Messages));
        Assert.False(await two.Store.CatchUpAsync(two.Gpt.Conversation));
        Assert.False(await one.Store.CatchUpAsync(one.Gpt.Conversation));
    }

    [Fact]
    public async Task CatchUp_ConversationDeletedElsewhere_IsLeftAsItIs()
    {
        var (one, two) = (await HolderAsync(), await HolderAsync());
        await one.AskAsync("q1", []);
        await two.AskAsync("q2", ["q1", "a:q1"]);
        await one.Store.DeleteAsync("c");

        Assert.False(await two.Store.CatchUpAsync(two.Gpt.Conversation));
        Assert.Equal(4, two.Gpt.Conversation.Messages.Count);
    }

    [Fact]
    public async Task CatchUp_ConversationOfNoStore_IsLeftAsItIs()
    {
        var one = await HolderAsync();
        await one.AskAsync("q1", []);
        var stranger = new Conversation("c", Script.Start);
        stranger.Append(Message.User("mine"), Script.Start);

        Assert.False(await Open().CatchUpAsync(stranger));
        Assert.Equal(["mine"], Texts(stranger.Messages));
    }

    [Fact]
    public async Task Turn_AnyOrderOfTurnsSavesAndOpenings_SeesEveryTurnSoFar() => await Gen.Select(Gen.Int[0, 2], Gen.Int[0, 5], Gen.Int[0, 600]).Array[1, 25].SampleAsync(
        async steps =>
        {
            var conversation = $"c{Guid.NewGuid():N}";
            Holder[] holders = [await HolderAsync(conversation), await HolderAsync(conversation), await HolderAsync(conversation)];
            List<string> said = [];
            foreach (var (who, what, length) in steps)
            {
                switch (what)
                {
                    case 0 when said.Count > 0:
                        await holders[who].Gpt.OpenAsync();
                        await holders[who].Gpt.SaveAsync();
                        break;
                    case 1:
                        holders[who] = await HolderAsync(conversation);
                        break;
                    default:
                        await holders[who].AskAsync(new string('q', length + 1), said);
                        break;
                }
            }

            Assert.Equal(said, Texts((await Open().LoadAsync(conversation))?.Messages ?? []));
        },
        iter: 40,
        threads: 1);

    /// <summary>One process that has the conversation open. Its model answers <c>a:</c> and the question.</summary>
    private protected sealed class Holder(IConversationStore store, FakeTimeProvider time, string conversation)
    {
        public IConversationStore Store => store;

        public ScriptedProvider Provider { get; } = new([.. Enumerable.Repeat<ScriptedProvider.Script>(
            (request, token) => ScriptedProvider.Says(new TextDelta("a:"), new TextDelta(request.Messages[^1].Text), ScriptedProvider.Done())(request, token), 60)]);

        public RealTimeGpt Gpt => field ??= Turn.Gpt(Provider, store, time, conversation);

        /// <summary>Asks, checks that the model was sent what was <paramref name="said"/> before, and adds to it.</summary>
        public async Task AskAsync(string question, List<string> said, string? turn = null)
        {
            var (_, error) = await Turn.RunAsync(Gpt.StreamTurnAsync(Message.User(question), new TurnOptions { TurnId = turn }));
            Assert.Null(error);
            Assert.Equal([.. said, question], Texts(Provider.Requests[^1].Messages));
            said.AddRange([question, $"a:{question}"]);
            time.Advance(TimeSpan.FromSeconds(1));
        }
    }
}

public sealed class SharedMemoryConversationTests : SharedConversationContract
{
    private readonly MemoryConversationStore _store = new();

    private protected override IConversationStore Open() => _store;
}

public sealed class SharedFileConversationTests : SharedConversationContract, IDisposable
{
    private readonly TempHome _home = new();

    private protected override IConversationStore Open() => new FileConversationStore(_home.Path);

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Turn_AfterTheOthers_OpensOnlyWhatIsNew()
    {
        var (one, two) = (await HolderAsync(), await HolderAsync());
        List<string> said = [];
        await one.AskAsync(new string('x', 60_000), said);
        await two.AskAsync("q2", said);
        await one.AskAsync("q3", said);
        await two.AskAsync("q4", said);

        // What both have read is spoilt where only reading it again could tell.
        var seen = Directory.GetFiles(_home.Turns("c"), "*.jsonl").OrderBy(File.GetLastWriteTimeUtc).SkipLast(2).ToList();
        Assert.NotEmpty(seen);
        foreach (var log in seen)
            await File.WriteAllTextAsync(log, "no log\n{}\n");
        var document = await File.ReadAllTextAsync(_home.Conversation("c"));
        var middle = document.IndexOf("xxx", StringComparison.Ordinal);
        await File.WriteAllTextAsync(_home.Conversation("c"), document[..middle] + "\"spoilt" + document[(middle + 7)..]);

        await one.AskAsync("q5", said);
        await two.AskAsync("q6", said);
    }
}
