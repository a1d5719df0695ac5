namespace Omega.Cli.Editing;

/// <summary>What a key asks for.</summary>
internal enum EditKey
{
    None,

    /// <summary>Put text in.</summary>
    Insert,

    /// <summary>The line is done.</summary>
    Submit,
    NewLine,
    Left,
    Right,
    WordLeft,
    WordRight,
    Home,
    End,
    Top,
    Bottom,

    /// <summary>The line above, on the first one the entry before.</summary>
    Up,
    Down,
    Backspace,
    Delete,

    /// <summary>Delete, or leave where there is no text.</summary>
    DeleteOrLeave,
    KillWordLeft,
    KillWordRight,
    KillToStart,
    KillToEnd,
    Yank,
    Complete,
    ClearScreen,
    Interrupt,
}

/// <summary>A key, or a whole pasted text.</summary>
/// <param name="Key">What it asks for.</param>
/// <param name="Text">What to put in; empty for other keys.</param>
internal readonly record struct EditInput(EditKey Key, string Text = "")
{
    public static EditInput None { get; } = new(EditKey.None);
}
