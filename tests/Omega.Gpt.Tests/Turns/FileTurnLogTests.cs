using System.Text;
using Omega.Gpt.Turns;

namespace Omega.Gpt.Tests.Turns;

/// <summary>What files do beyond the contract: torn lines, full disks, damage, other processes.</summary>
public sealed class FileTurnLogTests : IDisposable
{
    private readonly TempHome _home = new();

    public void Dispose() => _home.Dispose();

    private async Task<byte[]> WriteAsync(params object[] entries)
    {
        var header = Script.Header("t1", prompt: "Grüße 🚀");
        var log = new FileTurnLog(_home.Path);
        await using (var writer = await log.BeginAsync(header))
            await Script.AppendAsync(writer!, header, entries);
        return await File.ReadAllBytesAsync(_home.Log("c", "t1"));
    }

    [Fact]
    public async Task Append_Entries_AreLinesAsGptJsonWritesThem()
    {
        var bytes = await WriteAsync(new TextDeltaEvent("é"), Message.Assistant("é"));
        Assert.Equal(
            """
            {"omega":1,"turn":"t1","conversation":"c","model":"openai/gpt-4.1","at":"2026-11-23T03:01:00+00:00","keep":false,"input":[{"role":"user","parts":[{"type":"text","text":"Grüße \uD83D\uDE80"}],"state":"complete","turn":"t1"}]}
            {"type":"text.delta","turn":"t1","sequence":1,"at":"2026-11-23T03:01:01+00:00","text":"é"}
            {"message":{"role":"assistant","parts":[{"type":"text","text":"é"}],"state":"complete"}}

            """,
            Encoding.UTF8.GetString(bytes));
    }

    [Fact]
    public async Task Append_EachEntry_IsOneWrite()
    {
        var writes = new List<(int Count, byte Last)>();
        var log = new FileTurnLog(_home.Path, null, (file, bytes, offset) =>
        {
            writes.Add((bytes.Length, bytes[^1]));
            RandomAccess.Write(file, bytes, offset);
        });
        var header = Script.Header("t1");
        await using (var writer = await log.BeginAsync(header))
            await Script.AppendAsync(writer!, header, Script.Answer(header, "Hello"));

        Assert.Equal(1 + Script.Answer(header, "Hello").Length, writes.Count);
        Assert.All(writes, write => Assert.Equal((byte)'\n', write.Last));
        Assert.Equal(new FileInfo(_home.Log("c", "t1")).Length, writes.Sum(write => write.Count));
    }

    [Fact]
    public async Task Append_ToALongConversation_WritesWhatItWritesToAnEmptyOne()
    {
        var written = 0L;
        var store = new FileConversationStore(_home.Path, null, (file, bytes, offset) =>
        {
            written += bytes.Length;
            RandomAccess.Write(file, bytes, offset);
        });
        var counts = new List<long>();
        foreach (var length in new[] { 0, 10_000 })
        {
            var conversation = new Conversation($"c{length:00000}", Script.Start);
            for (var i = 0; i < length; i++)
                conversation.Append(Message.User("A message of a long conversation."), Script.Start);
            await store.SaveAsync(conversation);
            written = 0;
            var header = Script.Header("t1", conversation.Id);
            await using (var writer = await store.Turns.BeginAsync(header))
                await Script.AppendAsync(writer!, header, Script.Answer(header, "Hello"));
            counts.Add(written);
            Assert.Equal(length == 0, await store.MergeIfDueAsync(conversation));
        }

        Assert.Equal(counts[0], counts[1]);
    }

    [Fact]
    public async Task Files_AreForTheirOwnerAlone()
    {
        if (OperatingSystem.IsWindows())
            return;
        var store = new FileConversationStore(Path.Combine(_home.Path, "inner"));
        await store.SaveAsync(new Conversation("c", Script.Start));
        await using var held = await store.LockAsync("c");
        await using var writer = await store.Turns.BeginAsync(Script.Header("t1"));
        foreach (var file in Directory.EnumerateFiles(_home.Path, "*", SearchOption.AllDirectories))
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        foreach (var folder in Directory.EnumerateDirectories(_home.Path, "*", SearchOption.AllDirectories))
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
    }

