using System.Text;

namespace Omega.Trading;

/// <summary>Text from files, short and harmless enough for a message.</summary>
internal static class Printable
{
    private const int Longest = 60;

    /// <summary>UTF-8 with control characters replaced, cut to 60 characters.</summary>
    public static string Text(ReadOnlySpan<byte> bytes) => Text(Encoding.UTF8.GetString(bytes[..Math.Min(bytes.Length, 4 * Longest)]));

    /// <inheritdoc cref="Text(ReadOnlySpan{byte})"/>
    public static string Text(string text)
    {
        var cut = text.Length > Longest ? text[..Longest] + "…" : text;
        return string.Create(cut.Length, cut, (letters, source) =>
        {
            for (var i = 0; i < letters.Length; i++)
                letters[i] = char.IsControl(source[i]) ? '\uFFFD' : source[i];
        });
    }
}
