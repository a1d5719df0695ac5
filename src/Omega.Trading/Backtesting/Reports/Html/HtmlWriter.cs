using System.Globalization;
using System.Text;

namespace Omega.Trading.Backtesting;

/// <summary>Text that is markup already and is written as it is.</summary>
internal readonly record struct Markup(string Text);

/// <summary>
/// Writes HTML that is well-formed XML too. Every text put into the markup is escaped; numbers are written in the invariant culture.
/// </summary>
internal sealed class HtmlWriter(TextWriter writer)
{
    /// <summary>Writes markup; what stands in its holes is escaped unless it is a <see cref="Markup"/>.</summary>
    public void Write(FormattableString markup) => writer.Write(markup.ToString(Escaping.Instance));

    /// <summary>A text that can stand between tags and in an attribute. Characters that no page may hold are left out.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '<':
                    escaped.Append("&lt;");
                    break;
                case '>':
                    escaped.Append("&gt;");
                    break;
                case '&':
                    escaped.Append("&amp;");
                    break;
                case '"':
                    escaped.Append("&quot;");
                    break;
                case '\'':
                    escaped.Append("&#39;");
                    break;
                default:
                    if (IsAllowed(rune))
                        escaped.Append(rune.ToString());
                    break;
            }
        }

        return escaped.ToString();
    }

    // Control characters and what XML excludes go, and so do characters that turn the direction of writing.
    private static bool IsAllowed(Rune rune) =>
        !(Rune.IsControl(rune) && rune.Value is not ('\n' or '\t')) && rune.Value is not ((>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or 0xFFFE or 0xFFFF);

    private sealed class Escaping : IFormatProvider, ICustomFormatter
    {
        public static readonly Escaping Instance = new();

        public object? GetFormat(Type? formatType) => formatType == typeof(ICustomFormatter) ? this : CultureInfo.InvariantCulture.GetFormat(formatType);

        public string Format(string? format, object? arg, IFormatProvider? formatProvider) => arg switch
        {
            null => "",
            Markup markup => markup.Text,
            string text => Escape(text),
            IFormattable formattable => Escape(formattable.ToString(format, CultureInfo.InvariantCulture)),
            _ => Escape(arg.ToString() ?? ""),
        };
    }
}
