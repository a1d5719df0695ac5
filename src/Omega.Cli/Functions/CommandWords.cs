using System.Text;

namespace Omega.Cli.Functions;

/// <summary>Splits a line into a program and its arguments: at white space, with '…' and "…" around what holds some. No shell, nothing is expanded. Pure.</summary>
internal static class CommandWords
{
    /// <summary>The words, or null where a quote is left open.</summary>
    public static string[]? Split(string line)
    {
        List<string> words = [];
        var word = new StringBuilder();
        var (quote, inWord) = ('\0', false);
        foreach (var c in line)
        {
            if (quote != '\0' && c != quote)
            {
                word.Append(c);
            }
            else if (quote != '\0')
            {
                quote = '\0';
            }
            else if (c is '\'' or '"')
            {
                (quote, inWord) = (c, true);
            }
            else if (!char.IsWhiteSpace(c))
            {
                word.Append(c);
                inWord = true;
            }
            else if (inWord)
            {
                words.Add(word.ToString());
                word.Clear();
                inWord = false;
            }
        }

        if (inWord)
            words.Add(word.ToString());
        return quote == '\0' ? [.. words] : null;
    }
}