    [Fact]
    public async Task Dispose_Writer_LeavesNoLockFile()
    {
        await WriteAsync(new TextDeltaEvent("x"));
        Assert.Equal(["t1.jsonl"], Directory.EnumerateFiles(_home.Turns("c")).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Begin_LogCutInItsHeader_BeginsAnew()
    {
        var bytes = await WriteAsync();
        foreach (var length in new[] { 0, 1, bytes.Length / 2, bytes.Length - 1 })
        {
            await File.WriteAllBytesAsync(_home.Log("c", "t1"), bytes[..length]);
            var log = new FileTurnLog(_home.Path);
            Assert.Null(await log.FindAsync("c", "t1"));
            Assert.Empty(await Script.ToListAsync(log.ListAsync("c")));
            Assert.Empty(await Script.ToListAsync(log.ReadAsync("c", "t1")));
            await Assert.ThrowsAsync<KeyNotFoundException>(async () => await log.ResumeAsync("c", "t1"));
            await using var writer = await log.BeginAsync(Script.Header("t1"));
            Assert.NotNull(await log.FindAsync("c", "t1"));
        }
    }

    [Fact]
    public async Task ReadAndResume_LogCutAtEveryByte_LoseNothingThatWasWhole()
    {
        var header = Script.Header("t1");
        var bytes = await WriteAsync(new TurnStartedEvent("c", "m"), new TextDeltaEvent("Grü"), new TextDeltaEvent("ße 🚀\n"), Script.Assistant("Grüße 🚀\n"), new TextDeltaEvent("!"));
        var headerEnd = Array.IndexOf(bytes, (byte)'\n') + 1;
        for (var length = headerEnd; length <= bytes.Length; length++)
        {
            await File.WriteAllBytesAsync(_home.Log("c", "t1"), bytes[..length]);
            var whole = bytes[headerEnd..length].Count(b => b == '\n');
            var log = new FileTurnLog(_home.Path);

            Assert.Equal(whole, (await Script.ToListAsync(log.ReadAsync("c", "t1"))).Count);

            await using (var writer = await log.ResumeAsync("c", "t1"))
                await writer.AppendAsync(new TextDeltaEvent("more").Stamp("t1", 99, header.At));
            var entries = await Script.ToListAsync(log.ReadAsync("c", "t1"));
            Assert.Equal(whole + 1, entries.Count);
            Assert.Equal("more", ((TextDeltaEvent)entries[^1].Event!).Text);
        }
    }

    [Theory]
    [InlineData("\0\0\0\0\0\0\0\0")]
    [InlineData("{\"type\":\"text.delta\",\"te\0\0\0\0\0\n")]
    [InlineData("{\"type\":\"text.de")]
    public async Task Read_LastLineHalfWritten_IsLeftOut(string tail)
    {
        await WriteAsync(new TextDeltaEvent("x"));
        await File.AppendAllTextAsync(_home.Log("c", "t1"), tail);
        var log = new FileTurnLog(_home.Path);
        Assert.Single(await Script.ToListAsync(log.ReadAsync("c", "t1")));
        await (await log.ResumeAsync("c", "t1")).DisposeAsync();
        Assert.DoesNotContain('\0', await File.ReadAllTextAsync(_home.Log("c", "t1")));
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{\"type\":\"text.delta\"}")]
    [InlineData("{\"message\":{\"role\":\"user\"}}")]
    [InlineData("{}")]
    public async Task Read_DamagedLineWithMoreAfterIt_SaysWhereAndLeavesTheFile(string line)
    {
        await WriteAsync(new TextDeltaEvent("x"));
        var path = _home.Log("c", "t1");
        await File.AppendAllTextAsync(path, line + "\n" + GptJson.ToJson(new TextDeltaEvent("y").Stamp("t1", 2, Script.Start)) + "\n");
        var before = await File.ReadAllBytesAsync(path);
        var log = new FileTurnLog(_home.Path);

        var exception = await Assert.ThrowsAsync<ConversationException>(async () => await Script.ToListAsync(log.ReadAsync("c", "t1")));

        Assert.StartsWith($"{path}, line 3: ", exception.Message, StringComparison.Ordinal);
        Assert.Equal((path, 3), (exception.File, exception.Line));
        await Assert.ThrowsAsync<ConversationException>(async () => await log.ResumeAsync("c", "t1"));
        Assert.Equal(before, await File.ReadAllBytesAsync(path));
    }

    [Fact]
    public async Task Read_UnknownEventThatLooksLikeAMessage_IsAnEvent()
    {
        await WriteAsync();
        await File.AppendAllTextAsync(_home.Log("c", "t1"), """{"message":{"role":"user"},"type":"from.the.future","sequence":1}""" + "\n");
        var entry = Assert.Single(await Script.ToListAsync(new FileTurnLog(_home.Path).ReadAsync("c", "t1")));
        Assert.Equal("from.the.future", Assert.IsType<UnknownEvent>(entry.Event).Type);
    }

    [Fact]
    public async Task Append_DiskFull_SaysSoAndGoesOnWhenThereIsRoom()
    {
        var isFull = false;
        var log = new FileTurnLog(_home.Path, null, (file, bytes, offset) =>
        {
            // A full disk takes half of a line.
            RandomAccess.Write(file, isFull ? bytes[..(bytes.Length / 2)] : bytes, offset);
            if (isFull)
                throw new IOException("No space left on device");
        });
        var header = Script.Header("t1");
        await using var writer = await log.BeginAsync(header);
        await writer!.AppendAsync(new TextDeltaEvent("before").Stamp("t1", 1, header.At));
        isFull = true;

        var exception = await Assert.ThrowsAsync<IOException>(async () => await writer.AppendAsync(new TextDeltaEvent("a long text that does not fit").Stamp("t1", 2, header.At)));

        Assert.Contains(_home.Log("c", "t1"), exception.Message, StringComparison.Ordinal);
        Assert.Contains("No space left on device", exception.Message, StringComparison.Ordinal);
        Assert.Single(await Script.ToListAsync(log.ReadAsync("c", "t1")));
        isFull = false;
        await writer.AppendAsync(new TextDeltaEvent("x").Stamp("t1", 2, header.At));
        var entries = await Script.ToListAsync(log.ReadAsync("c", "t1"));
        Assert.Equal(["before", "x"], entries.Select(entry => ((TextDeltaEvent)entry.Event!).Text));
    }

    [Fact]
    public async Task Begin_DiskFull_LeavesNoTurn()
    {
        var log = new FileTurnLog(_home.Path, null, (_, _, _) => throw new IOException("No space left on device"));
        await Assert.ThrowsAsync<IOException>(async () => await log.BeginAsync(Script.Header("t1")));
        await using var writer = await new FileTurnLog(_home.Path).BeginAsync(Script.Header("t1"));
        Assert.NotNull(writer);
    }

    [Fact]
    public async Task Append_LockFileWasRemovedAndTheTurnTakenOver_IsRefused()
    {
        if (OperatingSystem.IsWindows())
            return; // A held lock file cannot be removed there.
        var log = new FileTurnLog(_home.Path);
        var header = Script.Header("t1");
        await using var old = await log.BeginAsync(header);
        File.Delete(_home.Log("c", "t1") + ".lock");
        await using var taken = await log.ResumeAsync("c", "t1");

        var exception = await Assert.ThrowsAsync<GptException>(async () => await old!.AppendAsync(new TextDeltaEvent("x").Stamp("t1", 1, header.At)));

        Assert.Equal(GptErrorKind.ConversationBusy, exception.Kind);
        await taken.AppendAsync(new TextDeltaEvent("y").Stamp("t1", 1, header.At));
        var entry = Assert.Single(await Script.ToListAsync(log.ReadAsync("c", "t1")));
        Assert.Equal("y", ((TextDeltaEvent)entry.Event!).Text);
    }

    [Fact]
    public async Task Read_LineLongerThanAllowed_IsRefused()
    {
        await WriteAsync(new TextDeltaEvent(new string('x', 100_000)));
        var log = new FileTurnLog(_home.Path, new ConversationLimits { MaxBytes = 50_000 });
        var exception = await Assert.ThrowsAsync<ConversationException>(async () => await Script.ToListAsync(log.ReadAsync("c", "t1")));
        Assert.Contains("longer than 50,000 bytes", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Begin_NewerFormatOfTheHeader_IsRefused()
    {
        Directory.CreateDirectory(_home.Turns("c"));
        await File.WriteAllTextAsync(_home.Log("c", "t1"), "{\"omega\":2}\n");
        var exception = await Assert.ThrowsAsync<ConversationException>(async () => await new FileTurnLog(_home.Path).BeginAsync(Script.Header("t1")));
        Assert.Contains("newer Omega", exception.Message, StringComparison.Ordinal);
    }
}
