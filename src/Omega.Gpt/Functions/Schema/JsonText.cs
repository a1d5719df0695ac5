using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Omega.Gpt.Functions.Schema;

/// <summary>The contents of a JSON string as UTF-8 with its escapes resolved; without escapes it is the text itself, uncopied.</summary>
internal ref struct JsonText
{
    private static readonly SearchValues<byte> Structure = SearchValues.Create("\"{}[]"u8);

    private byte[]? _rented;

    /// <param name="raw">What stands between the quotes of a well-formed string.</param>
    /// <param name="room">Where to resolve escapes to; a larger room is rented as needed.</param>
    public JsonText(ReadOnlySpan<byte> raw, Span<byte> room)
    {
        if (!raw.Contains((byte)'\\'))
        {
            Utf8 = raw;
            return;
        }
        if (raw.Length > room.Length) room = _rented = ArrayPool<byte>.Shared.Rent(raw.Length);
        Utf8 = room[..Unescape(raw, room)];
    }

    public ReadOnlySpan<byte> Utf8 { get; }

    /// <summary>What stands between the quotes of a string value.</summary>
    public static ReadOnlySpan<byte> Raw(JsonElement text) => JsonMarshal.GetRawUtf8Value(text)[1..^1];

    public void Dispose()
    {
        if (_rented is not null) ArrayPool<byte>.Shared.Return(_rented);
        _rented = null;
    }

    /// <summary>The code points of well-formed escaped text.</summary>
    public static int CountCodePoints(ReadOnlySpan<byte> raw)
    {
        var count = 0;
        for (var i = 0; i < raw.Length; i++)
        {
            if ((raw[i] & 0xC0) == 0x80) continue;
            count++;
            if (raw[i] != '\\') continue;
            i++;
            if (raw[i] != 'u') continue;
            if (char.IsLowSurrogate((char)Hex(raw[(i + 1)..]))) count--;
            i += 4;
        }
        return count;
    }

    /// <summary>
    /// Where JSON text stops being text: at bytes that are no UTF-8, or at an escape that is half a surrogate pair; -1 where it is
    /// sound.
    /// </summary>
    public static int FindBrokenText(ReadOnlySpan<byte> json)
    {
        if (!System.Text.Unicode.Utf8.IsValid(json)) return FirstInvalid(json);
        for (var i = json.IndexOf((byte)'\\'); i >= 0 && i + 1 < json.Length;)
        {
            var next = i + 2;
            if (json[i + 1] == 'u' && Hex(json[next..]) is >= 0xD800 and <= 0xDFFF and var unit)
            {
                var paired = unit < 0xDC00 && json.Length >= i + 12 && json[i + 6] == '\\' && json[i + 7] == 'u' &&
                    Hex(json[(i + 8)..]) is >= 0xDC00 and <= 0xDFFF;
                if (!paired) return i;
                next = i + 12;
            }
            var step = json[next..].IndexOf((byte)'\\');
            i = step < 0 ? -1 : next + step;
        }
        return -1;
    }

    /// <summary>The deepest nesting of well-formed JSON text.</summary>
    public static int Depth(ReadOnlySpan<byte> json)
    {
        int depth = 0, deepest = 0;
        for (var i = 0; i < json.Length; i++)
        {
            var step = json[i..].IndexOfAny(Structure);
            if (step < 0) break;
            i += step;
            switch (json[i])
            {
                case (byte)'{' or (byte)'[':
                    deepest = Math.Max(deepest, ++depth);
                    break;
                case (byte)'"':
                    for (i++; json[i] != '"'; i++)
                    {
                        i += json[i..].IndexOfAny((byte)'"', (byte)'\\');
                        if (json[i] == '"') break;
                        i++;
                    }
                    break;
                default:
                    depth--;
                    break;
            }
        }
        return deepest;
    }

    /// <summary>Four hexadecimal digits, or -1.</summary>
    public static int Hex(ReadOnlySpan<byte> text)
    {
        if (text.Length < 4) return -1;
        var value = 0;
        for (var i = 0; i < 4; i++)
        {
            var digit = HexDigit(text[i]);
            if (digit < 0) return -1;
            value = value << 4 | digit;
        }
        return value;
    }

    public static int HexDigit(byte c) => c switch
    {
        >= (byte)'0' and <= (byte)'9' => c - '0',
        >= (byte)'a' and <= (byte)'f' => c - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => c - 'A' + 10,
        _ => -1,
    };

    private static int FirstInvalid(ReadOnlySpan<byte> text)
    {
        for (var at = 0; at < text.Length;)
        {
            if (Rune.DecodeFromUtf8(text[at..], out _, out var length) != OperationStatus.Done) return at;
            at += length;
        }
        return -1;
    }

    private static int Unescape(ReadOnlySpan<byte> raw, Span<byte> room)
    {
        var written = 0;
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] != '\\')
            {
                room[written++] = raw[i];
                continue;
            }
            switch (raw[++i])
            {
                case (byte)'u':
                    var unit = (char)Hex(raw[(i + 1)..]);
                    i += 4;
                    Rune rune;
                    if (char.IsHighSurrogate(unit))
                    {
                        rune = new Rune(unit, (char)Hex(raw[(i + 3)..]));
                        i += 6;
                    }
                    else
                    {
                        rune = new Rune(unit);
                    }
                    written += rune.EncodeToUtf8(room[written..]);
                    break;
                case (byte)'n': room[written++] = (byte)'\n'; break;
                case (byte)'t': room[written++] = (byte)'\t'; break;
                case (byte)'r': room[written++] = (byte)'\r'; break;
                case (byte)'b': room[written++] = (byte)'\b'; break;
                case (byte)'f': room[written++] = (byte)'\f'; break;
                default: room[written++] = raw[i]; break;
            }
        }
        return written;
    }
}
