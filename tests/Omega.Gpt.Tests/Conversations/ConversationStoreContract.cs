using Omega.Gpt.Tests.Turns;
using Omega.Gpt.Turns;

namespace Omega.Gpt.Tests.Conversations;

/// <summary>What every conversation store keeps to.</summary>
public abstract class ConversationStoreContract
{
    private protected abstract IConversationStore Store { get; }

    /// <summary>Runs a turn to its end as the engine does, without the merge.</summary>
    private protected static async Task RunAsync(IConversationStore store, Conversation conversation, TurnHeader header, string text)
    {
        var writer = await store.Turns.BeginAsync(header);
        foreach (var message in header.Input)
            conversation.Append(message, header.At);
        conversation.Append(Script.Assistant(text) with { Turn = header.Turn }, header.At);
        conversation.Model = header.Model;
        await Script.AppendAsync(writer!, header, Script.Answer(header, text));
        await writer!.DisposeAsync();
    }

    /// <summary>What the turn's process leaves when it is killed in the middle of <paramref name="text"/>.</summary>
    private protected static async Task DieAsync(IConversationStore store, TurnHeader header, string text)
    {
        var writer = await store.Turns.BeginAsync(header);
        await Script.AppendAsync(writer!, header, new TurnStartedEvent(header.Conversation, header.Model), new StepStartedEvent(1), new TextDeltaEvent(text));
        await writer!.DisposeAsync();
    }

    private protected async Task<Conversation> NewAsync(string id = "c")
    {
        var conversation = new Conversation(id, Script.Start);
        await Store.SaveAsync(conversation);
        return conversation;
    }

    private static string Texts(Conversation conversation) => string.Join("|", conversation.Messages.Select(message => message.Text));

    [Fact]
    public async Task Load_Unknown_IsNull() => Assert.Null(await Store.LoadAsync("nobody"));

    [Fact]
    public async Task Load_BadId_IsRefused() => await Assert.ThrowsAsync<GptException>(async () => await Store.LoadAsync("../c"));

    [Fact]
    public async Task Save_NewConversation_IsLoadedAsItWas()
    {
        var conversation = new Conversation("c", Script.Start) { Title = "Über 🚀", Model = "openai/gpt-4.1" };
        conversation.Append(Message.User("Hello"), Script.Start.AddMinutes(1));
        await Store.SaveAsync(conversation);

        var loaded = await Store.LoadAsync("c");

        Assert.Equal(1, conversation.Version);
        Assert.Equal(
            (conversation.Id, conversation.Title, conversation.Model, conversation.Created, conversation.Updated, conversation.Version),
            (loaded!.Id, loaded.Title, loaded.Model, loaded.Created, loaded.Updated, loaded.Version));
        Assert.Equal(Script.Show(conversation.Messages), Script.Show(loaded.Messages));
        Assert.Equal("m1", loaded.Messages[0].Id);
    }

    [Fact]
    public async Task Load_UnmergedLogs_AreFoldedInOrderOfTime()
    {
        var conversation = await NewAsync();
        await RunAsync(Store, conversation, Script.Header("z", minute: 1, prompt: "one"), "first");
        await RunAsync(Store, conversation, Script.Header("a", minute: 2, prompt: "two"), "second");

        var loaded = await Store.LoadAsync("c");

        Assert.Equal("one|first|two|second", Texts(loaded!));
        Assert.Equal(Script.Show(conversation.Messages), Script.Show(loaded!.Messages));
        Assert.Equal(conversation.Messages.Select(message => message.Id), loaded.Messages.Select(message => message.Id));
        Assert.Equal("openai/gpt-4.1", loaded.Model);
        Assert.Equal(1, loaded.Version);
    }

    [Fact]
    public async Task Load_DeadTurn_KeepsWhatWasShownAsInterrupted()
    {
        await NewAsync();
        await DieAsync(Store, Script.Header("t1"), "Half an ans");

        var loaded = await Store.LoadAsync("c");

        Assert.Equal("Hello|Half an ans", Texts(loaded!));
        Assert.Equal([MessageState.Complete, MessageState.Interrupted], loaded!.Messages.Select(message => message.State));
    }

