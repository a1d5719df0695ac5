using System.Buffers;
using System.Globalization;
using System.Text;

namespace Omega.Gpt.Functions.Schema;

/// <summary>What <see cref="JsonTokenizer"/> finds, as it finds it. Each answers whether to go on.</summary>
internal interface IJsonSink
{
    /// <summary>A value begins with this byte: one of <c>{ [ " - 0…9 t f n</c>.</summary>
    bool BeginValue(byte first);

    /// <summary>A property name begins.</summary>
    bool BeginName();

    /// <summary>
    /// More of a string or name, its escapes resolved, or of a number. Answers how many bytes it took: fewer end the reading.
    /// </summary>
    int Text(ReadOnlySpan<byte> utf8);

    /// <summary>The string, name or number has ended.</summary>
    bool EndText();

    /// <summary>The object or array has ended.</summary>
    bool EndContainer();
}

/// <summary>
/// Reads one JSON value (RFC 8259) in pieces of any size and stops at the first byte that cannot belong to one: also at bytes that are no
/// UTF-8, at halves of surrogate pairs, at nesting beyond the bound and at anything after the value. Constant work a byte.
/// </summary>
internal sealed class JsonTokenizer(IJsonSink sink, int maxDepth)
{
    private enum State : byte
    {
        Value,
        FirstItem,
        FirstName,
        Name,
        Colon,
        AfterValue,
        Literal,
        Minus,
        Zero,
        Integer,
        Point,
        Fraction,
        Exponent,
        ExponentSign,
        ExponentDigits,
        Text,
        Escape,
        Hex,
        PairBackslash,
        PairU,
        Done,
        Failed,
    }

    private static readonly SearchValues<byte> PlainText =
        SearchValues.Create([.. Enumerable.Range(0x20, 0x60).Select(c => (byte)c).Where(c => c is not ((byte)'"' or (byte)'\\'))]);

    private readonly bool[] _isObject = new bool[maxDepth];
    private State _state;
    private int _depth;
    private string _literal = "";
    private int _literalAt;
    private bool _isName;
    private int _hex;
    private int _hexDigits;
    private int _lead;
    private int _continuation;
    private byte _continuationLow;
    private byte _continuationHigh;

    /// <summary>How many bytes have been taken; after a failure, the offset of the byte at fault.</summary>
    public long Position { get; private set; }

    /// <summary>Whether the top-level value has closed. A number there closes with what follows it, or by <see cref="Finish"/>.</summary>
    public bool IsComplete => _state == State.Done;

    /// <summary>What was expected and found, where the text is no JSON; null while it may be, and where the sink stopped.</summary>
    public (string Expected, string Found)? Fault { get; private set; }

    /// <summary>Takes more text.</summary>
    /// <returns>False where it is no JSON or the sink stopped; nothing more is taken then.</returns>
    public bool Feed(ReadOnlySpan<byte> bytes)
    {
        for (var i = 0; i < bytes.Length;)
        {
            if (_state == State.Text && _continuation == 0 && TakeText(bytes[i..], out var run))
            {
                i += run;
                continue;
            }
            if (_state == State.Failed || !Take(bytes[i])) return Stop();
            i++;
            Position++;
        }
        return true;
    }

    /// <summary>Says that the text has ended.</summary>
    /// <returns>False where the value is not complete.</returns>
    public bool Finish()
    {
        if (_state is State.Failed) return false;
        if (IsNumberEnd(_state) && _depth == 0)
        {
            if (!sink.EndText()) return Stop();
            _state = State.Done;
        }
        return _state == State.Done || Fail(Position == 0 ? "a JSON value" : "the rest of the value", "the end of the text");
    }

    private bool Stop()
    {
        _state = State.Failed;
        return false;
    }

    /// <summary>
    /// Takes text up to the next byte that needs a look of its own. False where that is the first one, or where the sink stopped.
    /// </summary>
    private bool TakeText(ReadOnlySpan<byte> bytes, out int run)
    {
        run = bytes.IndexOfAnyExcept(PlainText);
        if (run < 0) run = bytes.Length;
        if (run == 0) return false;
        var taken = sink.Text(bytes[..run]);
        Position += taken;
        return taken == run || Stop();
    }

