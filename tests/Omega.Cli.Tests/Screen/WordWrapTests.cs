using System.Text;
using CsCheck;
using Omega.Cli.Screen;
using Omega.Cli.Tests.Editing;

namespace Omega.Cli.Tests.Screen;

public sealed class WordWrapTests
{
    [Theory]
    [InlineData("one two three", 9, "one two|three")]
    [InlineData("one two", 9, "one two")]
    [InlineData("exactly eight", 9, "exactly|eight")]
    [InlineData("eight888 next", 9, "eight888|next")]
    [InlineData("one\n\ntwo three four", 11, "one||two three|four")]
    [InlineData("a verylongwordindeed b", 9, "a|verylong|wordinde|ed b")]
    [InlineData("- one two three", 11, "- one two|  three")]
    [InlineData("  * one two three", 13, "  * one two|    three")]
    [InlineData("日本語 日本語", 9, "日本語|日本語")]
    [InlineData("a  b   c", 20, "a  b   c")]
    public void Take_Text_BreaksBetweenWords(string text, int width, string expected) => Assert.Equal(expected, string.Join('|', Shown(text, width, 1)));

    [Theory]
    [InlineData("```\nvar answer = 42;\n```\nand on it goes", 10)]
    [InlineData("| a table | is left |\nand on it goes", 10)]
    public void Take_CodeAndTables_AreLeftAsTheyAre(string text, int width)
    {
        var wrap = new WordWrap();

        var written = wrap.Take(text, width);

        Assert.StartsWith(text[..text.IndexOf("\nand", StringComparison.Ordinal)], written, StringComparison.Ordinal);
        Assert.EndsWith("\nand on it\ngoes", written, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("error: one two three four", 18, "error: one two|three four")]
    [InlineData("  /help   this", 40, "  /help   this")]
    [InlineData("  indented words", 12, "  indented|  words")]
    [InlineData("averyveryverylongword and more", 12, "averyveryverylongword|and more")]
    public void Whole_Line_BreaksBetweenWords(string text, int width, string expected) => Assert.Equal(expected, WordWrap.Whole(text, width).Replace('\n', '|'));

    [Fact]
    public void Take_AnyTextInAnyPieces_ShowsAllItsWordsInLinesThatFit() =>
        Gen.Select(Gen.OneOf("a", "word", "longer", "日本", "😀", " ", " ", "\n", "- ").Array[0, 40].Select(parts => string.Concat(parts)), Gen.Int[12, 30], Gen.Int[1, 7]).Sample(
            (text, width, size) =>
            {
                var rows = Shown(text, width, size);

                Assert.Equal(Squeezed(text), Squeezed(string.Join('\n', rows)));
                Assert.Equal(rows, Shown(text, width, text.Length + 1));
                Assert.All(rows, row => Assert.True(PlainText.Columns(row) < width, row));
            },
            iter: 2_000);

    [Fact]
    public void Answer_OnATerminalThatCanBeDrawnOn_IsWrapped()
    {
        var screen = new ScreenTexts(isTerminal: true, width: 20, redraws: true);

        screen.Terminal.Answer("one two three ");
        screen.Terminal.Answer("four fives");
        screen.Terminal.EndAnswer();

        Assert.Equal(["one two three four", "fives"], Drawn(screen.Output, 20));
    }

    private static IReadOnlyList<string> Shown(string text, int width, int size)
    {
        var (wrap, written) = (new WordWrap(), new StringBuilder());
        foreach (var piece in text.Chunk(size))
            written.Append(wrap.Take(new string(piece), width));
        return Drawn(written.ToString(), width);
    }

    private static IReadOnlyList<string> Drawn(string written, int width)
    {
        var screen = new DrawnScreen(width + 1);
        screen.Write(written.Replace("\n", "\r\n", StringComparison.Ordinal));
        return [.. screen.Rows.Select(row => row.TrimEnd())];
    }

    private static string Squeezed(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
}
