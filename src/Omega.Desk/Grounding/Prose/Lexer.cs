namespace Omega.Desk.Prose;

/// <summary>Cuts text and JSON keys into words, numbers and other characters. Emphasis marks vanish; a link's address does too. Pure.</summary>
internal static class Lexer
{
    private static readonly string[] Symbols = [.. Enumerable.Range(0, 128).Select(code => ((char)code).ToString())];

    public static void Read(string text, int from, int to, List<Token> into)
    {
        var glued = false;
        for (var at = from; at < to;)
        {
            var letter = text[at];
            if (char.IsWhiteSpace(letter))
            {
                glued = false;
                at++;
                continue;
            }

            if (letter is '*' or '`' or '_' or '\\' or '\u200b')
            {
                at++;
                continue;
            }

            var end = End(text, at, to, glued);
            var token = Make(text, at, end, glued);
            at = end;
            if (token.Text is "http" or "https" && at < to && text[at] == ':')
            {
                while (at < to && !char.IsWhiteSpace(text[at]) && text[at] != ')')
                    at++;
                continue;
            }

            into.Add(token);
            glued = true;
            if (token.IsWord && at + 1 < to && text[at] is '\'' or '’' && char.IsLetter(text[at + 1]))
            {
                // The apostrophe and what follows it: hold's, doesn't.
                for (at++; at < to && char.IsLetter(text[at]);)
                    at++;
            }
        }
    }

    /// <summary>The tokens of a phrase.</summary>
    public static void ReadPlain(string text, List<Token> into) => Read(text, 0, text.Length, into);

    private static int End(string text, int at, int to, bool glued)
    {
        var letter = text[at];
        if (char.IsAsciiDigit(letter) || (letter == '.' && !glued && at + 1 < to && char.IsAsciiDigit(text[at + 1])))
            return NumberEnd(text, at, to);
        if (!char.IsLetter(letter))
            return at + 1;

        // R² and r2 are a name, not the number two after one.
        if (letter is 'r' or 'R' && at + 1 < to && text[at + 1] is '2' or '²' && (at + 2 == to || !char.IsLetterOrDigit(text[at + 2])))
            return at + 2;
        var end = at + 1;
        while (end < to && char.IsLetter(text[end]))
            end++;
        return end;
    }

    /// <summary>Digits, groups of three behind commas, a fraction, an exponent; more dots make it a version, which is one token too.</summary>
    private static int NumberEnd(string text, int at, int to)
    {
        var end = Digits(text, at, to);
        while (end < to && text[end] == ',' && Digits(text, end + 1, to) == end + 4)
            end += 4;
        while (end + 1 < to && text[end] == '.' && char.IsAsciiDigit(text[end + 1]))
            end = Digits(text, end + 1, to);
        if (end + 1 < to && text[end] is 'e' or 'E')
        {
            var exponent = text[end + 1] is '+' or '-' ? end + 2 : end + 1;
            if (Digits(text, exponent, to) is var behind && behind > exponent)
                end = behind;
        }

        return end;
    }

    private static int Digits(string text, int at, int to)
    {
        while (at < to && char.IsAsciiDigit(text[at]))
            at++;
        return at;
    }

    private static Token Make(string text, int at, int end, bool glued)
    {
        var letter = text[at];
        if (char.IsAsciiDigit(letter) || (letter == '.' && end > at + 1))
            return new Token(TokenKind.Number, at, end, text[at..end], glued);
        if (char.IsLetter(letter))
        {
            var word = text.AsSpan(at, end - at);
            return new Token(TokenKind.Word, at, end, word is "r²" or "R²" or "R2" ? "r2" : WordPool.Lower(word), glued);
        }

        if (letter == '−')
            letter = '-';
        return new Token(TokenKind.Symbol, at, end, letter < 128 ? Symbols[letter] : letter.ToString(), glued);
    }
}
