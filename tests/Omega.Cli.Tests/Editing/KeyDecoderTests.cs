using CsCheck;
using Omega.Cli.Editing;
using Omega.Cli.Screen;

namespace Omega.Cli.Tests.Editing;

public sealed class KeyDecoderTests
{
    [Theory]
    [InlineData(ConsoleKey.Enter, ConsoleModifiers.None, '\r', nameof(EditKey.Submit))]
    [InlineData(ConsoleKey.Enter, ConsoleModifiers.Alt, '\r', nameof(EditKey.NewLine))]
    [InlineData(ConsoleKey.Enter, ConsoleModifiers.Control, '\n', nameof(EditKey.NewLine))]
    [InlineData(ConsoleKey.LeftArrow, ConsoleModifiers.None, '\0', nameof(EditKey.Left))]
    [InlineData(ConsoleKey.LeftArrow, ConsoleModifiers.Control, '\0', nameof(EditKey.WordLeft))]
    [InlineData(ConsoleKey.B, ConsoleModifiers.Alt, 'b', nameof(EditKey.WordLeft))]
    [InlineData(ConsoleKey.F, ConsoleModifiers.Control, '\u0006', nameof(EditKey.Right))]
    [InlineData(ConsoleKey.Backspace, ConsoleModifiers.None, '\u007f', nameof(EditKey.Backspace))]
    [InlineData(ConsoleKey.Backspace, ConsoleModifiers.Alt, '\u007f', nameof(EditKey.KillWordLeft))]
    [InlineData(ConsoleKey.W, ConsoleModifiers.Control, '\u0017', nameof(EditKey.KillWordLeft))]
    [InlineData(ConsoleKey.C, ConsoleModifiers.Control, '\u0003', nameof(EditKey.Interrupt))]
    [InlineData(ConsoleKey.D, ConsoleModifiers.Control, '\u0004', nameof(EditKey.DeleteOrLeave))]
    [InlineData(ConsoleKey.UpArrow, ConsoleModifiers.None, '\0', nameof(EditKey.Up))]
    [InlineData(ConsoleKey.N, ConsoleModifiers.Control, '\u000e', nameof(EditKey.Down))]
    [InlineData(ConsoleKey.Tab, ConsoleModifiers.None, '\t', nameof(EditKey.Complete))]
    [InlineData(ConsoleKey.F5, ConsoleModifiers.None, '\0', nameof(EditKey.None))]
    [InlineData(ConsoleKey.Escape, ConsoleModifiers.None, '\e', nameof(EditKey.None))]
    [InlineData(ConsoleKey.X, ConsoleModifiers.Alt, 'x', nameof(EditKey.None))]
    public void Decode_Key_AsksForWhatItDoesElsewhere(ConsoleKey key, ConsoleModifiers modifiers, char c, string expected) =>
        Assert.Equal(new EditInput(Enum.Parse<EditKey>(expected)), new KeyDecoder().Decode(Keys.Of(key, modifiers, c)));

    [Fact]
    public void Decode_KeyAfterEscape_IsItself()
    {
        var decoder = new KeyDecoder();

        decoder.Decode(Keys.Of(ConsoleKey.Escape, c: '\e'));

        Assert.Equal(new EditInput(EditKey.Insert, "x"), decoder.Decode(Keys.Of(ConsoleKey.X, c: 'x')));
    }

    [Theory]
    [InlineData("one\rtwo", "one\ntwo")]
    [InlineData("one\r\ntwo\n", "one\ntwo\n")]
    [InlineData("a\e[31mb", "a[31mb")]
    [InlineData("tab\there 😀~", "tab\there 😀~")]
    [InlineData("", "")]
    public void Decode_Paste_IsOneEditWithoutWhatMovesTheCursor(string pasted, string expected)
    {
        Assert.Equal([new EditInput(EditKey.Insert, expected)], Decoded(Keys.Pasted(pasted)));
    }

    [Fact]
    public void Decode_PasteWhoseBeginningIsTakenForAlt_IsStillAPaste()
    {
        ConsoleKeyInfo[] keys = [Keys.Of(ConsoleKey.None, ConsoleModifiers.Alt, '['), .. Keys.Typed("200~x\e[201~"), Keys.Enter];

        Assert.Equal([new EditInput(EditKey.Insert, "x"), new EditInput(EditKey.Submit)], Decoded(keys));
    }

    [Fact]
    public void Decode_PasteOfMoreThanABufferTakes_EndsAllTheSame()
    {
        var edits = Decoded([.. Keys.Pasted(new string('x', 3 * EditBuffer.MaxLength)), Keys.Enter]);

        Assert.Equal([EditKey.Insert, EditKey.Submit], edits.Select(edit => edit.Key));
        Assert.InRange(edits[0].Text.Length, EditBuffer.MaxLength + 1, EditBuffer.MaxLength + 10);
    }

    [Fact]
    public void Decode_AnyTextTypedOrPasted_GoesInClean() =>
        Gen.String[Gen.OneOf(Gen.Char, Gen.Char["[]02~1\e\r\n "]), 0, 40].Where(text => !text.Contains("\e[201~", StringComparison.Ordinal)).Sample(
            text =>
            {
                var pasted = Decoded(Keys.Pasted(text));
                Assert.Equal([PlainText.Clean(text.ReplaceLineEndings("\n"))], pasted.Select(edit => edit.Text));

                var typed = string.Concat(Decoded(Keys.Typed(text)).Select(edit => edit.Text));
                Assert.Equal(PlainText.Clean(typed), typed);
                for (var i = 0; i < typed.Length; i++)
                    Assert.False(char.IsSurrogate(typed[i]) && !(char.IsHighSurrogate(typed[i]) ? i + 1 < typed.Length && char.IsLowSurrogate(typed[i + 1]) : i > 0 && char.IsHighSurrogate(typed[i - 1])), "half a character");
            },
            iter: 3_000);

    private static List<EditInput> Decoded(IEnumerable<ConsoleKeyInfo> keys)
    {
        var decoder = new KeyDecoder();
        return [.. keys.Select(decoder.Decode).Where(edit => edit.Key != EditKey.None)];
    }
}
