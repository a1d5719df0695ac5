using System.Text.RegularExpressions;

namespace Omega.Gpt.Providers.Offline;

/// <summary>Knows a greeting and a question about the program itself, which are answered without any function.</summary>
internal static partial class SmallTalk
{
    /// <summary>Whether the whole prompt is a greeting, thanks, or a question about what this program is and can do.</summary>
    public static bool Is(string prompt) => IsGreeting(prompt) || AsksAboutOmega(prompt);

    public static bool IsGreeting(string prompt) => Greeting().IsMatch(prompt);

    public static bool AsksAboutOmega(string prompt) => About().IsMatch(prompt);

    [GeneratedRegex(
        @"^\W*((hi|hello|hey|hiya|howdy|greetings|yo)(\s+(there|all|everyone|omega))?|good\s+(morning|afternoon|evening|day)|thanks?(\s+(you|a\s+lot))?(\s+(so|very)\s+much)?|how\s+are\s+you(\s+(doing|today))*|(good)?bye|test(ing)?)\W*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Greeting();

    [GeneratedRegex(
        @"^\W*(((hi|hello|hey)\W+)?(help(\s+me)?|what\s+(all\s+)?can\s+(you|omega|i)\s+(do|help|ask)\b.*|what\s+do\s+you\s+do|how\s+can\s+you\s+help.*|who\s+are\s+you|what\s+(is|are)\s+(you|omega|this)|(which|what)\s+(functions|tools)\s+.*|.*\bapi[\s-]?keys?\b.*))\W*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex About();
}
