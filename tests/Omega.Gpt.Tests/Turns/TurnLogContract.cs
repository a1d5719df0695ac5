using Omega.Gpt.Turns;

namespace Omega.Gpt.Tests.Turns;

/// <summary>What every turn log keeps to.</summary>
public abstract class TurnLogContract
{
    private protected abstract ITurnLog Log { get; }

    [Fact]
    public async Task Begin_NewTurn_IsFoundWithItsHeader()
    {
        var header = Script.Header("t1", prompt: "Hällo 🚀") with { Keep = true };
        await using var writer = await Log.BeginAsync(header);

        Assert.Equal(1, writer!.Epoch);
        var found = await Log.FindAsync("c", "t1");
        Assert.Equal(("t1", "c", "openai/gpt-4.1", header.At, true), (found!.Turn, found.Conversation, found.Model, found.At, found.Keep));
        Assert.Equal(Script.Show(header.Input), Script.Show(found.Input));
    }

    [Fact]
    public async Task Begin_KnownTurn_ReturnsNullWhileOpenAndAfter()
    {
        var writer = await Log.BeginAsync(Script.Header("t1"));
        Assert.Null(await Log.BeginAsync(Script.Header("t1", prompt: "other")));
        await writer!.DisposeAsync();
        Assert.Null(await Log.BeginAsync(Script.Header("t1", prompt: "other")));
        Assert.Equal("Hello", (await Log.FindAsync("c", "t1"))!.Input[0].Text);
    }

    [Fact]
    public async Task Begin_SameTurnOfAnotherConversation_IsAnotherLog()
    {
        await using var one = await Log.BeginAsync(Script.Header("t1", "a"));
        await using var two = await Log.BeginAsync(Script.Header("t1", "b"));
        Assert.NotNull(two);
    }

    [Theory]
    [InlineData("plain-1_x")]
    [InlineData("../../etc/passwd")]
    [InlineData("Ünï cödé / \\ : * ? \" < > | \n")]
    [InlineData("CON")]
    [InlineData("T1")]
    [InlineData("~")]
    [InlineData("🚀")]
    public async Task Begin_AnyTextAsId_IsKeptApartAndFound(string turn)
    {
        await using var plain = await Log.BeginAsync(Script.Header("t1"));
        var writer = await Log.BeginAsync(Script.Header(turn));
        await Script.AppendAsync(writer!, Script.Header(turn), new TextDeltaEvent("x"));
        await writer!.DisposeAsync();

        Assert.Equal(turn, (await Log.FindAsync("c", turn))!.Turn);
        Assert.Single(await Script.ToListAsync(Log.ReadAsync("c", turn)));
        Assert.Empty(await Script.ToListAsync(Log.ReadAsync("c", "t1")));
        Assert.Equal(2, (await Script.ToListAsync(Log.ListAsync("c"))).Count);
    }

