using System.Globalization;

namespace Omega.Trading.Expressions;

/// <summary>Cuts an expression into words.</summary>
internal sealed class Lexer(string text)
{
    private int _at;

    /// <exception cref="ExpressionException">A character or a number that the language does not have.</exception>
    public Token Next()
    {
        while (_at < text.Length && text[_at] is ' ' or '\t' or '\r' or '\n')
            _at++;
        if (_at == text.Length)
            return new Token(TokenKind.End, _at, "");
        var c = text[_at];
        if (char.IsAsciiDigit(c))
            return Number();
        return char.IsAsciiLetter(c) || c == '_' ? Name() : Sign(c);
    }

    private static TokenKind Keyword(string word) => word switch
    {
        "and" => TokenKind.And,
        "or" => TokenKind.Or,
        "not" => TokenKind.Not,
        "true" => TokenKind.True,
        "false" => TokenKind.False,
        _ => TokenKind.Name,
    };

    private Token Number()
    {
        var start = _at;
        Digits();
        if (Peek(0) == '.' && char.IsAsciiDigit(Peek(1)))
        {
            _at++;
            Digits();
        }

        if (Peek(0) is 'e' or 'E' && (char.IsAsciiDigit(Peek(1)) || (Peek(1) is '+' or '-' && char.IsAsciiDigit(Peek(2)))))
        {
            _at += 2;
            Digits();
        }

        var word = text[start.._at];
        if (char.IsAsciiLetter(Peek(0)) || Peek(0) == '_')
            throw Glued(start, word);
        var value = double.Parse(word, NumberStyles.Float, CultureInfo.InvariantCulture);
        return double.IsFinite(value)
            ? new Token(TokenKind.Number, start, word, value)
            : throw new ExpressionException(text, start, $"The number {Cut(word)} is too large.");
    }

    /// <summary>A number with letters behind it: most often a timeframe the wrong way round.</summary>
    private ExpressionException Glued(int start, string number)
    {
        var end = _at;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_'))
            end++;
        var letters = text[_at..end];
        var turned = letters + number;
        var hint = FrameNames.TryFind(turned, out _) ? $" Timeframes are written {turned}.close." : " Names begin with a letter.";
        return new ExpressionException(text, start, $"\"{Cut(number + letters)}\" is neither a number nor a name.{hint}");
    }

    private Token Name()
    {
        var start = _at;
        while (_at < text.Length && (char.IsAsciiLetterOrDigit(text[_at]) || text[_at] == '_'))
            _at++;
        var word = text[start.._at];
        return new Token(Keyword(word), start, word);
    }

    private Token Sign(char c)
    {
        var two = Peek(1) == '=';
        var kind = c switch
        {
            '(' => TokenKind.OpenParenthesis,
            ')' => TokenKind.CloseParenthesis,
            '[' => TokenKind.OpenBracket,
            ']' => TokenKind.CloseBracket,
            ',' => TokenKind.Comma,
            '.' => TokenKind.Dot,
            '+' => TokenKind.Plus,
            '-' => TokenKind.Minus,
            '*' => TokenKind.Star,
            '/' => TokenKind.Slash,
            '<' => two ? TokenKind.LessOrEqual : TokenKind.Less,
            '>' => two ? TokenKind.GreaterOrEqual : TokenKind.Greater,
            '=' when two => TokenKind.Equal,
            '!' when two => TokenKind.NotEqual,
            _ => throw Foreign(c),
        };
        var length = kind is TokenKind.LessOrEqual or TokenKind.GreaterOrEqual or TokenKind.Equal or TokenKind.NotEqual ? 2 : 1;
        var token = new Token(kind, _at, text.Substring(_at, length));
        _at += length;
        return token;
    }

    private ExpressionException Foreign(char c)
    {
        var remedy = c switch
        {
            '=' => "Equality is \"==\".",
            '!' => "Write \"not\".",
            '&' => "Write \"and\".",
            '|' => "Write \"or\".",
            '%' => "There is no per cent: write a fraction, such as 0.05.",
            '^' => "There is no power: multiply.",
            '"' or '\'' => "There are no texts in expressions.",
            ';' => "An expression ends by itself.",
            _ => "Allowed: names, numbers, + - * / < <= > >= == != ( ) [ ] , .",
        };
        var shown = char.IsLetterOrDigit(c) || char.IsPunctuation(c) || char.IsSymbol(c) ? c.ToString() : $"U+{(int)c:X4}";
        return new ExpressionException(text, _at, $"Unexpected character \"{shown}\". {remedy}");
    }

    private void Digits()
    {
        while (_at < text.Length && char.IsAsciiDigit(text[_at]))
            _at++;
    }

    private char Peek(int ahead) => _at + ahead < text.Length ? text[_at + ahead] : '\0';

    private static string Cut(string word) => word.Length <= 40 ? word : word[..40] + "…";
}
