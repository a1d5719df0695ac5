namespace Omega.Trading;

/// <summary>What columns are called in files of many origins. Case, quotes, spaces, dashes and underscores aside.</summary>
internal static class ColumnNames
{
    // In order of preference: where a file has several of a role, the first that occurs is used.
    private static readonly string[][] Known =
    [
        ["open", "openprice", "priceopen", "o"],
        ["high", "highprice", "pricehigh", "h"],
        ["low", "lowprice", "pricelow", "l"],
        ["close", "closeprice", "priceclose", "closelast", "c"],
        ["volume", "basevolume", "volumebase", "volumebtc", "volumexbt", "vol", "v"],
        ["timestampms", "timestampus", "timestamps", "timestamp", "opentime", "unixtimestamp", "unixtime", "unix", "epoch", "time", "datetime", "dateutc", "timeutc", "date", "start", "gmttime", "ts", "t"],
    ];

    /// <summary>The columns of a role: none, one, or several with the same best name.</summary>
    public static IReadOnlyList<int> Find(ColumnRole role, IReadOnlyList<string> columns)
    {
        foreach (var name in Known[(int)role])
        {
            var found = Enumerable.Range(0, columns.Count).Where(i => Bare(columns[i]) == name).ToList();
            if (found.Count > 0)
                return found;
        }

        return [];
    }

    /// <summary>What to do where a role has no column.</summary>
    public static string Remedy(ColumnRole role) => role == ColumnRole.Volume
        ? "Name the column of the traded quantity in base currency \"volume\"; where there is none, add one of zeros."
        : $"Name it \"{Known[(int)role][role == ColumnRole.Time ? 3 : 0]}\".";

    private static string Bare(string column) => string.Concat(column.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
}
