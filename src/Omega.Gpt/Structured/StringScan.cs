namespace Omega.Gpt.Structured;

/// <summary>Reads a JSON string character by character and knows where its last whole character ended.</summary>
internal struct StringScan(int start)
{
    private int _escape;
    private int _unit;
    private bool _afterHigh;

    /// <summary>Where to cut so that no escape and no surrogate pair is split.</summary>
    public int Whole { get; private set; } = start;

    public bool IsComplete { get; private set; }

    /// <summary>Reads the character at a place; false where no string can hold it.</summary>
    public bool TryRead(char c, int at)
    {
        switch (_escape)
        {
            case 0 when c == '"':
                (IsComplete, Whole) = (true, at);
                return true;
            case 0 when c == '\\':
                _escape = 1;
                return true;
            case 0:
                if (c < ' ')
                    return false;
                EndUnit(c, at);
                return true;
            case 1 when c == 'u':
                (_escape, _unit) = (2, 0);
                return true;
            case 1:
                if (c is not ('"' or '\\' or '/' or 'b' or 'f' or 'n' or 'r' or 't'))
                    return false;
                _escape = 0;
                EndUnit(' ', at);
                return true;
            default:
                if (!char.IsAsciiHexDigit(c))
                    return false;
                _unit = _unit * 16 + (c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
                if (++_escape == 6)
                {
                    _escape = 0;
                    EndUnit((char)_unit, at);
                }

                return true;
        }
    }

    /// <summary>A high half waits for what follows it; whatever that is, the two then stand or fall together.</summary>
    private void EndUnit(char unit, int at)
    {
        var waits = char.IsHighSurrogate(unit) && !_afterHigh;
        _afterHigh = waits;
        if (!waits)
            Whole = at + 1;
    }
}

/// <summary>Reads a JSON number character by character.</summary>
internal struct NumberScan
{
    private Part _part;

    /// <param name="first">Its first character, a digit or a minus.</param>
    public NumberScan(char first) => _part = first switch { '-' => Part.Minus, '0' => Part.Zero, _ => Part.Whole };

    private enum Part
    {
        Minus,
        Zero,
        Whole,
        Point,
        Fraction,
        E,
        Sign,
        Exponent,
    }

    /// <summary>Whether what was read is a number as it stands; more digits may follow all the same.</summary>
    public readonly bool IsComplete => _part is Part.Zero or Part.Whole or Part.Fraction or Part.Exponent;

    /// <summary>Reads one more character; false where the number ended before it.</summary>
    public bool TryRead(char c)
    {
        var digit = char.IsAsciiDigit(c);
        Part? next = _part switch
        {
            Part.Minus when digit => c == '0' ? Part.Zero : Part.Whole,
            Part.Whole when digit => Part.Whole,
            Part.Zero or Part.Whole when c == '.' => Part.Point,
            Part.Point or Part.Fraction when digit => Part.Fraction,
            Part.Zero or Part.Whole or Part.Fraction when c is 'e' or 'E' => Part.E,
            Part.E when c is '+' or '-' => Part.Sign,
            Part.E or Part.Sign or Part.Exponent when digit => Part.Exponent,
            _ => null,
        };
        if (next is not { } part)
            return false;
        _part = part;
        return true;
    }
}
