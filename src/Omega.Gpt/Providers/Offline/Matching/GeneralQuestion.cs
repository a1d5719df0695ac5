using System.Text.RegularExpressions;

namespace Omega.Gpt.Providers.Offline;

/// <summary>Knows prompts that ask for knowledge or for writing, which takes a model.</summary>
internal static partial class GeneralQuestion
{
    public static bool Is(string prompt) => Form().IsMatch(prompt);

    [GeneratedRegex(
        @"^\W*(?:(?:please|can you|could you)\s+)?(?:who\s+(?:was|is|were|are|\w+ed|wrote|made|built|won|discovered)\b|why\b|explain\b|describe\s+(?:how|why|what)|how\s+(?:do|does|did)\s+(?!i\b|you\s+say|we\b|you\s+translate)|what(?:'s|\s+is|\s+are)?\s+(?:the\s+)?(?:difference|meaning|history|purpose|origin|advantages?|definition)\b|what\s+(?:does|do|did)\b|what\s+is\s+an?\b|what\s+are\s+(?!the\b)\w+\W*$|write\s+(?:me\s+)?an?\s+(?!e-?mail|mail|message|note)|write\s+(?:some|me)\b|tell\s+me\s+(?:a|about|why|how)\b|(?:give|offer)\s+me\s+(?:some\s+|any\s+)?(?:advice|tips|ideas|an?\s+(?:idea|example|overview))|compare\b|should\s+i\b|summari[sz]e\s+(?:the\s+)?(?:plot|story|book|history|novel)|when\s+(?:was|were|did)\b|is\s+it\s+true\b)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
