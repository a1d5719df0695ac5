using System.Buffers;
using System.Text.Json;

namespace Omega.Gpt.Providers.Http;

/// <summary>
/// Reads the fields of objects that are written as nearly all events of a stream are: strings without escapes, whole numbers, null,
/// empty arrays, objects of such, and no white space but a blank after a colon or comma. That is sound JSON, and quicker to read so than
/// by <see cref="Utf8JsonReader"/>; anything else, sound or not, ends with <see cref="IsWhole"/> false and is read again by the other.
/// </summary>
/// <param name="data">One object and nothing else.</param>
internal ref struct PlainJson(ReadOnlySpan<byte> data)
{
    private const int MostDigits = 18;

    private static readonly SearchValues<byte> EndOfPlainText = SearchValues.Create([.. Enumerable.Range(0, ' ').Select(code => (byte)code), (byte)'"', (byte)'\\']);

    private readonly ReadOnlySpan<byte> _data = data;
    private int _at;
    private int _depth;
    private bool _isFirst;

    /// <summary>After the last field: whether all of the data was read and found sound.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>The field's name.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>What the field's value begins with. Where it is an object, <see cref="Enter"/> comes next.</summary>
    public JsonTokenType Kind { get; private set; }

    /// <summary>The field's value, byte for byte; empty for an object.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>Goes into the object here: the whole, or the value of the last field.</summary>
    /// <returns>False where there is none.</returns>
    public bool Enter()
    {
        if (!Take('{'))
            return false;
        _depth++;
        _isFirst = true;
        return true;
    }

    /// <summary>Reads the next field of the object that was entered last.</summary>
    /// <returns>False at the object's end, which leaves it, and where the data is not plain.</returns>
    public bool Next()
    {
        if (Take('}'))
        {
            _depth--;
            _isFirst = false;
            IsWhole = _depth == 0 && _at == _data.Length;
            return false;
        }

        if (!_isFirst && !TakeWithBlank(','))
            return false;
        _isFirst = false;
        if (!TryTakeText(out var name) || !TakeWithBlank(':'))
            return false;
        Name = name[1..^1];
        return TryTakeValue();
    }

    private bool TryTakeValue()
    {
        switch (_at < _data.Length ? _data[_at] : 0)
        {
            case (byte)'"':
                Kind = JsonTokenType.String;
                if (!TryTakeText(out var text))
                    return false;
                Value = text;
                return true;
            case >= (byte)'0' and <= (byte)'9':
                Kind = JsonTokenType.Number;
                return TryTakeNumber();
            case (byte)'{':
                Kind = JsonTokenType.StartObject;
                Value = default;
                return true;
            case (byte)'[':
                Kind = JsonTokenType.StartArray;
                return TryTake("[]"u8);
            case (byte)'n':
                Kind = JsonTokenType.Null;
                return TryTake("null"u8);
            default:
                return false;
        }
    }

    private bool TryTakeText(out ReadOnlySpan<byte> token)
    {
        token = default;
        var rest = _data[_at..];
        if (rest.IsEmpty || rest[0] != '"')
            return false;
        var length = rest[1..].IndexOfAny(EndOfPlainText);
        if (length < 0 || rest[length + 1] != '"')
            return false;
        token = rest[..(length + 2)];
        _at += token.Length;
        return true;
    }

    private bool TryTakeNumber()
    {
        var start = _at;
        while (_at < _data.Length && _data[_at] is >= (byte)'0' and <= (byte)'9')
            _at++;
        Value = _data[start.._at];
        // What follows a fraction or an exponent is no comma or brace, and ends the reading there.
        return Value.Length <= MostDigits && (Value.Length == 1 || Value[0] != '0');
    }

    private bool TryTake(ReadOnlySpan<byte> token)
    {
        if (!_data[_at..].StartsWith(token))
            return false;
        Value = token;
        _at += token.Length;
        return true;
    }

    private bool Take(char mark)
    {
        if (_at >= _data.Length || _data[_at] != mark)
            return false;
        _at++;
        return true;
    }

    private bool TakeWithBlank(char mark)
    {
        if (!Take(mark))
            return false;
        if (_at < _data.Length && _data[_at] == ' ')
            _at++;
        return true;
    }
}
