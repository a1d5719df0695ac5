using System.Text;
using Omega.Cli.Screen;

namespace Omega.Cli.Editing;

/// <summary>
/// Makes edits of what a terminal sends, key by key. A paste comes as its characters between <c>ESC[200~</c> and <c>ESC[201~</c> and is one
/// edit, so that a line end in it sends nothing off; a character beyond the first 65,536 comes in two halves.
/// </summary>
internal sealed class KeyDecoder
{
    private const string PasteBegins = "\e[200~";
    private const string PasteEnds = "\e[201~";

    private readonly StringBuilder _held = new();
    private readonly StringBuilder _paste = new();
    private bool _isPasting;
    private char _half;

    /// <summary>Whether the rest of a paste is still to come.</summary>
    public bool IsPasting => _isPasting;

    /// <summary>The edit that a key completes; <see cref="EditKey.None"/> where it completes none.</summary>
    public EditInput Decode(ConsoleKeyInfo key)
    {
        if (_isPasting)
            return Paste(key.KeyChar);
        return Hold(key) ? EditInput.None : Single(key);
    }

    /// <summary>Whether the key goes on with the sign of a paste; else what was held, Escape and the like, is forgotten.</summary>
    private bool Hold(ConsoleKeyInfo key)
    {
        // Where the sequence came in two pieces, the runtime takes its first two characters for Alt and a key.
        if (_held.Length == 0 && key is { KeyChar: '[', Modifiers: ConsoleModifiers.Alt })
            _held.Append('\e');
        else if (_held.Length == 0 && key.KeyChar != '\e')
            return false;
        _held.Append(key.KeyChar);
        var held = _held.ToString();
        if (held == PasteBegins)
        {
            _isPasting = true;
            _held.Clear();
            return true;
        }

        if (PasteBegins.StartsWith(held, StringComparison.Ordinal))
            return true;
        _held.Clear();
        if (key.KeyChar != '\e')
            return false;
        _held.Append('\e');
        return true;
    }

    private EditInput Paste(char c)
    {
        // More than a buffer takes is not kept; the end is still looked for.
        _paste.Append(c);
        if (c != '~' || !EndsPaste())
        {
            if (_paste.Length > EditBuffer.MaxLength + PasteEnds.Length + 1)
                _paste.Remove(EditBuffer.MaxLength + 1, 1);
            return EditInput.None;
        }

        var text = Typed(_paste.ToString(0, _paste.Length - PasteEnds.Length));
        _paste.Clear();
        _isPasting = false;
        return new EditInput(EditKey.Insert, text);
    }

    private bool EndsPaste()
    {
        if (_paste.Length < PasteEnds.Length)
            return false;
        for (var i = 0; i < PasteEnds.Length; i++)
        {
            if (_paste[_paste.Length - PasteEnds.Length + i] != PasteEnds[i])
                return false;
        }

        return true;
    }

    private EditInput Single(ConsoleKeyInfo key)
    {
        var (alt, control) = ((key.Modifiers & ConsoleModifiers.Alt) != 0, (key.Modifiers & ConsoleModifiers.Control) != 0);
        var edit = key.Key switch
        {
            ConsoleKey.Enter => alt || control || key.Modifiers == ConsoleModifiers.Shift ? EditKey.NewLine : EditKey.Submit,
            ConsoleKey.LeftArrow => alt || control ? EditKey.WordLeft : EditKey.Left,
            ConsoleKey.RightArrow => alt || control ? EditKey.WordRight : EditKey.Right,
            ConsoleKey.UpArrow => EditKey.Up,
            ConsoleKey.DownArrow => EditKey.Down,
            ConsoleKey.Home => control ? EditKey.Top : EditKey.Home,
            ConsoleKey.End => control ? EditKey.Bottom : EditKey.End,
            ConsoleKey.Backspace => alt || control ? EditKey.KillWordLeft : EditKey.Backspace,
            ConsoleKey.Delete => alt || control ? EditKey.KillWordRight : EditKey.Delete,
            ConsoleKey.Tab => EditKey.Complete,
            _ when control && !alt => OfControl(key.Key),
            _ when alt && !control => OfAlt(key.Key),
            _ => EditKey.None,
        };
        return edit != EditKey.None ? new EditInput(edit) : alt != control ? EditInput.None : Character(key.KeyChar);
    }

    private static EditKey OfControl(ConsoleKey key) => key switch
    {
        ConsoleKey.A => EditKey.Home,
        ConsoleKey.B => EditKey.Left,
        ConsoleKey.C => EditKey.Interrupt,
        ConsoleKey.D => EditKey.DeleteOrLeave,
        ConsoleKey.E => EditKey.End,
        ConsoleKey.F => EditKey.Right,
        ConsoleKey.J => EditKey.NewLine,
        ConsoleKey.K => EditKey.KillToEnd,
        ConsoleKey.L => EditKey.ClearScreen,
        ConsoleKey.N => EditKey.Down,
        ConsoleKey.P => EditKey.Up,
        ConsoleKey.U => EditKey.KillToStart,
        ConsoleKey.W => EditKey.KillWordLeft,
        ConsoleKey.Y => EditKey.Yank,
        _ => EditKey.None,
    };

    private static EditKey OfAlt(ConsoleKey key) => key switch
    {
        ConsoleKey.B => EditKey.WordLeft,
        ConsoleKey.D => EditKey.KillWordRight,
        ConsoleKey.F => EditKey.WordRight,
        _ => EditKey.None,
    };

    private EditInput Character(char c)
    {
        if (char.IsHighSurrogate(c))
        {
            _half = c;
            return EditInput.None;
        }

        var half = _half;
        _half = '\0';
        if (char.IsLowSurrogate(c))
            return half == '\0' ? EditInput.None : new EditInput(EditKey.Insert, new string([half, c]));
        return char.IsControl(c) ? EditInput.None : new EditInput(EditKey.Insert, Typed(c.ToString()));
    }

    // Nothing that could move the cursor, and one kind of line end.
    private static string Typed(string text) => PlainText.Clean(text.ReplaceLineEndings("\n"));
}
