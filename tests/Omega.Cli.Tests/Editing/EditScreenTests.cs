using CsCheck;
using Omega.Cli.Editing;
using Omega.Cli.Screen;

namespace Omega.Cli.Tests.Editing;

public sealed class EditScreenTests
{
    private const string Prompt = "model > ";

    [Theory]
    [InlineData("hello", 5, 40, "model > hello", 0, 13)]
    [InlineData("hello", 0, 40, "model > hello", 0, 8)]
    [InlineData("one\ntwo", 7, 40, "model > one|  two", 1, 5)]
    [InlineData("one\n", 4, 40, "model > one|", 1, 2)]
    [InlineData("0123456789abc", 13, 20, "model > 0123456789a|  bc", 1, 4)]
    [InlineData("0123456789a", 11, 20, "model > 0123456789a", 0, 19)]
    [InlineData("0123456789ab", 11, 20, "model > 0123456789a|  b", 1, 2)]
    [InlineData("日本語日本語", 5, 20, "model > 日本語日本|  語", 1, 2)]
    [InlineData("a\tb", 3, 40, "model > a    b", 0, 14)]
    public void Draw_Text_StandsBehindThePromptAndWrapsBeforeTheLastColumn(string text, int cursor, int width, string rows, int row, int column)
    {
        var screen = new DrawnScreen(width + 1);

        screen.Write(new EditScreen().Draw(Prompt, EditLayout.Of(Prompt.Length, text, cursor, width, 24)));

        Assert.Equal(rows.Split('|'), screen.Rows);
        Assert.Equal((row, column), (screen.Row, screen.Column));
    }

    [Fact]
    public void Of_MoreRowsThanTheScreenHas_KeepsThoseAroundTheCursor()
    {
        var text = string.Join('\n', Enumerable.Range(0, 100));

        var (top, middle, bottom) = (At(0), At(text.IndexOf("50", StringComparison.Ordinal)), At(text.Length));

        Assert.Equal(["0", "  1", "  2"], top.Rows.Take(3));
        Assert.True(top.IsFromTop);
        Assert.Contains("  50", middle.Rows[middle.Row], StringComparison.Ordinal);
        Assert.Equal("  99", bottom.Rows[^1]);
        Assert.All([top, middle, bottom], layout => Assert.Equal(9, layout.Rows.Count));

        EditLayout At(int cursor) => EditLayout.Of(2, text, cursor, 40, 10);
    }

    [Fact]
    public void Draw_AfterAnyEdits_ShowsWhatAFreshScreenWould() =>
        Gen.Select(EditGen.Edits(EditGen.Plain), Gen.Int[14, 40], Gen.Int[3, 12]).Sample(
            (edits, width, height) =>
            {
                var (editor, drawing, screen) = (new LineEditor(), new EditScreen(), new DrawnScreen(width + 1));
                screen.Write(drawing.Draw(Prompt, Layout()));
                foreach (var edit in edits)
                {
                    editor.Apply(edit);
                    screen.Write(drawing.Draw(Prompt, Layout()));
                }

                var fresh = new DrawnScreen(width + 1);
                fresh.Write(new EditScreen().Draw(Prompt, Layout()));
                Assert.Equal(fresh.Rows, screen.Rows);
                Assert.Equal((fresh.Row, fresh.Column), (screen.Row, screen.Column));
                Assert.True(screen.Rows.Count < height || height <= 2);

                EditLayout Layout() => EditLayout.Of(Prompt.Length, editor.Text, editor.Cursor, width, height);
            },
            iter: 1_000);

    [Fact]
    public void Leave_CursorAbove_GoesBelowAllRows()
    {
        var (drawing, screen) = (new EditScreen(), new DrawnScreen(40));
        screen.Write(drawing.Draw(Prompt, EditLayout.Of(Prompt.Length, "one\ntwo\nthree", 1, 40, 24)));

        screen.Write(drawing.Leave() + "next");

        Assert.Equal(["model > one", "  two", "  three", "next"], screen.Rows);
    }

    [Theory]
    [InlineData("e\u0301", 1)]
    [InlineData("日", 2)]
    [InlineData("😀", 2)]
    public void Columns_Character_AsTerminalsCount(string text, int columns) => Assert.Equal(columns, PlainText.Columns(text));
}