    [Fact]
    public async Task LoadAndList_OnlyALog_FindTheConversation()
    {
        await DieAsync(Store, Script.Header("t1"), "Hi");

        var loaded = await Store.LoadAsync("c");
        var listed = Assert.Single(await Script.ToListAsync(Store.ListAsync()));

        Assert.Equal("Hello|Hi", Texts(loaded!));
        Assert.Equal(("c", "openai/gpt-4.1", Script.Start, null), (listed.Id, listed.Model, listed.Created, listed.Damage));
        await Store.SaveAsync(loaded!);
        Assert.Equal("Hello|Hi", Texts((await Store.LoadAsync("c"))!));
    }

    [Fact]
    public async Task Save_AfterTurns_TakesTheirLogsIn()
    {
        var conversation = await NewAsync();
        await RunAsync(Store, conversation, Script.Header("t1"), "Hi");
        await Store.SaveAsync(conversation);

        Assert.Empty(await Script.ToListAsync(Store.Turns.ListAsync("c")));
        Assert.Equal("Hello|Hi", Texts((await Store.LoadAsync("c"))!));
        Assert.Equal(2, conversation.Version);
    }

    [Fact]
    public async Task Save_CallersTurnId_KeepsTheLogAndDoesNotRepeatIt()
    {
        var conversation = await NewAsync();
        await RunAsync(Store, conversation, Script.Header("t1", keep: true), "Hi");
        await Store.SaveAsync(conversation);
        await RunAsync(Store, conversation, Script.Header("t2", minute: 1), "Ho");
        await Store.SaveAsync(conversation);

        Assert.Equal(["t1"], (await Script.ToListAsync(Store.Turns.ListAsync("c"))).Select(header => header.Turn));
        Assert.Null(await Store.Turns.BeginAsync(Script.Header("t1")));
        Assert.Equal("Hello|Hi|Hello|Ho", Texts((await Store.LoadAsync("c"))!));
    }

    [Fact]
    public async Task Save_OldVersion_IsBusyAndChangesNothing()
    {
        await NewAsync();
        var one = await Store.LoadAsync("c");
        var two = await Store.LoadAsync("c");
        one!.Title = "one";
        two!.Title = "two";
        await Store.SaveAsync(one);

        var exception = await Assert.ThrowsAsync<GptException>(async () => await Store.SaveAsync(two));

        Assert.Equal(GptErrorKind.ConversationBusy, exception.Kind);
        Assert.Equal("one", (await Store.LoadAsync("c"))!.Title);
        Assert.Equal(1, two.Version);
    }

    [Fact]
    public async Task Save_NewConversationOverAnExistingOne_IsBusy()
    {
        var conversation = await NewAsync();
        conversation.Append(Message.User("precious"), Script.Start);
        await Store.SaveAsync(conversation);
        await Assert.ThrowsAsync<GptException>(async () => await Store.SaveAsync(new Conversation("c", Script.Start)));
        Assert.Equal("precious", Texts((await Store.LoadAsync("c"))!));
    }

    [Fact]
    public async Task Save_TurnThatThisConversationDoesNotKnow_LeavesItsLog()
    {
        var conversation = await NewAsync();
        await RunAsync(Store, (await Store.LoadAsync("c"))!, Script.Header("t1"), "from elsewhere");
        conversation.Title = "renamed";
        await Store.SaveAsync(conversation);

        var loaded = await Store.LoadAsync("c");
        Assert.Equal("renamed", loaded!.Title);
        Assert.Equal("Hello|from elsewhere", Texts(loaded));
    }

