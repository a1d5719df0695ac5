using Omega.Cli.Editing;
using Omega.TestKit;

namespace Omega.Cli.Tests.Editing;

public sealed class LineHistoryTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void BeforeAndAfter_WithSomethingWritten_KeepsItAtTheEnd()
    {
        var history = new LineHistory(["one", "two"]);

        Assert.Equal(("two", "one", null), (history.Before("dra"), history.Before("two"), history.Before("one")));
        Assert.Equal(("two", "dra", null), (history.After(), history.After(), history.After()));
    }

    [Theory]
    [InlineData("new", true)]
    [InlineData("last", false)]
    [InlineData(" secret", false)]
    [InlineData("  ", false)]
    public void Add_Entry_IsKeptWhereItIsWorthIt(string entry, bool kept)
    {
        var history = new LineHistory(["last"]);

        Assert.Equal(kept, history.Add(entry));
        Assert.Equal(kept ? 2 : 1, history.Entries.Count);
    }

    [Fact]
    public void Add_Many_DropsTheOldest()
    {
        var history = new LineHistory(Enumerable.Range(0, LineHistory.MaxEntries).Select(i => $"{i}"));

        history.Add("one more");

        Assert.Equal(("1", "one more", LineHistory.MaxEntries), (history.Entries[0], history.Entries[^1], history.Entries.Count));
    }

    [Fact]
    public void File_AppendedEntries_ComeBackAndOnlyTheOwnerReadsThem()
    {
        var file = new HistoryFile(_folder.At("data", "history"));
        string[] entries = ["plain", "two\nlines", "quotes \" and \\ and é😀"];

        foreach (var entry in entries)
            file.Append(entry);

        Assert.Equal(entries, file.Load().Entries);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder.At("data", "history")));
    }

    [Theory]
    [InlineData("not json\n\"good\"\n{}\n12\n\"open", "good")]
    [InlineData("", "")]
    public void File_DamagedLines_AreLeftOut(string text, string expected)
    {
        File.WriteAllText(_folder.At("history"), text);

        Assert.Equal(expected, string.Join(',', new HistoryFile(_folder.At("history")).Load().Entries));
    }

    [Fact]
    public void File_GrownLong_IsCutToWhatIsKept()
    {
        var path = _folder.At("history");
        File.WriteAllLines(path, Enumerable.Range(0, (2 * LineHistory.MaxEntries) + 1).Select(i => $"\"{i}\""));

        Assert.Equal(LineHistory.MaxEntries, new HistoryFile(path).Load().Entries.Count);

        Assert.Equal(LineHistory.MaxEntries, File.ReadAllLines(path).Length);
    }

    [Fact]
    public void File_ThatIsAFolder_DoesNotStandInTheWay()
    {
        var file = new HistoryFile(_folder.Path);

        file.Append("x");

        Assert.Empty(file.Load().Entries);
    }
}
