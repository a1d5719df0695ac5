using System.Globalization;

namespace Omega.Cli.Editing;

/// <summary>
/// A text and a cursor in it, as a person edits them. Moves go by what a person sees as one character; the cursor never stands inside one.
/// </summary>
internal sealed class EditBuffer
{
    /// <summary>Most characters it takes.</summary>
    public const int MaxLength = 100_000;

    private string _killed = "";

    public string Text { get; private set; } = "";

    /// <summary>Where the next character goes: 0 to the text's length.</summary>
    public int Cursor { get; private set; }

    private int LineStart => LineStartAt(Cursor);

    private int LineEnd => Text.IndexOf('\n', Cursor) is var end && end < 0 ? Text.Length : end;

    /// <summary>Takes another text, with the cursor at its end.</summary>
    public void Set(string text) => (Text, Cursor) = (text, text.Length);

    /// <summary>Puts a text in before the cursor; false where it is too long and left out.</summary>
    public bool Insert(string text)
    {
        if (Text.Length + text.Length > MaxLength)
            return false;
        Text = Text.Insert(Cursor, text);
        // What was typed may join the character behind it, such as an accent.
        Cursor = BoundaryFrom(Cursor + text.Length);
        return true;
    }

    public void Left() => Cursor = Before(Cursor);

    public void Right() => Cursor = After(Cursor);

    public void WordLeft() => Cursor = WordBefore(Cursor, IsWord);

    public void WordRight() => Cursor = WordAfter(Cursor);

    public void Home() => Cursor = LineStart;

    public void End() => Cursor = LineEnd;

    public void Top() => Cursor = 0;

    public void Bottom() => Cursor = Text.Length;

    /// <summary>To the line above, as far in as in this one; false on the first line.</summary>
    public bool Up()
    {
        if (LineStart is not (> 0 and var start))
            return false;
        Cursor = Into(LineStartAt(start - 1), start - 1, Cursor - start);
        return true;
    }

    /// <summary>To the line below, as far in as in this one; false on the last line.</summary>
    public bool Down()
    {
        if (LineEnd is var end && end == Text.Length)
            return false;
        var column = Cursor - LineStart;
        var below = Text.IndexOf('\n', end + 1) is var next && next < 0 ? Text.Length : next;
        Cursor = Into(end + 1, below, column);
        return true;
    }

    public void Backspace() => Remove(Before(Cursor), Cursor);

    public void Delete() => Remove(Cursor, After(Cursor));

    /// <summary>The word before the cursor, to the white space before it.</summary>
    public void KillWordLeft() => Kill(WordBefore(Cursor, c => !char.IsWhiteSpace(c)), Cursor);

    public void KillWordRight() => Kill(Cursor, WordAfter(Cursor));

    public void KillToStart() => Kill(LineStart, Cursor);

    /// <summary>The rest of the line; at its end, the line's end.</summary>
    public void KillToEnd() => Kill(Cursor, LineEnd == Cursor ? After(Cursor) : LineEnd);

    /// <summary>Puts in what was killed last.</summary>
    public bool Yank() => Insert(_killed);

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || char.IsSurrogate(c) || c == '_';

    private void Kill(int from, int until)
    {
        if (from == until)
            return;
        _killed = Text[from..until];
        Remove(from, until);
    }

    private void Remove(int from, int until)
    {
        Text = Text.Remove(from, until - from);
        Cursor = BoundaryFrom(from);
    }

    private int Into(int from, int until, int column) => BoundaryFrom(Math.Min(from + column, until));

    private int WordBefore(int at, Func<char, bool> isWord)
    {
        while (at > 0 && !isWord(Text[at - 1]))
            at--;
        while (at > 0 && isWord(Text[at - 1]))
            at--;
        return BoundaryFrom(at);
    }

    private int WordAfter(int at)
    {
        while (at < Text.Length && !IsWord(Text[at]))
            at++;
        while (at < Text.Length && IsWord(Text[at]))
            at++;
        return BoundaryFrom(at);
    }

    private int After(int at) => at < Text.Length ? at + StringInfo.GetNextTextElementLength(Text, at) : at;

    private int Before(int at)
    {
        if (at == 0)
            return 0;
        var place = LineStartAt(at - 1);
        while (After(place) is var next && next < at)
            place = next;
        return place;
    }

    /// <summary>The nearest place at or behind <paramref name="at"/> where the cursor may stand.</summary>
    private int BoundaryFrom(int at)
    {
        var place = LineStartAt(at);
        while (place < at)
            place = After(place);
        return place;
    }

    private int LineStartAt(int at) => at == 0 ? 0 : Text.LastIndexOf('\n', at - 1) + 1;
}
