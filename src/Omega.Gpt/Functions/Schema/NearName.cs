namespace Omega.Gpt.Functions.Schema;

/// <summary>Finds the name that was probably meant.</summary>
internal static class NearName
{
    private const int MaxLength = 64;

    /// <summary>
    /// The candidate fewest edits away (insert, delete, replace, swap neighbours; case does not count), or null where none is near.
    /// </summary>
    public static string? Find(string name, IEnumerable<string> candidates)
    {
        if (name.Length > MaxLength) return null;
        string? best = null;
        var bound = Math.Max(1, name.Length / 3) + 1;
        foreach (var candidate in candidates)
        {
            if (candidate.Length > MaxLength || Math.Abs(candidate.Length - name.Length) >= bound) continue;
            var distance = Distance(name, candidate);
            // One-letter names are all one edit apart.
            if (distance >= bound || distance >= Math.Max(name.Length, candidate.Length)) continue;
            (best, bound) = (candidate, distance);
        }
        return best;
    }

    private static int Distance(string a, string b)
    {
        Span<int> before = stackalloc int[MaxLength + 1], last = stackalloc int[MaxLength + 1], row = stackalloc int[MaxLength + 1];
        for (var j = 0; j <= b.Length; j++) last[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var same = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]);
                row[j] = Math.Min(Math.Min(row[j - 1], last[j]) + 1, last[j - 1] + (same ? 0 : 1));
                var swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
                if (swapped) row[j] = Math.Min(row[j], before[j - 2] + 1);
            }
            var spare = before;
            before = last;
            last = row;
            row = spare;
        }
        return last[b.Length];
    }
}
