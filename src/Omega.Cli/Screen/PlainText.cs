using System.Text;

namespace Omega.Cli.Screen;

/// <summary>Text from models, servers and files, made safe for a terminal.</summary>
internal static class PlainText
{
    /// <summary>
    /// Without control characters but line ends and tabs: an answer must not move the cursor, change the title or clear the screen.
    /// Characters that turn the direction of writing go too, for they can make a text read as another one.
    /// </summary>
    public static string Clean(string text)
    {
        var at = FirstUnsafe(text);
        if (at < 0)
            return text;
        var clean = new StringBuilder(text.Length);
        clean.Append(text, 0, at);
        foreach (var c in text.AsSpan(at))
        {
            if (!IsUnsafe(c))
                clean.Append(c);
        }

        return clean.ToString();
    }

    /// <summary>On one line, cleaned, cut to a width with <c>…</c>.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="width">Columns.</param>
    public static string Line(string text, int width)
    {
        var line = Clean(text.ReplaceLineEndings(" ").Replace('\t', ' '));
        if (Columns(line) <= width)
            return line;
        var cut = new StringBuilder();
        var used = 1;
        foreach (var rune in line.EnumerateRunes())
        {
            used += Columns(rune);
            if (used > width)
                break;
            cut.Append(rune.ToString());
        }

        return cut.ToString().TrimEnd() + "…";
    }

    /// <summary>The end of a text on one line, cleaned, cut to a width with <c>…</c> before it.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="width">Columns.</param>
    public static string End(string text, int width)
    {
        var line = Clean(text.ReplaceLineEndings(" ").Replace('\t', ' '));
        var over = Columns(line) + 1 - width;
        if (over <= 1)
            return line;
        var at = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (over <= 0)
                break;
            over -= Columns(rune);
            at += rune.Utf16SequenceLength;
        }

        return "…" + line[at..];
    }

    /// <summary>Columns that a text takes on a terminal.</summary>
    public static int Columns(string text)
    {
        var columns = 0;
        foreach (var rune in text.EnumerateRunes())
            columns += Columns(rune);
        return columns;
    }

    private static int Columns(Rune rune) => rune.Value switch
    {
        < 0x300 => 1,
        <= 0x36F or 0x200B or 0x200C or 0x200D or 0xFE0F => 0,
        // Hangul, CJK and full-width forms, emoji: two columns each.
        (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3) or (>= 0xF900 and <= 0xFAFF)
            or (>= 0xFE30 and <= 0xFE6F) or (>= 0xFF00 and <= 0xFF60) or (>= 0xFFE0 and <= 0xFFE6)
            or (>= 0x1F300 and <= 0x1FAFF) or (>= 0x20000 and <= 0x3FFFD) => 2,
        _ => 1,
    };

    private static int FirstUnsafe(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (IsUnsafe(text[i]))
                return i;
        }

        return -1;
    }

    private static bool IsUnsafe(char c) =>
        (char.IsControl(c) && c is not ('\n' or '\t')) || c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