    [Fact]
    public async Task Save_WhileTheTurnRuns_LosesNothingOfIt()
    {
        var conversation = await NewAsync();
        var header = Script.Header("t1");
        var writer = await Store.Turns.BeginAsync(header);
        conversation.Append(header.Input[0], header.At);
        await Script.AppendAsync(writer!, header, new TurnStartedEvent("c", "m"), new StepStartedEvent(1), new TextDeltaEvent("be"));
        conversation.Title = "in the middle";
        await Store.SaveAsync(conversation);
        await writer!.AppendAsync(new TextDeltaEvent("fore").Stamp("t1", 4, header.At));
        Assert.Equal("Hello|before", Texts((await Store.LoadAsync("c"))!));

        await writer.AppendAsync(Script.Completed("before").Stamp("t1", 5, header.At));
        await writer.DisposeAsync();
        conversation.Append(Script.Assistant("before") with { Turn = "t1" }, header.At);
        await Store.SaveAsync(conversation);

        var loaded = await Store.LoadAsync("c");
        Assert.Equal("Hello|before", Texts(loaded!));
        Assert.Equal("in the middle", loaded!.Title);
    }

    [Fact]
    public async Task Save_LoadedWhileATurnRan_DoesNotReplaceItsAnswerByTheHalf()
    {
        await NewAsync();
        var header = Script.Header("t1");
        var writer = await Store.Turns.BeginAsync(header);
        await Script.AppendAsync(writer!, header, new TurnStartedEvent("c", "m"), new StepStartedEvent(1), new TextDeltaEvent("ha"));
        var early = await Store.LoadAsync("c");
        Assert.Equal("Hello|ha", Texts(early!));
        await writer!.AppendAsync(new TextDeltaEvent("lf and whole").Stamp("t1", 4, header.At));
        await writer.AppendAsync(Script.Completed("half and whole").Stamp("t1", 5, header.At));
        await writer.DisposeAsync();

        early!.Title = "renamed";
        await Store.SaveAsync(early);

        Assert.Equal("Hello|half and whole", Texts((await Store.LoadAsync("c"))!));
    }

    [Fact]
    public async Task Resume_TurnThatASaveTookIn_IsRefused()
    {
        await NewAsync();
        await DieAsync(Store, Script.Header("t1", keep: true), "half");
        await Store.SaveAsync((await Store.LoadAsync("c"))!);

        var exception = await Assert.ThrowsAsync<GptException>(async () => await Store.Turns.ResumeAsync("c", "t1"));

        Assert.Equal(GptErrorKind.ConversationBusy, exception.Kind);
        Assert.Equal("Hello|half", Texts((await Store.LoadAsync("c"))!));
    }

