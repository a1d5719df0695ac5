namespace Omega.Trading.Expressions;

internal enum TokenKind
{
    End,
    Number,
    Name,
    And,
    Or,
    Not,
    True,
    False,
    OpenParenthesis,
    CloseParenthesis,
    OpenBracket,
    CloseBracket,
    Comma,
    Dot,
    Plus,
    Minus,
    Star,
    Slash,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Equal,
    NotEqual,
}

/// <summary>A word of an expression.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Position">Its first character.</param>
/// <param name="Text">The word itself; empty at the end.</param>
/// <param name="Number">The value of a number.</param>
internal readonly record struct Token(TokenKind Kind, int Position, string Text, double Number = 0)
{
    /// <summary>As error messages name it.</summary>
    public string Shown => Kind == TokenKind.End ? "the end" : Text.Length <= 40 ? $"\"{Text}\"" : $"\"{Text[..40]}…\"";
}
