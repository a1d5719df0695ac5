namespace Omega.Cli.Editing;

/// <summary>What an edit led to.</summary>
internal enum EditOutcome
{
    Editing,

    /// <summary>The line is done.</summary>
    Submitted,

    /// <summary>Ctrl-C: what was written is to be dropped.</summary>
    Interrupted,

    /// <summary>Ctrl-D on an empty line.</summary>
    Left,

    /// <summary>The screen is to be cleared.</summary>
    Cleared,

    /// <summary>The edit had no effect: too long, or nothing there.</summary>
    Refused,
}

/// <summary>One line, or a few, being written: edits in, text and cursor out. Knows no terminal.</summary>
/// <param name="history">What Up and Down go through; null for none.</param>
/// <param name="complete">What Tab may make of the text before the cursor; null for nothing.</param>
internal sealed class LineEditor(LineHistory? history = null, Func<string, IReadOnlyList<string>>? complete = null)
{
    private readonly EditBuffer _buffer = new();

    public string Text => _buffer.Text;

    public int Cursor => _buffer.Cursor;

    public EditOutcome Apply(EditInput input)
    {
        switch (input.Key)
        {
            case EditKey.Submit:
                _buffer.Bottom();
                return EditOutcome.Submitted;
            case EditKey.Interrupt:
                return EditOutcome.Interrupted;
            case EditKey.DeleteOrLeave when Text.Length == 0:
                return EditOutcome.Left;
            case EditKey.ClearScreen:
                return EditOutcome.Cleared;
            case EditKey.Insert:
                return Said(_buffer.Insert(input.Text));
            case EditKey.NewLine:
                return Said(_buffer.Insert("\n"));
            case EditKey.Yank:
                return Said(_buffer.Yank());
            case EditKey.Up:
                return Said(_buffer.Up() || Recall(history?.Before(Text)));
            case EditKey.Down:
                return Said(_buffer.Down() || Recall(history?.After()));
            case EditKey.Complete:
                return Said(Complete());
            default:
                Move(input.Key);
                return EditOutcome.Editing;
        }
    }

    private static EditOutcome Said(bool done) => done ? EditOutcome.Editing : EditOutcome.Refused;

    private void Move(EditKey key)
    {
        switch (key)
        {
            case EditKey.Left:
                _buffer.Left();
                break;
            case EditKey.Right:
                _buffer.Right();
                break;
            case EditKey.WordLeft:
                _buffer.WordLeft();
                break;
            case EditKey.WordRight:
                _buffer.WordRight();
                break;
            case EditKey.Home:
                _buffer.Home();
                break;
            case EditKey.End:
                _buffer.End();
                break;
            case EditKey.Top:
                _buffer.Top();
                break;
            case EditKey.Bottom:
                _buffer.Bottom();
                break;
            case EditKey.Backspace:
                _buffer.Backspace();
                break;
            case EditKey.Delete or EditKey.DeleteOrLeave:
                _buffer.Delete();
                break;
            case EditKey.KillWordLeft:
                _buffer.KillWordLeft();
                break;
            case EditKey.KillWordRight:
                _buffer.KillWordRight();
                break;
            case EditKey.KillToStart:
                _buffer.KillToStart();
                break;
            case EditKey.KillToEnd:
                _buffer.KillToEnd();
                break;
        }
    }

    private bool Recall(string? entry)
    {
        if (entry is null)
            return false;
        _buffer.Set(entry);
        return true;
    }

    // As far as all that is possible has in common; there is no menu.
    private bool Complete()
    {
        if (complete is null || Cursor < Text.Length || complete(Text) is not { Count: > 0 } choices)
            return false;
        var common = choices[0];
        foreach (var choice in choices.Skip(1))
            common = common[..common.AsSpan().CommonPrefixLength(choice)];
        if (common.Length <= Text.Length)
            return false;
        _buffer.Set(common);
        return true;
    }
}
