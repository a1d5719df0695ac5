namespace Omega.Gpt.Models;

/// <summary>Finds what a person may have meant by a name that is not known.</summary>
internal static class NearNames
{
    /// <summary>The known names nearest to a text, best first; empty when none is near.</summary>
    /// <param name="typed">What was given.</param>
    /// <param name="known">What there is.</param>
    /// <param name="most">How many at most.</param>
    public static IReadOnlyList<string> Find(string typed, IEnumerable<string> known, int most = 3) =>
        [.. known
            .Select(name => (Name: name, Distance: Distance(typed, name)))
            .Where(near => near.Distance <= Math.Max(1, typed.Length / 4) || IsBeginning(typed, near.Name))
            .OrderBy(near => IsBeginning(typed, near.Name) ? 1 : near.Distance)
            .ThenBy(near => near.Distance)
            .Select(near => near.Name)
            .Take(most)];

    /// <summary><c> Did you mean "a" or "b"?</c> with a leading space, or nothing.</summary>
    /// <param name="near">The names to offer.</param>
    public static string Question(IReadOnlyList<string> near) => near switch
    {
        [] => "",
        [var only] => $" Did you mean \"{only}\"?",
        _ => $" Did you mean {string.Join(", ", near.SkipLast(1).Select(name => $"\"{name}\""))} or \"{near[^1]}\"?",
    };

    /// <summary>Insertions, deletions, substitutions and swaps of neighbours that turn one text into the other (optimal string alignment), case aside.</summary>
    public static int Distance(string a, string b)
    {
        var (older, previous, current) = (new int[b.Length + 1], new int[b.Length + 1], new int[b.Length + 1]);
        for (var j = 0; j <= b.Length; j++)
            previous[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var same = Same(a[i - 1], b[j - 1]);
                current[j] = Math.Min(Math.Min(previous[j] + 1, current[j - 1] + 1), previous[j - 1] + (same ? 0 : 1));
                if (i > 1 && j > 1 && Same(a[i - 1], b[j - 2]) && Same(a[i - 2], b[j - 1]))
                    current[j] = Math.Min(current[j], older[j - 2] + 1);
            }

            (older, previous, current) = (previous, current, older);
        }

        return previous[b.Length];

        static bool Same(char x, char y) => char.ToLowerInvariant(x) == char.ToLowerInvariant(y);
    }

    private static bool IsBeginning(string typed, string name) => typed.Length >= 4 && name.StartsWith(typed, StringComparison.OrdinalIgnoreCase);
}
