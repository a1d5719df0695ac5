using System.Buffers;

namespace Omega.Gpt.Providers.Offline;

/// <summary>Takes the commonest English endings off a word, so that <c>converts</c>, <c>converting</c> and <c>converted</c> meet. Light: it would rather miss than merge strangers.</summary>
internal static class Stemmer
{
    private static readonly SearchValues<char> Vowels = SearchValues.Create("aeiouy");

    private static readonly HashSet<string> Unchanged = ["news", "series", "always", "lens", "plus", "during", "something", "nothing", "anything", "morning", "evening", "timing"];

    /// <summary>The stem of a lower-case word.</summary>
    public static string Stem(string word)
    {
        if (word.Length <= 3 || Unchanged.Contains(word) || !word.All(char.IsAsciiLetterLower))
            return word;

        var stem = WithoutPlural(word);
        if (stem.Length >= 6 && stem.EndsWith("ing", StringComparison.Ordinal) && HasVowel(stem[..^3]))
            stem = Undoubled(stem[..^3]);
        else if (stem.Length >= 5 && stem.EndsWith("ed", StringComparison.Ordinal) && HasVowel(stem[..^2]))
            stem = Undoubled(stem[..^2]);
        else if (stem.Length >= 6 && (stem.EndsWith("tion", StringComparison.Ordinal) || stem.EndsWith("sion", StringComparison.Ordinal)))
            stem = stem[..^3];

        return stem.Length > 4 && stem.EndsWith('e') ? stem[..^1] : stem;
    }

    private static string WithoutPlural(string word)
    {
        if (word.EndsWith("ies", StringComparison.Ordinal) && word.Length > 4)
            return word[..^3] + "y";
        if (word.EndsWith("sses", StringComparison.Ordinal) || word.EndsWith("shes", StringComparison.Ordinal) || word.EndsWith("ches", StringComparison.Ordinal) || word.EndsWith("xes", StringComparison.Ordinal))
            return word[..^2];
        return word[^1] == 's' && word[^2] is not ('s' or 'u' or 'i') ? word[..^1] : word;
    }

    private static string Undoubled(string stem) =>
        stem.Length > 3 && stem[^1] == stem[^2] && stem[^1] is not ('l' or 's' or 'z' or 'e' or 'o') ? stem[..^1] : stem;

    private static bool HasVowel(string text) => text.AsSpan().ContainsAny(Vowels);
}
