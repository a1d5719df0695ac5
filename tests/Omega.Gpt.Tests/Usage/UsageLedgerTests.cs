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
    public async Task Ledgers_OnePrunes_TheOtherStillKnowsItsNames()
    {
        await using var first = new UsageLedger(Path);
        await using var second = new UsageLedger(Path);
        await RecordAsync(first, Opening("s", "old", model: "swift"), Closing());
        await second.PruneAsync(Start.AddHours(1));
        await RecordAsync(second, Opening("other", "t", model: "slow"), Closing());

        await RecordAsync(first, Opening("s", "new", model: "swift"), Closing());

        Assert.Equal([("other", "slow"), ("s", "swift")], (await RowsAsync(first)).Select(row => (row.Session!, row.Model)));
    }

    [Fact]
    public async Task Report_ManyRows_IsTheSameInTwoHalves()
    {
        await using var ledger = new UsageLedger(Path);
        await RecordAsync(ledger, Opening(at: Start.AddYears(-1)), Closing());
        await using (var connection = new SqliteConnection($"Data Source={Path};Pooling=false"))
        {
            connection.Open();
            await using var command = connection.CreateCommand();
            command.CommandText =
                """
                WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60000)
                INSERT INTO attempts (at, session, turn, step, number, provider, model, outcome, first_us, total_us, input, output, cost, functions)
                SELECT 1795000000000 + i * 1000, 1, 't', 1, 1, 2, 3, 1, i, i + 500000, 10, 50, 1000000, CASE i % 2 WHEN 0 THEN 'find buy' END FROM n
                """;
            command.ExecuteNonQuery();
        }

        var since = new UsageQuery { By = UsageGroup.Function, Since = DateTimeOffset.FromUnixTimeMilliseconds(1795000000000) };
        var report = await ledger.ReportAsync(since, TestContext.Current.CancellationToken);

        Assert.Equal((60_000, 600_000, 3_000_000, 0.06m), (report.Total.Attempts, report.Total.InputTokens, report.Total.OutputTokens, report.Total.CostUsd));
        Assert.Equal(new UsageTimes(30, 57, 59.4), report.Total.FirstToken);
        Assert.Equal([("", 30_000, 0.03m), ("buy", 30_000, 0.015m), ("find", 30_000, 0.015m)], report.Lines.Select(line => (line.Name, line.Attempts, line.CostUsd)));
        foreach (var by in Enum.GetValues<UsageGroup>().Where(by => by != UsageGroup.Function))
            Assert.Equal(60_000, (await ledger.ReportAsync(since with { By = by }, TestContext.Current.CancellationToken)).Lines.Sum(line => line.Attempts));
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
