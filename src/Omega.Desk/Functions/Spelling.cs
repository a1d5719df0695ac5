namespace Omega.Desk.Functions;

/// <summary>Finds what a person or a model may have meant by a name that is not known. Pure.</summary>
internal static class Spelling
{
    private const int LongestTyped = 64;

    /// <summary>The known names nearest to a text, best first; empty when none is near. Case and punctuation aside.</summary>
    /// <param name="typed">What was given.</param>
    /// <param name="known">What there is.</param>
    /// <param name="most">How many at most.</param>
    public static IReadOnlyList<string> Near(string typed, IEnumerable<string> known, int most = 3)
    {
        var plain = Plain(typed);
        return plain.Length is 0 or > LongestTyped
            ? []
            : [.. known
                .Select(name => (Name: name, Distance: Distance(plain, Plain(name)), IsPart: plain.Length >= 3 && Plain(name).Contains(plain, StringComparison.Ordinal)))
                .Where(near => near.IsPart || near.Distance <= Math.Max(1, plain.Length / 3))
                .OrderBy(near => near.IsPart ? 1 : near.Distance)
                .Select(near => near.Name)
                .Take(most)];
    }

    /// <summary><c> Did you mean "a" or "b"?</c> with a leading space, or nothing.</summary>
    public static string Question(IReadOnlyList<string> near) => near switch
    {
        [] => "",
        [var only] => $" Did you mean \"{only}\"?",
        _ => $" Did you mean {string.Join(", ", near.SkipLast(1).Select(name => $"\"{name}\""))} or \"{near[^1]}\"?",
    };

    /// <summary>Lower-case letters and digits alone.</summary>
    public static string Plain(string text) => string.Concat(text.ToLowerInvariant().Where(char.IsLetterOrDigit));

    // Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment).
    private static int Distance(string a, string b)
    {
        var (older, previous, current) = (new int[b.Length + 1], new int[b.Length + 1], new int[b.Length + 1]);
        for (var j = 0; j <= b.Length; j++)
            previous[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                current[j] = Math.Min(Math.Min(previous[j] + 1, current[j - 1] + 1), previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    current[j] = Math.Min(current[j], older[j - 2] + 1);
            }

            (older, previous, current) = (previous, current, older);
        }

        return previous[b.Length];
    }
}
