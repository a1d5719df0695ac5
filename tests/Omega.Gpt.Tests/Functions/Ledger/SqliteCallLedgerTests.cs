using Microsoft.Data.Sqlite;
using Omega.TestKit;
using static Omega.Gpt.Tests.Functions.TestFunctions;

namespace Omega.Gpt.Tests.Functions.Ledger;

public sealed class SqliteCallLedgerTests : CallLedgerContract
{
    private readonly TempFolder _folder = new();

    protected override bool SharesAFile => true;

    private string Path => _folder.At("home", "calls.db");

    public override void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
        base.Dispose();
    }

    [Fact]
    public async Task Ledger_OpenedAgain_KnowsWhatItKnew()
    {
        await Open().StartAsync(Key("t"), "order", DateTimeOffset.UnixEpoch);
        await Open().FinishAsync(Key("t"), Json("7"), null, DateTimeOffset.UnixEpoch);
        SqliteConnection.ClearAllPools();

        Assert.Equal("7", (await Open().FindAsync(Key("t")))!.Result!.Value.GetRawText());
    }

    [Fact]
    public async Task Ledger_BeforeTheFirstCall_MakesNoFile()
    {
        Assert.Null(await Open().FindAsync(Key("t")));
        Assert.False(Directory.Exists(_folder.At("home")));
    }

    [Fact]
    public async Task File_IsForItsOwnerAlone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");
        await Open().StartAsync(Key("t"), "order", DateTimeOffset.UnixEpoch);

        foreach (var file in Directory.GetFiles(_folder.At("home")))
        {
            if (!OperatingSystem.IsWindows())
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    [Theory]
    [InlineData("this is no database, and it is long enough to be taken for one at first sight, is it not? Surely it is by now: 100 bytes")]
    public async Task File_ThatIsNoLedger_IsAnErrorThatNamesIt(string content)
    {
        Directory.CreateDirectory(_folder.At("home"));
        await File.WriteAllTextAsync(Path, content);

        var error = await Assert.ThrowsAsync<IOException>(async () => await Open().StartAsync(Key("t"), "order", DateTimeOffset.UnixEpoch));

        Assert.Contains(Path, error.Message, StringComparison.Ordinal);
        Assert.Equal(content, await File.ReadAllTextAsync(Path));
    }

    [Fact]
    public async Task File_OfALaterVersion_IsLeftAlone()
    {
        await Open().StartAsync(Key("t"), "order", DateTimeOffset.UnixEpoch);
        using (var connection = new SqliteConnection($"Data Source={Path}"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version = 99";
            command.ExecuteNonQuery();
        }

        var error = await Assert.ThrowsAsync<IOException>(async () => await Open().FindAsync(Key("t")));

        Assert.Contains("later version", error.Message, StringComparison.Ordinal);
    }

    protected override ICallLedger Open() => new SqliteCallLedger(Path);
}
