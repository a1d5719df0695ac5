using System.Buffers;
using System.Text.Json;
using Omega.Gpt.Providers.Http;

namespace Omega.Gpt.Providers.Responses;

/// <summary>The fields of an object whose JSON was found sound before, in one pass and without a copy.</summary>
/// <param name="data">The object; anything else is one without fields.</param>
internal ref struct JsonMembers(ReadOnlySpan<byte> data)
{
    private readonly ReadOnlySpan<byte> _data = data;
    private readonly bool _isObject = !data.IsEmpty && data[0] == '{';
    private ReadOnlySpan<byte> _name;
    private int _at = 1;

    /// <summary>What the value begins with; <see cref="JsonTokenType.None"/> for numbers and literals.</summary>
    public readonly JsonTokenType Kind => Value[0] switch
    {
        (byte)'"' => JsonTokenType.String,
        (byte)'{' => JsonTokenType.StartObject,
        (byte)'[' => JsonTokenType.StartArray,
        _ => JsonTokenType.None,
    };

    /// <summary>The value, byte for byte.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>The value, which is a string.</summary>
    public readonly JsonString String => new(Value);

    /// <summary>Whether this is the field's name.</summary>
    public readonly bool Is(ReadOnlySpan<byte> name) => _name.SequenceEqual(name);

    public bool MoveNext()
    {
        if (!_isObject)
            return false;
        _at = SoundJson.PassBlanks(_data, _at);
        if (_data[_at] == '}')
            return false;
        var end = SoundJson.EndOfValue(_data, _at);
        _name = _data[(_at + 1)..(end - 1)];
        _at = SoundJson.PassBlanks(_data, end);
        end = SoundJson.EndOfValue(_data, _at);
        Value = _data[_at..end];
        _at = end;
        return true;
    }
}

/// <summary>The elements of an array whose JSON was found sound before, in one pass and without a copy.</summary>
/// <param name="data">The array; anything else is one without elements.</param>
internal ref struct JsonElements(ReadOnlySpan<byte> data)
{
    private readonly ReadOnlySpan<byte> _data = data;
    private readonly bool _isArray = !data.IsEmpty && data[0] == '[';
    private int _at = 1;

    /// <summary>The element, byte for byte.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    public bool MoveNext()
    {
        if (!_isArray)
            return false;
        _at = SoundJson.PassBlanks(_data, _at);
        if (_data[_at] == ']')
            return false;
        var end = SoundJson.EndOfValue(_data, _at);
        Value = _data[_at..end];
        _at = end;
        return true;
    }
}

/// <summary>Finds the ends of values in JSON that is known to be sound: nothing is checked, so that long texts are leapt over.</summary>
file static class SoundJson
{
    private static readonly SearchValues<byte> EndOfWord = SearchValues.Create(",]} \t\r\n"u8);
    private static readonly SearchValues<byte> Brackets = SearchValues.Create("\"{}[]"u8);

    /// <summary>Passes white space, commas and colons.</summary>
    public static int PassBlanks(ReadOnlySpan<byte> data, int at)
    {
        while (data[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)',' or (byte)':')
            at++;
        return at;
    }

    /// <summary>Where the value that begins here has its end.</summary>
    public static int EndOfValue(ReadOnlySpan<byte> data, int at)
    {
        if (data[at] == '"')
            return EndOfText(data, at);
        if (data[at] is not ((byte)'{' or (byte)'['))
            return at + data[at..].IndexOfAny(EndOfWord);
        var depth = 0;
        do
        {
            switch (data[at])
            {
                case (byte)'"':
                    at = EndOfText(data, at);
                    break;
                case (byte)'{' or (byte)'[':
                    depth++;
                    at++;
                    break;
                default:
                    depth--;
                    at++;
                    break;
            }

            if (depth > 0)
                at += data[at..].IndexOfAny(Brackets);
        }
        while (depth > 0);
        return at;
    }

    private static int EndOfText(ReadOnlySpan<byte> data, int at)
    {
        at++;
        while (true)
        {
            at += data[at..].IndexOfAny((byte)'"', (byte)'\\');
            if (data[at] == '"')
                return at + 1;
            at += 2;
        }
    }
}