    [Fact]
    public async Task Begin_IdsThatDifferAtTheEndOrInCase_AreKeptApart()
    {
        var ids = new[] { new string('a', 200), new string('a', 199) + "b", "Ab", "aB", "ab" };
        foreach (var id in ids)
            await (await Log.BeginAsync(Script.Header(id)))!.DisposeAsync();
        Assert.Equal(ids.Order(StringComparer.Ordinal), (await Script.ToListAsync(Log.ListAsync("c"))).Select(header => header.Turn).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a?b")]
    public async Task Begin_NoText_IsRefused(string turn)
    {
        // Half a surrogate pair; an attribute cannot hold one.
        turn = turn.Replace('?', '\ud800');
        var exception = await Assert.ThrowsAsync<GptException>(async () => await Log.BeginAsync(Script.Header("t1") with { Turn = turn }));
        Assert.Equal(GptErrorKind.BadRequest, exception.Kind);
    }

    [Theory]
    [InlineData("../c")]
    [InlineData("")]
    [InlineData(".hidden")]
    public async Task Begin_ConversationThatCouldNameAnotherFile_IsRefused(string conversation) =>
        await Assert.ThrowsAsync<GptException>(async () => await Log.BeginAsync(Script.Header("t1") with { Conversation = conversation }));

    [Fact]
    public async Task Read_WhileWriting_ShowsWhatWasAppendedInOrder()
    {
        var header = Script.Header("t1");
        await using var writer = await Log.BeginAsync(header);
        var message = Script.Assistant("Hi");
        await Script.AppendAsync(writer!, header, new TurnStartedEvent("c", "m"), new TextDeltaEvent("H"), new TextDeltaEvent("i"), message, new StepCompletedEvent(1, FinishReason.Stop, null));

        var entries = await Script.ToListAsync(Log.ReadAsync("c", "t1"));

        Assert.Equal([1, 2, 3, 0, 4], entries.Select(entry => entry.Event?.Sequence ?? 0));
        Assert.Equal(Script.Show([message]), Script.Show([entries[3].Message!]));
    }

    [Theory]
    [InlineData(0, "1 2 m 3 4")]
    [InlineData(1, "2 m 3 4")]
    [InlineData(2, "m 3 4")]
    [InlineData(3, "4")]
    [InlineData(4, "")]
    [InlineData(9, "")]
    public async Task Read_AfterANumber_LeavesOutWhatCameBefore(long after, string expected)
    {
        var header = Script.Header("t1");
        await using var writer = await Log.BeginAsync(header);
        await Script.AppendAsync(writer!, header, new TextDeltaEvent("a"), new TextDeltaEvent("b"), Script.Assistant("ab"), new StepStartedEvent(2), new TextDeltaEvent("c"));

        var entries = await Script.ToListAsync(Log.ReadAsync("c", "t1", after));

        Assert.Equal(expected, string.Join(" ", entries.Select(entry => entry.Event?.Sequence.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "m")));
    }

    [Fact]
    public async Task Read_UnknownTurnOrConversation_IsEmpty()
    {
        Assert.Empty(await Script.ToListAsync(Log.ReadAsync("nobody", "t1")));
        Assert.Empty(await Script.ToListAsync(Log.ListAsync("nobody")));
        Assert.Null(await Log.FindAsync("nobody", "t1"));
    }

    [Fact]
    public async Task List_SeveralTurns_AreOldestFirst()
    {
        foreach (var (turn, minute) in new[] { ("b", 1), ("z", 0), ("a", 1), ("c", 2) })
            await (await Log.BeginAsync(Script.Header(turn, minute: minute)))!.DisposeAsync();
        Assert.Equal(["z", "a", "b", "c"], (await Script.ToListAsync(Log.ListAsync("c"))).Select(header => header.Turn));
    }

    [Fact]
    public async Task Append_AfterTheEnd_IsRefused()
    {
        var header = Script.Header("t1");
        await using var writer = await Log.BeginAsync(header);
        await Script.AppendAsync(writer!, header, Script.Completed("x"));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await writer!.AppendAsync(new TextDeltaEvent("y")));
    }

    [Fact]
    public async Task Append_Cancelled_WritesNothing()
    {
        await using var writer = await Log.BeginAsync(Script.Header("t1"));
        await Assert.ThrowsAsync<OperationCanceledException>(async () => await writer!.AppendAsync(new TextDeltaEvent("y"), false, new CancellationToken(true)));
        Assert.Empty(await Script.ToListAsync(Log.ReadAsync("c", "t1")));
    }

    [Fact]
    public async Task Resume_DeadWriter_GoesOnWithTheNextEpoch()
    {
        var header = Script.Header("t1");
        var first = await Log.BeginAsync(header);
        await Script.AppendAsync(first!, header, new TextDeltaEvent("a"));
        await first!.DisposeAsync();

        var second = await Log.ResumeAsync("c", "t1");
        Assert.Equal(2, second.Epoch);
        await second.AppendAsync(new TextDeltaEvent("b").Stamp("t1", 2, header.At));
        await second.DisposeAsync();
        await using var third = await Log.ResumeAsync("c", "t1");

        Assert.Equal(3, third.Epoch);
        await Assert.ThrowsAnyAsync<Exception>(async () => await first.AppendAsync(new TextDeltaEvent("late")));
        await Assert.ThrowsAnyAsync<Exception>(async () => await second.AppendAsync(new TextDeltaEvent("late")));
        var entries = await Script.ToListAsync(Log.ReadAsync("c", "t1"));
        Assert.Equal(["a", "b"], entries.Select(entry => ((TextDeltaEvent)entry.Event!).Text));
    }

    [Fact]
    public async Task Resume_LiveWriter_IsBusy()
    {
        await using var writer = await Log.BeginAsync(Script.Header("t1"));
        var exception = await Assert.ThrowsAsync<GptException>(async () => await Log.ResumeAsync("c", "t1"));
        Assert.Equal(GptErrorKind.ConversationBusy, exception.Kind);
        await writer!.AppendAsync(new TextDeltaEvent("still mine"));
    }

    [Fact]
    public async Task Resume_EndedTurn_IsBusy()
    {
        var header = Script.Header("t1");
        var writer = await Log.BeginAsync(header);
        await Script.AppendAsync(writer!, header, Script.Failed());
        await writer!.DisposeAsync();
        var exception = await Assert.ThrowsAsync<GptException>(async () => await Log.ResumeAsync("c", "t1"));
        Assert.Equal(GptErrorKind.ConversationBusy, exception.Kind);
    }

    [Fact]
    public async Task Resume_UnknownTurn_IsNotFound() =>
        await Assert.ThrowsAsync<KeyNotFoundException>(async () => await Log.ResumeAsync("c", "nothing"));

    [Fact]
    public async Task Delete_OneOrAll_RemovesThem()
    {
        foreach (var turn in new[] { "a", "b", "c" })
            await (await Log.BeginAsync(Script.Header(turn)))!.DisposeAsync();
        await Log.DeleteAsync("c", "b");
        Assert.Equal(["a", "c"], (await Script.ToListAsync(Log.ListAsync("c"))).Select(header => header.Turn));
        await Log.DeleteAsync("c", "b");
        await Log.DeleteAsync("c");
        Assert.Empty(await Script.ToListAsync(Log.ListAsync("c")));
        await Log.DeleteAsync("c");
        Assert.NotNull(await Log.BeginAsync(Script.Header("a")));
    }

    [Fact]
    public async Task Delete_LiveTurn_IsBusy()
    {
        await using var writer = await Log.BeginAsync(Script.Header("t1"));
        var exception = await Assert.ThrowsAsync<GptException>(async () => await Log.DeleteAsync("c"));
        Assert.Equal(GptErrorKind.ConversationBusy, exception.Kind);
        await writer!.AppendAsync(new TextDeltaEvent("x"));
        Assert.Single(await Script.ToListAsync(Log.ReadAsync("c", "t1")));
    }

    [Fact]
    public async Task Begin_ManyAtOnceWithOneId_HasOneWinner()
    {
        var writers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(async () =>
        {
            try
            {
                return await Log.BeginAsync(Script.Header("t1"));
            }
            catch (GptException exception) when (exception.Kind == GptErrorKind.ConversationBusy)
            {
                return null; // Its header was being written.
            }
        })));
        Assert.Single(writers, writer => writer is not null);
    }
}

public sealed class MemoryTurnLogTests : TurnLogContract
{
    private protected override ITurnLog Log { get; } = new MemoryTurnLog();
}

public sealed class FileTurnLogContractTests : TurnLogContract, IDisposable
{
    private readonly TempHome _home = new();

    public FileTurnLogContractTests() => Log = new FileTurnLog(_home.Path);

    private protected override ITurnLog Log { get; }

    public void Dispose() => _home.Dispose();
}
