using System.Diagnostics;
using Omega.Gpt.Tests.Turns;

namespace Omega.Gpt.Tests.Conversations;

/// <summary>What files do beyond the contract: crashes between two writes, damage, other processes, other programs' files.</summary>
public sealed class FileConversationStoreTests : IDisposable
{
    private readonly TempHome _home = new();
    private readonly FileConversationStore _store;

    public FileConversationStoreTests() => _store = new FileConversationStore(_home.Path);

    public void Dispose() => _home.Dispose();

    private static string Texts(Conversation? conversation) => string.Join("|", conversation!.Messages.Select(message => message.Text));

    private async Task<Conversation> NewAsync()
    {
        var conversation = new Conversation("c", Script.Start) { Title = "T" };
        await _store.SaveAsync(conversation);
        return conversation;
    }

    private async Task RunAsync(Conversation conversation, string turn, string text, bool keep = false, int minute = 0)
    {
        var header = Script.Header(turn, minute: minute, keep: keep);
        var writer = await _store.Turns.BeginAsync(header);
        conversation.Append(header.Input[0], header.At);
        conversation.Append(Script.Assistant(text) with { Turn = turn }, header.At);
        await Script.AppendAsync(writer!, header, Script.Answer(header, text));
        await writer!.DisposeAsync();
    }

    [Fact]
    public async Task Load_CrashBetweenDocumentAndLogs_DoesNotRepeatTurns()
    {
        var conversation = await NewAsync();
        await RunAsync(conversation, "t1", "one");
        await RunAsync(conversation, "t2", "two", keep: true, minute: 1);
        var logs = Directory.GetFiles(_home.Turns("c")).ToDictionary(path => path, File.ReadAllBytes);
        await _store.SaveAsync(conversation);
        Directory.CreateDirectory(_home.Turns("c"));
        foreach (var (path, bytes) in logs)
            await File.WriteAllBytesAsync(path, bytes);

        var loaded = await _store.LoadAsync("c");
        Assert.Equal("Hello|one|Hello|two", Texts(loaded));
        await _store.SaveAsync(loaded!);
        Assert.Equal([_home.Log("c", "t2")], Directory.GetFiles(_home.Turns("c")));
        Assert.Equal("Hello|one|Hello|two", Texts(await _store.LoadAsync("c")));
    }

