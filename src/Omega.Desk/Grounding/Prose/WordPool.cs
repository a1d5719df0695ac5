namespace Omega.Desk.Prose;

/// <summary>Makes words lower case; those of the vocabulary are not made anew each time.</summary>
internal static class WordPool
{
    private static readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Known = Build().GetAlternateLookup<ReadOnlySpan<char>>();

    public static string Lower(ReadOnlySpan<char> word)
    {
        Span<char> lower = stackalloc char[32];
        if (word.Length > lower.Length)
            return word.ToString().ToLowerInvariant();
        var written = lower[..word.ToLowerInvariant(lower)];
        return Known.TryGetValue(written, out var known) ? known : written.ToString();
    }

    private static Dictionary<string, string> Build()
    {
        var words = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var table in new[] { VocabularyTable.Quantities, VocabularyTable.Modifiers, VocabularyTable.Markets, VocabularyTable.Timeframes, VocabularyTable.Strategies })
        {
            foreach (var word in table.Split([' ', ',', ';', '\n', '=', '/', '#', '?', '@', ':', '&'], StringSplitOptions.RemoveEmptyEntries))
                words.TryAdd(word, word);
        }

        foreach (var word in WordLists.All)
            words.TryAdd(word, word);
        return words;
    }
}
