using System.Globalization;
using System.Text;

namespace Omega.Gpt.Functions.Schema;

/// <summary>
/// Translates a pattern of ECMA-262 (Unicode mode) to one of .NET with the same meaning: ASCII <c>\d</c> and <c>\w</c>, <c>$</c> only
/// at the very end, a character outside the basic plane as one. Not the same: <c>\b</c> goes by Unicode words, <c>\p{…}</c> knows the
/// basic plane and general categories only. Taken though ECMA-262 has them not: <c>(?i)</c>, <c>(?P&lt;name&gt;…)</c>, escapes of punctuation.
/// </summary>
internal ref struct EcmaPattern
{
    private static readonly (string Theirs, string Ours)[] Groups =
    [
        ("(?:", "(?:"), ("(?=", "(?="), ("(?!", "(?!"), ("(?<=", "(?<="), ("(?<!", "(?<!"), ("(?<", "(?<"), ("(?P<", "(?<"),
        ("(?i)", "(?i)"), ("(?i:", "(?i:"), ("(?-i:", "(?-i:"),
    ];

    private readonly ReadOnlySpan<char> _source;
    private readonly StringBuilder _result;
    private int _at;

    private EcmaPattern(string source)
    {
        _source = source;
        _result = new(source.Length * 2);
    }

    /// <exception cref="FormatException">The text is no pattern; the message says why.</exception>
    public static string Translate(string source)
    {
        var pattern = new EcmaPattern(source);
        while (pattern._at < source.Length) pattern.TranslateNext();
        return pattern._result.ToString();
    }

    private void TranslateNext()
    {
        var c = _source[_at];
        switch (c)
        {
            case '\\':
                TranslateEscape();
                break;
            case '[':
                _at++;
                TranslateClass();
                break;
            case '.':
                _at++;
                _result.Append(CodePointSet.AnyButLineEnds.ToPattern(negated: false));
                break;
            case '$':
                _at++;
                _result.Append(@"\z");
                break;
            case '(':
                TranslateGroup();
                break;
            default:
                if (char.IsSurrogate(c)) AppendCodePoint(ReadLiteral());
                else _result.Append(_source[_at++]);
                break;
        }
    }

    private void TranslateGroup()
    {
        var rest = _source[_at..];
        foreach (var (theirs, ours) in Groups)
        {
            if (!rest.StartsWith(theirs)) continue;
            _result.Append(ours);
            _at += theirs.Length;
            return;
        }
        if (rest.StartsWith("(?")) throw new FormatException($"the group {rest[..Math.Min(rest.Length, 4)]}… is not known");
        _result.Append('(');
        _at++;
    }

    private void TranslateEscape()
    {
        var next = _at + 1 < _source.Length ? _source[_at + 1] : throw new FormatException("it ends in a lone \\");
        var set = new CodePointSet();
        if (TryReadSet(set))
        {
            _result.Append(set.ToPattern(negated: false));
        }
        else if (next is 'b' or 'B' or 'k' or (>= '1' and <= '9'))
        {
            _result.Append('\\').Append(next);
            _at += 2;
        }
        else
        {
            AppendCodePoint(ReadCharacterEscape());
        }
    }

    private void TranslateClass()
    {
        var negated = _at < _source.Length && _source[_at] == '^';
        if (negated) _at++;
        var set = new CodePointSet();
        while (true)
        {
            if (_at >= _source.Length) throw new FormatException("a [ is never closed");
            if (_source[_at] == ']') break;
            if (TryReadSet(set)) continue;
            var low = ReadClassCharacter();
            var isRange = _at + 1 < _source.Length && _source[_at] == '-' && _source[_at + 1] != ']';
            if (!isRange)
            {
                set.Add(low, low);
                continue;
            }
            _at++;
            if (TryReadSet(set))
            {
                // A class is no end of a range, so the hyphen is one.
                set.Add(low, low);
                set.Add('-', '-');
                continue;
            }
            var high = ReadClassCharacter();
            if (high < low) throw new FormatException("a range in [] runs backwards");
            set.Add(low, high);
        }
        _at++;
        _result.Append(set.ToPattern(negated));
    }

    private int ReadClassCharacter()
    {
        if (_source[_at] != '\\') return ReadLiteral();
        if (_at + 1 >= _source.Length) throw new FormatException("a [ is never closed");
        if (_source[_at + 1] != 'b') return ReadCharacterEscape();
        _at += 2;
        return '\b';
    }

    private int ReadLiteral()
    {
        Rune.DecodeFromUtf16(_source[_at..], out var rune, out var length);
        _at += length;
        return rune.Value;
    }

    /// <summary>An escape that stands for a set: <c>\d</c>, <c>\S</c>, <c>\p{L}</c>.</summary>
    private bool TryReadSet(CodePointSet set)
    {
        if (_source[_at] != '\\' || _at + 1 >= _source.Length) return false;
        var letter = _source[_at + 1];
        if (letter is 'p' or 'P')
        {
            var end = _source[_at..].IndexOf('}');
            if (end < 0 || _source[_at + 2] != '{') throw new FormatException($"\\{letter} wants a category in braces");
            set.AddCategory(_source[(_at + 3)..(_at + end)].ToString(), negated: letter == 'P');
            _at += end + 1;
            return true;
        }
        if (!set.TryAddEscape(letter)) return false;
        _at += 2;
        return true;
    }

    /// <summary>An escape that stands for one character.</summary>
    private int ReadCharacterEscape()
    {
        var letter = _source[_at + 1];
        _at += 2;
        switch (letter)
        {
            case 't': return '\t';
            case 'n': return '\n';
            case 'v': return '\v';
            case 'f': return '\f';
            case 'r': return '\r';
            case '0' when _at >= _source.Length || !char.IsAsciiDigit(_source[_at]): return 0;
            case 'c' when _at < _source.Length && char.IsAsciiLetter(_source[_at]): return _source[_at++] & 31;
            case 'x': return ReadHex(2);
            case 'u': return ReadUnicodeEscape();
            default:
                if (char.IsAsciiLetterOrDigit(letter)) throw new FormatException($"\\{letter} is no escape");
                _at--;
                return ReadLiteral();
        }
    }

    private int ReadUnicodeEscape()
    {
        if (_at < _source.Length && _source[_at] == '{')
        {
            var end = _source[_at..].IndexOf('}');
            var digits = end < 2 ? "" : _source[(_at + 1)..(_at + end)];
            if (!int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var point) || point is < 0 or > 0x10FFFF)
                throw new FormatException("\\u{} wants a code point");
            _at += end + 1;
            return point;
        }
        var unit = (char)ReadHex(4);
        if (!char.IsHighSurrogate(unit) || !_source[_at..].StartsWith("\\u")) return unit;
        var kept = _at;
        _at += 2;
        if (ReadHex(4) is var low && char.IsLowSurrogate((char)low)) return char.ConvertToUtf32(unit, (char)low);
        _at = kept;
        return unit;
    }

    private int ReadHex(int digits)
    {
        if (_at + digits > _source.Length ||
            !int.TryParse(_source.Slice(_at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
        {
            throw new FormatException($"an escape wants {digits} hexadecimal digits");
        }
        _at += digits;
        return value;
    }

    private readonly void AppendCodePoint(int point)
    {
        if (point <= 0xFFFF)
        {
            _result.Append(CodePointSet.Escape(point));
            return;
        }
        var pair = char.ConvertFromUtf32(point);
        _result.Append("(?:").Append(CodePointSet.Escape(pair[0])).Append(CodePointSet.Escape(pair[1])).Append(')');
    }
}
