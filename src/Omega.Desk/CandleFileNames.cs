using System.Text.RegularExpressions;

namespace Omega.Desk;

/// <summary>Finds the candle files that a person names in a prompt: what a person names, the functions may read.</summary>
public static partial class CandleFileNames
{
    private const int Most = 16;

    /// <summary>Names that end in <c>.csv</c>, <c>.gz</c> or <c>.zip</c>, as written, each once; at most 16. Whether they exist is not looked at.</summary>
    /// <param name="prompt">What the person wrote; never what a model or a file says.</param>
    public static IReadOnlyList<string> In(string prompt)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        return [.. Name().Matches(prompt).Select(match => match.Groups["quoted"] is { Success: true } quoted ? quoted.Value : match.Groups["bare"].Value).Distinct(StringComparer.Ordinal).Take(Most)];
    }

    // A quoted name may hold spaces. A bare one ends where the sentence goes on.
    [GeneratedRegex(
        """(?:"(?<quoted>[^"\r\n]{1,4000}\.(?:csv|gz|zip))"|'(?<quoted>[^'\r\n]{1,4000}\.(?:csv|gz|zip))'|(?<![^\s("'`])(?<bare>[^\s"'`()<>|*?]{1,4000}\.(?:csv|gz|zip))(?=$|[\s,;.!?)"'`:]))""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
