namespace Omega.Trading;

/// <summary>Finds what a person may have meant by a name that is not known.</summary>
internal static class NearNames
{
    /// <summary>The known names nearest to a text, best first; empty when none is near. Case aside.</summary>
    public static IReadOnlyList<string> Find(string typed, IEnumerable<string> known, int most = 3) =>
        [.. known
            .Select(name => (Name: name, Distance: Distance(typed.ToLowerInvariant(), name.ToLowerInvariant())))
            .Where(near => near.Distance <= Math.Max(1, typed.Length / 3))
            .OrderBy(near => near.Distance)
            .Select(near => near.Name)
            .Take(most)];

    /// <summary><c> Did you mean "a" or "b"?</c> with a leading space, or nothing.</summary>
    public static string Question(string typed, IEnumerable<string> known) => Find(typed, known) switch
    {
        [] => "",
        [var only] => $" Did you mean \"{only}\"?",
        var near => $" Did you mean {string.Join(", ", near.SkipLast(1).Select(name => $"\"{name}\""))} or \"{near[^1]}\"?",
    };

    /// <summary>Insertions, deletions and substitutions that turn one text into the other (Levenshtein).</summary>
    private static int Distance(string a, string b)
    {
        var (previous, current) = (new int[b.Length + 1], new int[b.Length + 1]);
        for (var j = 0; j <= b.Length; j++)
            previous[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
                current[j] = Math.Min(Math.Min(previous[j] + 1, current[j - 1] + 1), previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
            (previous, current) = (current, previous);
        }

        return previous[b.Length];
    }
}