    private bool Take(byte b)
    {
        switch (_state)
        {
            case State.Text: return TakeTextByte(b);
            case State.Escape: return TakeEscape(b);
            case State.Hex: return TakeHex(b);
            case State.PairBackslash: return Follow(b, '\\', State.PairU, "the other half of a surrogate pair");
            case State.PairU: return BeginHex(b == 'u', b, "the other half of a surrogate pair");
            case State.Literal: return TakeLiteral(b);
            case >= State.Minus and <= State.ExponentDigits: return TakeNumber(b);
            default: break;
        }
        if (b is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r') return true;
        switch (_state)
        {
            case State.FirstItem when b == ']': return EndContainer();
            case State.Value or State.FirstItem: return BeginValue(b);
            case State.FirstName when b == '}': return EndContainer();
            case State.FirstName or State.Name: return BeginName(b);
            case State.Colon: return Follow(b, ':', State.Value, "':' after the property name");
            case State.AfterValue: return TakeAfterValue(b);
            case State.Done: return Fail("nothing after the value", Show(b));
            default: return false;
        }
    }

    private bool BeginValue(byte b)
    {
        switch (b)
        {
            case (byte)'{' or (byte)'[':
                if (_depth == maxDepth) return Fail($"nesting of at most {maxDepth}", $"more{At()}");
                if (!sink.BeginValue(b)) return false;
                _isObject[_depth++] = b == '{';
                _state = b == '{' ? State.FirstName : State.FirstItem;
                return true;
            case (byte)'"':
                (_state, _isName) = (State.Text, false);
                break;
            case (byte)'-':
                _state = State.Minus;
                break;
            case (byte)'0':
                _state = State.Zero;
                break;
            case >= (byte)'1' and <= (byte)'9':
                _state = State.Integer;
                break;
            case (byte)'t' or (byte)'f' or (byte)'n':
                (_state, _literal, _literalAt) = (State.Literal, b switch { (byte)'t' => "true", (byte)'f' => "false", _ => "null" }, 1);
                break;
            default:
                return Fail("a JSON value", Show(b));
        }
        return sink.BeginValue(b) && (_state is State.Text or State.Literal || Give([b]));
    }

    private bool BeginName(byte b)
    {
        if (b != '"') return Fail("a property name in double quotes", Show(b));
        (_state, _isName) = (State.Text, true);
        return sink.BeginName();
    }

    private bool TakeAfterValue(byte b)
    {
        var isObject = _isObject[_depth - 1];
        if (b == ',')
        {
            _state = isObject ? State.Name : State.Value;
            return true;
        }
        return b == (isObject ? '}' : ']') ? EndContainer() : Fail(isObject ? "',' or '}'" : "',' or ']'", Show(b));
    }

    private bool EndContainer()
    {
        _depth--;
        EndValue();
        return sink.EndContainer();
    }

    private void EndValue() => _state = _depth == 0 ? State.Done : State.AfterValue;

    private bool TakeLiteral(byte b)
    {
        if (b != _literal[_literalAt]) return Fail(_literal, $"{_literal[.._literalAt]} and then {Show(b)}");
        if (++_literalAt == _literal.Length) EndValue();
        return true;
    }

    private bool TakeNumber(byte b)
    {
        var isDigit = b is >= (byte)'0' and <= (byte)'9';
        State? next = _state switch
        {
            State.Minus => isDigit ? b == '0' ? State.Zero : State.Integer : null,
            State.Integer when isDigit => State.Integer,
            State.Zero or State.Integer when b == '.' => State.Point,
            State.Point or State.Fraction when isDigit => State.Fraction,
            State.Zero or State.Integer or State.Fraction when b is (byte)'e' or (byte)'E' => State.Exponent,
            State.Exponent when b is (byte)'+' or (byte)'-' => State.ExponentSign,
            State.Exponent or State.ExponentSign or State.ExponentDigits when isDigit => State.ExponentDigits,
            _ => null,
        };
        if (next is { } state)
        {
            _state = state;
            return Give([b]);
        }
        if (!IsNumberEnd(_state)) return Fail("a digit", Show(b));
        EndValue();
        return sink.EndText() && Take(b);
    }

    private static bool IsNumberEnd(State state) => state is State.Zero or State.Integer or State.Fraction or State.ExponentDigits;

    private bool TakeTextByte(byte b)
    {
        if (_continuation > 0)
        {
            if (b < _continuationLow || b > _continuationHigh) return Fail("text in UTF-8", Show(b));
            (_continuation, _continuationLow, _continuationHigh) = (_continuation - 1, 0x80, 0xBF);
            return Give([b]);
        }
        switch (b)
        {
            case (byte)'"':
                if (_isName) _state = State.Colon;
                else EndValue();
                return sink.EndText();
            case (byte)'\\':
                _state = State.Escape;
                return true;
            case < 0x20:
                return Fail("control characters in strings to be escaped", Show(b));
            case >= 0x80:
                return BeginCodePoint(b) ? Give([b]) : Fail("text in UTF-8", Show(b));
            default:
                return Give([b]);
        }
    }

    /// <summary>The first byte of a longer code point says how many follow, and how the second is bounded (RFC 3629).</summary>
    private bool BeginCodePoint(byte b)
    {
        (_continuation, _continuationLow, _continuationHigh) = b switch
        {
            >= 0xC2 and <= 0xDF => (1, (byte)0x80, (byte)0xBF),
            0xE0 => (2, (byte)0xA0, (byte)0xBF),
            0xED => (2, (byte)0x80, (byte)0x9F),
            >= 0xE1 and <= 0xEF => (2, (byte)0x80, (byte)0xBF),
            0xF0 => (3, (byte)0x90, (byte)0xBF),
            >= 0xF1 and <= 0xF3 => (3, (byte)0x80, (byte)0xBF),
            0xF4 => (3, (byte)0x80, (byte)0x8F),
            _ => (0, (byte)0, (byte)0),
        };
        return _continuation > 0;
    }

    private bool TakeEscape(byte b)
    {
        if (b == 'u') return BeginHex(true, b, "");
        var at = "\"\\/bfnrt"u8.IndexOf(b);
        if (at < 0) return Fail("one of the escapes \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u", Show(b));
        _state = State.Text;
        return Give("\"\\/\b\f\n\r\t"u8.Slice(at, 1));
    }

    private bool BeginHex(bool fits, byte b, string expected)
    {
        if (!fits) return Fail(expected, Show(b));
        (_state, _hex, _hexDigits) = (State.Hex, 0, 0);
        return true;
    }

    private bool TakeHex(byte b)
    {
        var digit = JsonText.HexDigit(b);
        if (digit < 0) return Fail("four hexadecimal digits after \\u", Show(b));
        _hex = _hex << 4 | digit;
        if (++_hexDigits < 4) return true;
        if (_lead != 0)
        {
            if (!char.IsLowSurrogate((char)_hex)) return Fail("the other half of a surrogate pair", $"\\u{_hex:x4}{At()}");
            var rune = new Rune((char)_lead, (char)_hex);
            _lead = 0;
            return EndEscape(rune);
        }
        if (char.IsLowSurrogate((char)_hex)) return Fail("the first half of a surrogate pair before the second", $"\\u{_hex:x4}{At()}");
        if (!char.IsHighSurrogate((char)_hex)) return EndEscape(new Rune(_hex));
        (_state, _lead) = (State.PairBackslash, _hex);
        return true;
    }

    private bool EndEscape(Rune rune)
    {
        Span<byte> utf8 = stackalloc byte[4];
        _state = State.Text;
        return Give(utf8[..rune.EncodeToUtf8(utf8)]);
    }

    private bool Give(ReadOnlySpan<byte> utf8) => sink.Text(utf8) == utf8.Length;

    private bool Follow(byte b, char wanted, State next, string expected)
    {
        if (b != wanted) return Fail(expected, Show(b));
        _state = next;
        return true;
    }

    private bool Fail(string expected, string found)
    {
        Fault = (expected, found);
        return Stop();
    }

    private string Show(byte b) => (b switch
    {
        (byte)'\n' or (byte)'\r' => "a line break",
        (byte)'\t' => "a tab",
        (byte)'\'' => "a single quote",
        > 0x20 and < 0x7F => $"'{(char)b}'",
        _ => $"the byte 0x{b:X2}",
    }) + At();

    private string At() => string.Create(CultureInfo.InvariantCulture, $" at byte {Position}");
}
