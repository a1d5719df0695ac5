namespace Omega.Desk.Prose;

/// <summary>What a token is.</summary>
internal enum TokenKind
{
    /// <summary>No token: the end of a block.</summary>
    None,
    Word,
    Number,
    Symbol,
}

/// <summary>A word in lower case, a number as its digits, or one other character.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Start">Where it begins in the text.</param>
/// <param name="End">Behind its last character.</param>
/// <param name="Text">The word in lower case; the number or character as it stands.</param>
/// <param name="Glued">Whether nothing but emphasis marks stands between it and the token before.</param>
internal readonly record struct Token(TokenKind Kind, int Start, int End, string Text, bool Glued)
{
    public bool IsNumber => Kind == TokenKind.Number;

    public bool IsWord => Kind == TokenKind.Word;

    public bool Is(char symbol) => Kind == TokenKind.Symbol && Text[0] == symbol;
}
