using System.Globalization;
using CsCheck;
using Omega.Cli.Editing;

namespace Omega.Cli.Tests.Editing;

public sealed class EditBufferTests
{
    // | is the cursor.
    [Theory]
    [InlineData(nameof(EditKey.Left), "ab|", "a|b")]
    [InlineData(nameof(EditKey.Left), "|ab", "|ab")]
    [InlineData(nameof(EditKey.Left), "a😀|", "a|😀")]
    [InlineData(nameof(EditKey.Left), "e\u0301|", "|e\u0301")]
    [InlineData(nameof(EditKey.Left), "a\n|b", "a|\nb")]
    [InlineData(nameof(EditKey.Right), "a|👩\u200D💻b", "a👩\u200D💻|b")]
    [InlineData(nameof(EditKey.Right), "ab|", "ab|")]
    [InlineData(nameof(EditKey.WordLeft), "one two|", "one |two")]
    [InlineData(nameof(EditKey.WordLeft), "one  |two", "|one  two")]
    [InlineData(nameof(EditKey.WordRight), "|one two", "one| two")]
    [InlineData(nameof(EditKey.WordRight), "one| two, three", "one two|, three")]
    [InlineData(nameof(EditKey.Home), "one\ntw|o", "one\n|two")]
    [InlineData(nameof(EditKey.End), "o|ne\ntwo", "one|\ntwo")]
    [InlineData(nameof(EditKey.Top), "one\ntw|o", "|one\ntwo")]
    [InlineData(nameof(EditKey.Bottom), "o|ne\ntwo", "one\ntwo|")]
    [InlineData(nameof(EditKey.Up), "abc\nde|f", "ab|c\ndef")]
    [InlineData(nameof(EditKey.Up), "a\nbcd|", "a|\nbcd")]
    [InlineData(nameof(EditKey.Up), "a|\nb", "a|\nb")]
    [InlineData(nameof(EditKey.Up), "\n|", "|\n")]
    [InlineData(nameof(EditKey.Down), "ab|c\nd", "abc\nd|")]
    [InlineData(nameof(EditKey.Down), "a|bc\nde\nf", "abc\nd|e\nf")]
    [InlineData(nameof(EditKey.Down), "abc|", "abc|")]
    [InlineData(nameof(EditKey.Backspace), "ab|c", "a|c")]
    [InlineData(nameof(EditKey.Backspace), "a😀|", "a|")]
    [InlineData(nameof(EditKey.Backspace), "a\n|b", "a|b")]
    [InlineData(nameof(EditKey.Delete), "a|😀b", "a|b")]
    [InlineData(nameof(EditKey.KillWordLeft), "buy 0.5-btc |now", "buy |now")]
    [InlineData(nameof(EditKey.KillWordRight), "buy| now!", "buy|!")]
    [InlineData(nameof(EditKey.KillToStart), "one\ntwo |three", "one\n|three")]
    [InlineData(nameof(EditKey.KillToEnd), "one |two\nthree", "one |\nthree")]
    [InlineData(nameof(EditKey.KillToEnd), "one|\ntwo", "one|two")]
    public void Apply_Key_MovesAndRemovesByWhatAPersonSees(string key, string before, string after) =>
        Assert.Equal(after, Marked(Applied(before, new EditInput(Enum.Parse<EditKey>(key)))));

    [Theory]
    [InlineData(nameof(EditKey.KillToEnd), "one |two", "one two|")]
    [InlineData(nameof(EditKey.KillWordLeft), "one two|", "one two|")]
    public void Yank_AfterAKill_PutsItBack(string key, string before, string after) =>
        Assert.Equal(after, Marked(Applied(before, new EditInput(Enum.Parse<EditKey>(key)), new EditInput(EditKey.Yank))));

    [Fact]
    public void Insert_MoreThanItTakes_IsLeftOut()
    {
        var buffer = new EditBuffer();

        Assert.True(buffer.Insert(new string('a', EditBuffer.MaxLength)));
        Assert.False(buffer.Insert("b"));

        Assert.Equal(EditBuffer.MaxLength, buffer.Text.Length);
    }

    [Fact]
    public void Apply_AnyEdits_TextIsThatOfTwoPilesOfCharacters() =>
        EditGen.Edits(EditGen.Plain.Where(text => text is not ("\n" or "\t"))).Sample(
            edits =>
            {
                // The same on one line, with what is before and behind the cursor on two piles.
                var (before, behind) = (new Stack<string>(), new Stack<string>());
                var editor = new LineEditor();
                foreach (var edit in edits.Where(edit => edit.Key is EditKey.Insert or EditKey.Left or EditKey.Right or EditKey.Home or EditKey.End or EditKey.Backspace or EditKey.Delete))
                {
                    editor.Apply(edit);
                    switch (edit.Key)
                    {
                        case EditKey.Insert:
                            before.Push(edit.Text);
                            break;
                        case EditKey.Left when before.Count > 0:
                            behind.Push(before.Pop());
                            break;
                        case EditKey.Right when behind.Count > 0:
                            before.Push(behind.Pop());
                            break;
                        case EditKey.Home:
                            while (before.TryPop(out var moved))
                                behind.Push(moved);
                            break;
                        case EditKey.End:
                            while (behind.TryPop(out var moved))
                                before.Push(moved);
                            break;
                        case EditKey.Backspace:
                            before.TryPop(out _);
                            break;
                        case EditKey.Delete:
                            behind.TryPop(out _);
                            break;
                    }
                }

                var left = string.Concat(before.Reverse());
                Assert.Equal((left + string.Concat(behind), left.Length), (editor.Text, editor.Cursor));
            },
            iter: 2_000);

    [Fact]
    public void Apply_AnyEditsOfJoiningCharacters_CursorNeverStandsInsideOne() =>
        EditGen.Edits(EditGen.Joining).Sample(
            edits =>
            {
                var editor = new LineEditor();
                foreach (var edit in edits)
                {
                    editor.Apply(edit);
                    int[] places = [.. StringInfo.ParseCombiningCharacters(editor.Text), editor.Text.Length];
                    Assert.Contains(editor.Cursor, places);
                }
            },
            iter: 2_000);

    private static LineEditor Applied(string marked, params EditInput[] inputs)
    {
        var editor = new LineEditor();
        var cursor = marked.IndexOf('|', StringComparison.Ordinal);
        editor.Apply(new EditInput(EditKey.Insert, marked[(cursor + 1)..]));
        editor.Apply(new EditInput(EditKey.Top));
        editor.Apply(new EditInput(EditKey.Insert, marked[..cursor]));
        foreach (var input in inputs)
            editor.Apply(input);
        return editor;
    }

    private static string Marked(LineEditor editor) => editor.Text.Insert(editor.Cursor, "|");
}