    [Fact]
    public async Task Resume_DeadTurnAfterALoad_KeepsWhatIsAdded()
    {
        await NewAsync();
        var header = Script.Header("t1");
        await DieAsync(Store, header, "half");
        var stale = await Store.LoadAsync("c");
        var writer = await Store.Turns.ResumeAsync("c", "t1");
        await writer.AppendAsync(new TextDeltaEvent(" and more").Stamp("t1", 4, header.At));
        await writer.DisposeAsync();
        await Store.SaveAsync(stale!);
        Assert.Equal("Hello|half and more", Texts((await Store.LoadAsync("c"))!));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Clear_AndSave_DoesNotBringBackWhatLogsHold(bool keep)
    {
        var conversation = await NewAsync();
        await RunAsync(Store, conversation, Script.Header("t1", keep: keep), "Hi");
        conversation.Clear();
        await Store.SaveAsync(conversation);

        var loaded = await Store.LoadAsync("c");
        Assert.Empty(loaded!.Messages);
        loaded.Title = "again";
        await Store.SaveAsync(loaded);
        Assert.Empty((await Store.LoadAsync("c"))!.Messages);
    }

    [Fact]
    public async Task MergeIfDue_LogsOutgrowTheDocument_WritesItAndThenRests()
    {
        var conversation = await NewAsync();
        await RunAsync(Store, conversation, Script.Header("t1"), new string('x', 900));
        Assert.True(await Store.MergeIfDueAsync(conversation));
        Assert.False(await Store.MergeIfDueAsync(conversation));
        Assert.Empty(await Script.ToListAsync(Store.Turns.ListAsync("c")));
        Assert.Equal(2, conversation.Version);
    }

    [Fact]
    public async Task MergeIfDue_SomeoneElseWrote_IsLeftForLater()
    {
        var conversation = await NewAsync();
        await RunAsync(Store, conversation, Script.Header("t1"), new string('x', 900));
        Assert.True(await Store.RenameAsync("c", "renamed"));

        Assert.False(await Store.MergeIfDueAsync(conversation));

        var loaded = await Store.LoadAsync("c");
        Assert.Equal(("renamed", 2), (loaded!.Title, loaded.Messages.Count));
    }

    [Fact]
    public async Task Lock_Held_IsBusyAtOnceAndFreeAfterwards()
    {
        var held = await Store.LockAsync("c");
        var exception = await Assert.ThrowsAsync<GptException>(async () => await Store.LockAsync("c"));
        Assert.Equal(GptErrorKind.ConversationBusy, exception.Kind);
        await using (await Store.LockAsync("d"))
        {
            await held.DisposeAsync();
            await held.DisposeAsync();
        }

        await using var again = await Store.LockAsync("c");
    }

    [Fact]
    public async Task Lock_ManyAtOnce_HasOneHolderAtATime()
    {
        var holders = 0;
        var most = 0;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 200; i++)
            {
                try
                {
                    await using var held = await Store.LockAsync("c");
                    var now = Interlocked.Increment(ref holders);
                    most = Math.Max(most, now);
                    await Task.Yield();
                    Interlocked.Decrement(ref holders);
                }
                catch (GptException exception) when (exception.Kind == GptErrorKind.ConversationBusy)
                {
                }
            }
        })));
        Assert.Equal(1, most);
    }

    [Fact]
    public async Task List_Several_AreLastUpdatedFirst()
    {
        foreach (var (id, minute) in new[] { ("a", 3), ("b", 1), ("c", 2) })
        {
            var conversation = new Conversation(id, Script.Start) { Title = $"Title {id}" };
            conversation.Append(Message.User("x"), Script.Start.AddMinutes(minute));
            await Store.SaveAsync(conversation);
        }

        var headers = await Script.ToListAsync(Store.ListAsync());

        Assert.Equal(["a", "c", "b"], headers.Select(header => header.Id));
        Assert.Equal(("Title a", Script.Start, Script.Start.AddMinutes(3), null), (headers[0].Title, headers[0].Created, headers[0].Updated, headers[0].Damage));
    }

    [Fact]
    public async Task Rename_Unknown_IsFalse() => Assert.False(await Store.RenameAsync("nobody", "x"));

    [Fact]
    public async Task Delete_Conversation_IsGoneWithItsLogs()
    {
        var conversation = await NewAsync();
        await RunAsync(Store, conversation, Script.Header("t1"), "Hi");
        Assert.True(await Store.DeleteAsync("c"));
        Assert.False(await Store.DeleteAsync("c"));
        Assert.Null(await Store.LoadAsync("c"));
        Assert.Empty(await Script.ToListAsync(Store.ListAsync()));
        Assert.Empty(await Script.ToListAsync(Store.Turns.ListAsync("c")));
        var exception = await Assert.ThrowsAsync<GptException>(async () => await Store.SaveAsync(conversation));
        Assert.Equal(GptErrorKind.ConversationBusy, exception.Kind);
    }

    [Fact]
    public async Task Delete_WhileATurnRuns_IsBusy()
    {
        await NewAsync();
        await using var held = await Store.LockAsync("c");
        await Assert.ThrowsAsync<GptException>(async () => await Store.DeleteAsync("c"));
        Assert.NotNull(await Store.LoadAsync("c"));
    }

    [Fact]
    public async Task Save_ConversationOfAnotherStore_IsNewHere()
    {
        var other = new MemoryConversationStore();
        var conversation = new Conversation("c", Script.Start);
        conversation.Append(Message.User("x"), Script.Start);
        await other.SaveAsync(conversation);
        await Store.SaveAsync(conversation);
        Assert.Equal("x", Texts((await Store.LoadAsync("c"))!));
    }
}

public sealed class MemoryConversationStoreTests : ConversationStoreContract
{
    private protected override IConversationStore Store { get; } = new MemoryConversationStore();
}

public sealed class FileConversationStoreContractTests : ConversationStoreContract, IDisposable
{
    private readonly TempHome _home = new();

    public FileConversationStoreContractTests() => Store = new FileConversationStore(_home.Path);

    private protected override IConversationStore Store { get; }

    public void Dispose() => _home.Dispose();
}
