namespace Omega.Cli;

/// <summary>Finds what a person may have meant by a name that is not known.</summary>
internal static class NearNames
{
    private const int Farthest = 2;

    /// <summary>The known name that is nearest, no more than two edits away; null where none is.</summary>
    public static string? Find(string typed, IEnumerable<string> known) => known
        .Select(name => (Name: name, Distance: Distance(typed, name)))
        .OrderBy(near => near.Distance)
        .FirstOrDefault(near => near.Distance <= Farthest).Name;

    /// <summary>Edits that turn one text into the other (Levenshtein).</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[b.Length];
    }
}
