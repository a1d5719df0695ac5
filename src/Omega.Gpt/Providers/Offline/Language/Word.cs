namespace Omega.Gpt.Providers.Offline;

/// <summary>A word of a text.</summary>
/// <param name="Text">In lower case, without a possessive or contracted ending.</param>
/// <param name="Stem">What its inflections share; see <see cref="Stemmer"/>.</param>
/// <param name="Start">Where it starts in the text.</param>
/// <param name="End">Where it ends, exclusive, contracted ending included.</param>
internal readonly record struct Word(string Text, string Stem, int Start, int End)
{
    /// <summary>The words of a sentence: runs of letters and digits, with apostrophes inside.</summary>
    public static IReadOnlyList<Word> InText(string text)
    {
        var words = new List<Word>();
        for (var i = 0; i < text.Length;)
        {
            if (!char.IsLetterOrDigit(text[i]))
            {
                i++;
                continue;
            }

            var start = i;
            while (i < text.Length && (char.IsLetterOrDigit(text[i]) || IsApostrophe(text, i)))
                i++;
            words.Add(Of(text[start..i], start, i));
        }

        return words;
    }

    /// <summary>The words of an identifier: <c>get_stock_price</c>, <c>fromUnit</c>, <c>HTTPStatus</c>.</summary>
    public static IReadOnlyList<Word> InName(string name)
    {
        var words = new List<Word>();
        for (var start = 0; start < name.Length;)
        {
            var end = start + 1;
            while (end < name.Length && !StartsWord(name, end))
                end++;
            if (char.IsLetterOrDigit(name[start]))
                words.Add(Of(name[start..end], start, end));
            start = end;
        }

        return words;
    }

    private static Word Of(string raw, int start, int end)
    {
        var text = raw.ToLowerInvariant().Replace('’', '\'');
        text = text.EndsWith("n't", StringComparison.Ordinal) ? text.Replace("'", "", StringComparison.Ordinal) : text.Split('\'')[0];
        return new Word(text, Stemmer.Stem(text), start, end);
    }

    private static bool IsApostrophe(string text, int i) =>
        text[i] is '\'' or '’' && i > 0 && char.IsLetter(text[i - 1]) && i + 1 < text.Length && char.IsLetter(text[i + 1]);

    private static bool StartsWord(string name, int i)
    {
        if (!char.IsLetterOrDigit(name[i]) || !char.IsLetterOrDigit(name[i - 1]))
            return true;
        if (char.IsDigit(name[i]) != char.IsDigit(name[i - 1]))
            return true;
        // fromUnit, and the P of HTTPServer's "Server": an upper-case letter after a lower-case one, or before one.
        return char.IsUpper(name[i]) && (char.IsLower(name[i - 1]) || i + 1 < name.Length && char.IsLower(name[i + 1]));
    }
}
