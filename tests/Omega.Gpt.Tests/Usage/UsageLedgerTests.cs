using Microsoft.Data.Sqlite;
using Omega.TestKit;
using static Omega.Gpt.Tests.Usage.Ledgers;

namespace Omega.Gpt.Tests.Usage;

public sealed class MemoryUsageLedgerTests : UsageLedgerContract
{
    protected override UsageLedger Create() => UsageLedger.InMemory();
}

public sealed class FileUsageLedgerTests : UsageLedgerContract
{
    private readonly TempFolder _folder = new();
    private int _files;

    private string Path => _folder.At("home", "usage.db");

    protected override UsageLedger Create() => new(_folder.At("home", $"usage{Interlocked.Increment(ref _files)}.db"));

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Ledger_BeforeTheFirstCall_MakesNoFile()
    {
        await using var ledger = new UsageLedger(Path);
        Assert.Equal(0, (await ledger.ReportAsync()).Total.Attempts);
        Assert.Empty(await RowsAsync(ledger));
        Assert.Equal(0, await ledger.PruneAsync(Start));
        Assert.False(Directory.Exists(_folder.At("home")));
    }

    [Fact]
    public async Task Ledger_OpenedAgain_KnowsWhatItKnew()
    {
        await using (var ledger = new UsageLedger(Path))
        {
            await RecordAsync(ledger, Opening(), Closing(0.3m));
            await OpenedAsync(ledger, Opening(turn: "lost"), Limited(1m, asked: 1_000));
        }

        // The process that opened a row is gone: what was reserved for it is taken for spent.
        await using var again = new UsageLedger(Path);
        Assert.Equal(0.308m, await SpentAsync(again));
        Assert.Equal([AttemptOutcome.Completed, AttemptOutcome.Open], (await RowsAsync(again)).Take(2).Select(row => row.Outcome));
    }

    [Fact]
    public async Task Ledgers_OnOneFile_ShareOneBudget()
    {
        // As two processes would: each has a connection of its own.
        await using var first = new UsageLedger(Path);
        await using var second = new UsageLedger(Path);
        var admitted = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => Task.Run(async () =>
            await (i % 2 == 0 ? first : second).OpenAsync(Opening(turn: $"t{i}"), Limited(0.1m)))));

        Assert.Equal(0.1m, admitted.Sum(admission => admission.Attempt?.Reservation?.Usd ?? 0));
        Assert.Equal(admitted.Count(admission => admission.Attempt is not null), (await RowsAsync(first)).Count);
    }

    [Fact]
    public async Task File_IsForItsOwnerAlone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");
        await using var ledger = new UsageLedger(Path);
        await OpenedAsync(ledger);
        foreach (var file in Directory.GetFiles(_folder.At("home")))
        {
            if (!OperatingSystem.IsWindows())
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    [Fact]
    public async Task File_ThatIsNoLedger_IsAnErrorThatNamesIt()
    {
        Directory.CreateDirectory(_folder.At("home"));
        await File.WriteAllTextAsync(Path, string.Concat(Enumerable.Repeat("this is no database ", 20)), TestContext.Current.CancellationToken);
        await using var ledger = new UsageLedger(Path);
        var writing = await Assert.ThrowsAsync<IOException>(() => OpenedAsync(ledger));
        var reading = await Assert.ThrowsAsync<IOException>(() => ledger.ReportAsync());
        Assert.All([writing, reading], error => Assert.Contains(Path, error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task File_OfALaterVersion_IsAnErrorThatSaysSo()
    {
        await using (var ledger = new UsageLedger(Path))
            await OpenedAsync(ledger);
        await using (var connection = new SqliteConnection($"Data Source={Path};Pooling=false"))
        {
            connection.Open();
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version = 99";
            command.ExecuteNonQuery();
        }

        await using var older = new UsageLedger(Path);
        var error = await Assert.ThrowsAsync<IOException>(() => OpenedAsync(older));
        Assert.Contains("later version of Omega (schema 99", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Writer_AfterAFailure_WorksAgain()
    {
        Directory.CreateDirectory(Path);
        await using var ledger = new UsageLedger(Path);
        await Assert.ThrowsAnyAsync<IOException>(() => OpenedAsync(ledger));
        Directory.Delete(Path);
        Assert.NotNull(await OpenedAsync(ledger));
    }
}
