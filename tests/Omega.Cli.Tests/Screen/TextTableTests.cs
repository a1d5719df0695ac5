using Omega.Cli.Screen;

namespace Omega.Cli.Tests.Screen;

public sealed class TextTableTests
{
    private static TextTable Table()
    {
        var table = new TextTable(new TextColumn("name"), new("title", Flexible: true), new("size", Right: true));
        table.Add("a", "a title that is rather long", "5 B");
        table.Add("日本", "short", "1234 B");
        return table;
    }

    [Fact]
    public void Lines_Wide_AlignsByColumnsOfTheTerminal() => Assert.Equal(
        [
            "name  title                          size",
            "a     a title that is rather long     5 B",
            "日本  short                        1234 B",
        ],
        Table().Lines(80, colour: false));

    [Fact]
    public void Lines_Narrow_CutsTheFlexibleColumn()
    {
        var lines = Table().Lines(30, colour: false).ToList();

        Assert.All(lines, line => Assert.True(PlainText.Columns(line) <= 30, line));
        Assert.Equal("a     a title that is…     5 B", lines[1]);
    }
}
