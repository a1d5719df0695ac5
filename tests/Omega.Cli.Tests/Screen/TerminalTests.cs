using Omega.Cli.Screen;

namespace Omega.Cli.Tests.Screen;

public sealed class TerminalTests
{
    [Fact]
    public void Live_WhereLinesCanBeDrawnOver_TakesThePlaceOfTheLastAndGoesAway()
    {
        var (screen, pipe) = (new ScreenTexts(isTerminal: true, redraws: true), new ScreenTexts());
        foreach (var terminal in (Terminal[])[screen.Terminal, pipe.Terminal])
        {
            terminal.Live("1000 rows", Tone.Dim);
            terminal.Live("50", Tone.Dim);
        }

        Assert.Equal(["50"], screen.ErrorScreen);
        screen.Terminal.Live("", Tone.Dim);
        screen.Terminal.Line("done");

        Assert.Equal(["done", ""], screen.ErrorScreen);
        Assert.Equal("", pipe.Error);
    }

    [Fact]
    public void Answer_IntoAPipe_IsByteForByte()
    {
        var screen = new ScreenTexts();

        screen.Terminal.Answer("a\e[31mb\r\n");
        screen.Terminal.Answer("c");
        screen.Terminal.EndAnswer();

        Assert.Equal("a\e[31mb\r\nc", screen.Output);
    }

    [Fact]
    public void Answer_OnATerminal_HasNoControlCharactersAndEndsItsLine()
    {
        var screen = new ScreenTexts(isTerminal: true);

        screen.Terminal.Answer("a\e]0;title\ab\u009b2J\u202Ec\td");
        screen.Terminal.EndAnswer();

        Assert.Equal("a]0;titleb2Jc\td\n", screen.Output);
    }

    [Fact]
    public void Answer_CharacterInTwoPieces_IsWhole()
    {
        var screen = new ScreenTexts();
        var emoji = "😀";

        screen.Terminal.Answer("x" + emoji[0]);
        Assert.Equal("x", screen.Output);
        screen.Terminal.Answer(emoji[1] + "y");
        screen.Terminal.EndAnswer();

        Assert.Equal("x😀y", screen.Output);
    }

    [Fact]
    public void Line_AmidAnAnswerOnATerminal_BreaksTheLineFirst()
    {
        var screen = new ScreenTexts(isTerminal: true);

        screen.Terminal.Answer("half");
        screen.Terminal.Line("note");

        Assert.Equal("half\n", screen.Output);
        Assert.Equal("note" + Environment.NewLine, screen.Error);
    }

    [Theory]
    [InlineData(false, "error: bad")]
    [InlineData(true, "\e[31merror:\e[0m bad")]
    public void Marked_WithAndWithoutColour_PaintsOnlyOnATerminal(bool colour, string expected)
    {
        var screen = new ScreenTexts(isTerminal: colour, colour);

        screen.Terminal.Marked("error", "b\ead", Tone.Error);

        Assert.Equal(expected + Environment.NewLine, screen.Error);
    }
}
