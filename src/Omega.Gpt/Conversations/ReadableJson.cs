using System.Globalization;
using System.Text;

namespace Omega.Gpt;

/// <summary>
/// Writes JSON with characters beyond U+FFFF (emoji among them) as themselves. The relaxed encoder escapes them as two halves, which
/// nobody can read. Halves without their partner stay escaped.
/// </summary>
internal static class ReadableJson
{
    private const int EscapeLength = 6; // \uD83D

    /// <summary>Copies JSON text.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="json">JSON of whole tokens, so that no escape is cut.</param>
    public static void Copy(Stream output, ReadOnlySpan<byte> json)
    {
        Span<byte> utf8 = stackalloc byte[4];
        var start = 0;
        var at = 0;
        while (json[at..].IndexOf((byte)'\\') is >= 0 and var distance)
        {
            at += distance;
            if (Half(json[at..]) is { } high && Half(json[(at + EscapeLength)..]) is { } low && char.IsSurrogatePair(high, low))
            {
                output.Write(json[start..at]);
                output.Write(utf8[..new Rune(high, low).EncodeToUtf8(utf8)]);
                at += 2 * EscapeLength;
                start = at;
            }
            else
            {
                at += 2; // The character after a backslash may be another one.
            }
        }

        output.Write(json[start..]);
    }

    private static char? Half(ReadOnlySpan<byte> json) =>
        json.Length >= EscapeLength && json[0] == '\\' && json[1] == 'u'
        && ushort.TryParse(json[2..EscapeLength], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var half)
            ? (char)half
            : null;
}
