using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Omega.Gpt.Providers.ChatCompletions;

/// <summary>Strings out of JSON, as streams hold them: a pair of surrogates may be cut in two by a chunk's end.</summary>
internal static class JsonText
{
    /// <summary>The string at the reader, possibly beginning or ending with half a pair.</summary>
    /// <exception cref="JsonException">The string is not UTF-8.</exception>
    public static string Read(ref Utf8JsonReader reader)
    {
        if (reader.ValueSpan.IsEmpty)
            return "";
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException) when (reader.ValueIsEscaped)
        {
            // A lone surrogate as \uXXXX, which the reader refuses.
            return Unescape(reader.ValueSpan);
        }
        catch (InvalidOperationException exception)
        {
            throw new JsonException("a string is not valid UTF-8", exception);
        }
    }

    /// <summary>The string at the reader; null for any other value, which is skipped.</summary>
    public static string? ReadOrSkip(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String)
            return Read(ref reader);
        reader.Skip();
        return null;
    }

    /// <summary>As <see cref="ReadOrSkip"/>, with null for an empty string too.</summary>
    public static string? NotEmpty(ref Utf8JsonReader reader) => ReadOrSkip(ref reader) is { Length: > 0 } text ? text : null;

    /// <summary>The name of the property at the reader.</summary>
    public static ReadOnlySpan<byte> Name(ref Utf8JsonReader reader) =>
        reader.ValueIsEscaped ? Encoding.UTF8.GetBytes(Read(ref reader)) : reader.ValueSpan;

    private static string Unescape(ReadOnlySpan<byte> escaped)
    {
        var text = new StringBuilder(escaped.Length);
        while (!escaped.IsEmpty)
        {
            var plain = escaped.IndexOf((byte)'\\');
            text.Append(Encoding.UTF8.GetString(plain < 0 ? escaped : escaped[..plain]));
            if (plain < 0)
                break;
            var code = (char)escaped[plain + 1];
            text.Append(code switch
            {
                'u' => (char)ushort.Parse(escaped.Slice(plain + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
                'n' => '\n',
                't' => '\t',
                'r' => '\r',
                'b' => '\b',
                'f' => '\f',
                _ => code,
            });
            escaped = escaped[(plain + (code == 'u' ? 6 : 2))..];
        }

        return text.ToString();
    }
}

/// <summary>Joins the pieces of one text so that no piece ends within a character: the first half of a pair waits for the second.</summary>
internal struct SurrogateJoiner
{
    private char _half;

    /// <summary>The piece as it may be shown; empty when all of it waits.</summary>
    public string Join(string piece)
    {
        if (_half == 0 && (piece.Length == 0 || !char.IsHighSurrogate(piece[^1])))
            return piece;
        if (piece.Length == 0)
            return "";

        if (_half != 0)
            piece = _half + piece;
        _half = char.IsHighSurrogate(piece[^1]) ? piece[^1] : '\0';
        return _half == 0 ? piece : piece[..^1];
    }
}