    [Fact]
    public async Task Load_CrashBetweenAClearedDocumentAndLogs_StaysCleared()
    {
        var conversation = await NewAsync();
        await RunAsync(conversation, "t1", "one");
        var log = await File.ReadAllBytesAsync(_home.Log("c", "t1"));
        conversation.Clear();
        await _store.SaveAsync(conversation);
        Directory.CreateDirectory(_home.Turns("c"));
        await File.WriteAllBytesAsync(_home.Log("c", "t1"), log);

        var loaded = await _store.LoadAsync("c");
        Assert.Empty(loaded!.Messages);
        await _store.SaveAsync(loaded);
        Assert.False(Directory.Exists(_home.Turns("c")));
        await _store.SaveAsync(loaded);
        Assert.DoesNotContain("merged", await File.ReadAllTextAsync(_home.Conversation("c")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Load_CrashBeforeTheRename_KeepsTheOldDocument()
    {
        var conversation = await NewAsync();
        await File.WriteAllTextAsync(_home.Conversation("c") + ".new", "{\"omega\":1,\"id\":\"c\",\"mess");
        Assert.Equal("T", (await _store.LoadAsync("c"))!.Title);
        Assert.Single(await Script.ToListAsync(_store.ListAsync()));
        await RunAsync(conversation, "t1", "one");
        await _store.SaveAsync(conversation);
        Assert.Equal("Hello|one", Texts(await _store.LoadAsync("c")));
    }

    [Fact]
    public async Task Load_LogCutAtEveryByte_ShowsEveryWholeDeltaAndAPrefix()
    {
        await NewAsync();
        var header = Script.Header("t1");
        await using (var writer = await _store.Turns.BeginAsync(header))
            await Script.AppendAsync(writer!, header, Script.Answer(header, "Grüße aus München 🚀!"));
        var bytes = await File.ReadAllBytesAsync(_home.Log("c", "t1"));

        for (var length = 0; length <= bytes.Length; length++)
        {
            await File.WriteAllBytesAsync(_home.Log("c", "t1"), bytes[..length]);
            var shown = string.Concat((await Script.ToListAsync(_store.Turns.ReadAsync("c", "t1"))).Select(entry => (entry.Event as TextDeltaEvent)?.Text));

            var messages = (await _store.LoadAsync("c"))!.Messages;

            var lines = bytes[..length].Count(b => b == '\n');
            Assert.Equal(lines > 0 ? "Hello" : null, messages.Count > 0 ? messages[0].Text : null);
            var answer = messages.Count > 1 ? messages[1].Text : "";
            Assert.Equal(shown, answer);
            Assert.StartsWith(answer, "Grüße aus München 🚀!", StringComparison.Ordinal);
            Assert.True(lines < 4 || answer.Length > 0);
        }
    }

    [Fact]
    public async Task LoadAndSave_DamagedDocument_AreRefusedAndLeaveIt()
    {
        var conversation = await NewAsync();
        var json = (await File.ReadAllTextAsync(_home.Conversation("c")))[..^10];
        await File.WriteAllTextAsync(_home.Conversation("c"), json);

        var exception = await Assert.ThrowsAsync<ConversationException>(async () => await _store.LoadAsync("c"));
        Assert.Contains(_home.Conversation("c"), exception.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ConversationException>(async () => await _store.SaveAsync(conversation));
        await Assert.ThrowsAsync<ConversationException>(async () => await _store.SaveAsync(new Conversation("c", Script.Start)));
        await RunAsync(conversation, "t1", new string('x', 2000));
        Assert.False(await _store.MergeIfDueAsync(conversation));
        Assert.Equal(json, await File.ReadAllTextAsync(_home.Conversation("c")));
        Assert.NotEmpty(await Script.ToListAsync(_store.Turns.ListAsync("c")));
    }

    [Fact]
    public async Task Save_DiskFull_KeepsDocumentAndLogs()
    {
        if (OperatingSystem.IsWindows() || Environment.UserName == "root" && !OperatingSystem.IsLinux())
            return;
        var conversation = await NewAsync();
        await RunAsync(conversation, "t1", "one");
        // A folder in the way of the new file stands for a disk that takes none.
        Directory.CreateDirectory(_home.Conversation("c") + ".new");

        await Assert.ThrowsAnyAsync<Exception>(async () => await _store.SaveAsync(conversation));
        Assert.False(await _store.MergeIfDueAsync(conversation));

        Assert.Equal(1, conversation.Version);
        Assert.Equal("Hello|one", Texts(await _store.LoadAsync("c")));
        Directory.Delete(_home.Conversation("c") + ".new");
        await _store.SaveAsync(conversation);
        Assert.Equal("Hello|one", Texts(await _store.LoadAsync("c")));
    }

    [Fact]
    public async Task Save_FileOfAnotherProgram_BecomesADocument()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_home.Conversation("c"))!);
        await File.WriteAllTextAsync(_home.Conversation("c"), """[{"role":"user","content":"Hi"}]""");
        var loaded = await _store.LoadAsync("c");
        Assert.Equal(("c", 0), (loaded!.Id, loaded.Version));
        await Assert.ThrowsAsync<GptException>(async () => await _store.SaveAsync(new Conversation("c", Script.Start)));
        await _store.SaveAsync(loaded);
        Assert.Equal((1, "Hi"), ((await _store.LoadAsync("c"))!.Version, Texts(await _store.LoadAsync("c"))));
    }

    [Fact]
    public async Task Save_DocumentWithItsVersionLast_IsExpectedRightly()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_home.Conversation("c"))!);
        await File.WriteAllTextAsync(_home.Conversation("c"), """{"messages":[],"id":"c","version":4,"omega":1}""");
        var loaded = await _store.LoadAsync("c");
        await _store.SaveAsync(loaded!);
        Assert.Equal(5, (await _store.LoadAsync("c"))!.Version);
    }

    [Fact]
    public async Task Load_CopiedDocument_TakesTheNameOfItsFile()
    {
        await NewAsync();
        File.Copy(_home.Conversation("c"), _home.Conversation("copy"));
        Assert.Equal("copy", (await _store.LoadAsync("copy"))!.Id);
    }

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("nonsense", "it is not JSON, or cut off")]
    [InlineData("""{"omega":1,"title":"T","messages":[{"role":"us""", "it is cut off: it does not end with }")]
    [InlineData("""{"omega":1,"ti""", "it is not JSON, or cut off")]
    [InlineData("""{"omega":2,"id":"c","messages":[]}""", "it was written by a newer Omega")]
    [InlineData("""{"omega":1}""", "it has neither \"messages\" nor \"history\"")]
    [InlineData("5", "it is no conversation")]
    public async Task List_DamagedFile_IsListedWithItsDamage(string json, string damage)
    {
        await NewAsync();
        await File.WriteAllTextAsync(_home.Conversation("broken"), json);
        var headers = await Script.ToListAsync(_store.ListAsync());
        Assert.Null(headers.Single(header => header.Id == "c").Damage);
        Assert.StartsWith(damage, headers.Single(header => header.Id == "broken").Damage, StringComparison.Ordinal);
        Assert.Equal(json, await File.ReadAllTextAsync(_home.Conversation("broken")));
    }

    [Fact]
    public async Task List_ManyForms_AreListed()
    {
        var folder = Path.GetDirectoryName(_home.Conversation("c"))!;
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(_home.Conversation("array"), """[{"role":"user","content":"Hi"}] """);
        await File.WriteAllTextAsync(_home.Conversation("history"), """{"model":"gpt-4","timestamp":"2024-05-01T10:00:00Z","history":[]}""");
        await File.WriteAllTextAsync(_home.Conversation("longheader"), $$"""{"omega":1,"x":"{{new string('x', 10_000)}}","title":"far","messages":[]}""");
        await File.WriteAllTextAsync(_home.Conversation("toolongheader"), $$"""{"omega":1,"x":"{{new string('x', 100_000)}}","title":"too far","messages":[]}""");
        await File.WriteAllTextAsync(Path.Combine(folder, "not a name.json"), "[]");
        await File.WriteAllTextAsync(Path.Combine(folder, "notes.txt"), "");

        var headers = (await Script.ToListAsync(_store.ListAsync())).ToDictionary(header => header.Id);

        Assert.Equal(["array", "history", "longheader", "not a name", "toolongheader"], headers.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(("gpt-4", new DateTimeOffset(2024, 5, 1, 10, 0, 0, TimeSpan.Zero), null), (headers["history"].Model, headers["history"].Updated, headers["history"].Damage));
        Assert.Equal(("far", null), (headers["longheader"].Title, headers["longheader"].Damage));
        Assert.Equal((null, null), (headers["toolongheader"].Title, headers["toolongheader"].Damage));
        Assert.Null(headers["array"].Damage);
        Assert.StartsWith("its name is not a conversation's", headers["not a name"].Damage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_UnmergedLogs_CountInSizeAndTime()
    {
        var conversation = await NewAsync();
        var before = Assert.Single(await Script.ToListAsync(_store.ListAsync()));
        await RunAsync(conversation, "t1", "one");
        var after = Assert.Single(await Script.ToListAsync(_store.ListAsync()));
        Assert.Equal(before.Bytes + new FileInfo(_home.Log("c", "t1")).Length, after.Bytes);
        Assert.True(after.Updated > before.Updated);
        Assert.Equal("openai/gpt-4.1", after.Model);
    }

    [Fact]
    public async Task LoadAndList_DamagedLog_SayWhichLine()
    {
        Directory.CreateDirectory(_home.Turns("c"));
        await File.WriteAllTextAsync(_home.Log("c", "t1"), "{\"turn\":5}\nmore\n");
        var exception = await Assert.ThrowsAsync<ConversationException>(async () => await _store.LoadAsync("c"));
        Assert.Contains($"{_home.Log("c", "t1")}, line 1", exception.Message, StringComparison.Ordinal);
        Assert.Contains("line 1", Assert.Single(await Script.ToListAsync(_store.ListAsync())).Damage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LockAndResume_HolderIsAnotherProcess_AreBusyUntilItIsKilled()
    {
        if (!OperatingSystem.IsLinux() || !File.Exists("/usr/bin/flock"))
            Assert.Skip("needs flock(1)");
        await using (var writer = await _store.Turns.BeginAsync(Script.Header("t1")))
            await writer!.AppendAsync(new TextDeltaEvent("half").Stamp("t1", 1, Script.Start));
        var turnLock = _home.Log("c", "t1") + ".lock";
        var conversationLock = Path.Combine(_home.Path, "locks", "c.turn");
        Directory.CreateDirectory(Path.GetDirectoryName(conversationLock)!);
        using var one = Hold(turnLock);
        using var two = Hold(conversationLock);
        try
        {
            // Asking whether they are held would take them away: a lock's file goes with its owner.
            Assert.Equal("held", await one.StandardOutput.ReadLineAsync());
            Assert.Equal("held", await two.StandardOutput.ReadLineAsync());
            Assert.True(await IsBusy(async () => await (await _store.LockAsync("c")).DisposeAsync()));
            Assert.True(await IsBusy(async () => await (await _store.Turns.ResumeAsync("c", "t1")).DisposeAsync()));
            var loaded = await _store.LoadAsync("c");
            Assert.Equal("Hello|half", Texts(loaded));
            await _store.SaveAsync(loaded!);
            Assert.NotNull(await _store.Turns.FindAsync("c", "t1"));
        }
        finally
        {
            one.Kill();
            two.Kill();
            await one.WaitForExitAsync();
            await two.WaitForExitAsync();
        }

        await using var held = await _store.LockAsync("c");
        await using var resumed = await _store.Turns.ResumeAsync("c", "t1");
        Assert.True(resumed.Epoch > 1);

        static Process Hold(string path) => Process.Start(new ProcessStartInfo("/usr/bin/flock", ["--exclusive", "--no-fork", path, "/bin/sh", "-c", "echo held; exec sleep 600"]) { RedirectStandardOutput = true })!;

        static async Task<bool> IsBusy(Func<Task> take)
        {
            try
            {
                await take();
                return false;
            }
            catch (GptException exception) when (exception.Kind == GptErrorKind.ConversationBusy)
            {
                return true;
            }
        }
    }

    [Fact]
    public async Task Load_WhileAnotherWriterRunsAndSaves_AlwaysShowsEveryFinishedTurn()
    {
        var conversation = await NewAsync();
        var finished = 0;
        var writing = Task.Run(async () =>
        {
            var store = new FileConversationStore(_home.Path);
            var own = await store.LoadAsync("c");
            for (var i = 1; i <= 40; i++)
            {
                var header = Script.Header($"t{i:00}", minute: i);
                var writer = await store.Turns.BeginAsync(header);
                own!.Append(header.Input[0], header.At);
                own.Append(Script.Assistant($"{i}") with { Turn = header.Turn }, header.At);
                await Script.AppendAsync(writer!, header, Script.Answer(header, $"{i}"));
                await writer!.DisposeAsync();
                Volatile.Write(ref finished, i);
                if (i % 3 == 0)
                    await store.SaveAsync(own);
            }
        });
        while (!writing.IsCompleted)
        {
            var before = Volatile.Read(ref finished);
            var loaded = await _store.LoadAsync("c");
            var answers = loaded!.Messages.Where(message => message.Role == Role.Assistant).Select(message => message.Text).ToList();
            Assert.True(answers.Count >= before, $"{before} turns were finished, {answers.Count} shown");
            Assert.Equal(Enumerable.Range(1, before).Select(i => $"{i}"), answers.Take(before));
        }

        await writing;
        Assert.Equal("T", conversation.Title);
    }
}
