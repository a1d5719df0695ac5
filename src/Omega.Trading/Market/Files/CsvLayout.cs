using System.Text;

namespace Omega.Trading;

/// <summary>What a column is to us.</summary>
internal enum ColumnRole : byte
{
    Open,
    High,
    Low,
    Close,
    Volume,
    Time,
    Ignored,
}

/// <summary>Which columns hold what, and what divides them.</summary>
/// <param name="HasHeader">Whether it comes from a header.</param>
/// <param name="Delimiter">What stands between two columns.</param>
/// <param name="Roles">The columns up to the last that is used.</param>
internal sealed record CsvLayout(bool HasHeader, byte Delimiter, ColumnRole[] Roles)
{
    private const int Needed = 6;

    private static readonly byte[] Delimiters = [(byte)',', (byte)';', (byte)'\t'];

    // Exchange archives: open time, OHLCV, close time, quote volume, trades, taker volumes, ignored. Others stop after the volume or the
    // number of trades.
    private static readonly ColumnRole[] Archive = [ColumnRole.Time, ColumnRole.Open, ColumnRole.High, ColumnRole.Low, ColumnRole.Close, ColumnRole.Volume];

    /// <summary>For people: <c>time, open, close, high, low, volume</c>.</summary>
    public IReadOnlyList<string> Names => [.. Roles.Where(role => role != ColumnRole.Ignored).Select(role => role.ToString().ToLowerInvariant())];

    /// <summary>What the first row tells: a header, or data of the archives' layout.</summary>
    /// <param name="row">The line.</param>
    /// <param name="fault">Receives what is wrong, where the result is null.</param>
    public static CsvLayout? Of(ReadOnlySpan<byte> row, out string fault)
    {
        fault = "";
        if ((WithoutHeader(row) ?? FromHeader(row, out fault)) is { } layout)
            return layout;
        if (row[0] is >= (byte)'0' and <= (byte)'9')
            fault = $"The first row is neither a header nor a sound candle: {Printable.Text(row)} Without a header the columns must be time, open, high, low, close, volume, and none, 1 or 6 more.";
        return null;
    }

    /// <summary>The archives' layout, where a row begins with a time and five numbers and has 6, 7 or 12 columns; else null.</summary>
    private static CsvLayout? WithoutHeader(ReadOnlySpan<byte> row)
    {
        foreach (var delimiter in Delimiters)
        {
            if (row.Count(delimiter) + 1 is not (6 or 7 or 12))
                continue;
            var layout = new CsvLayout(false, delimiter, Archive);
            if (CsvRow.LooksLikeData(row, layout))
                return layout;
        }

        return null;
    }

    /// <summary>Reads a header.</summary>
    /// <param name="row">The line.</param>
    /// <param name="fault">Receives what is missing or double, where the result is null.</param>
    private static CsvLayout? FromHeader(ReadOnlySpan<byte> row, out string fault)
    {
        var delimiter = Delimiters[0];
        foreach (var candidate in Delimiters)
        {
            if (row.Count(candidate) > row.Count(delimiter))
                delimiter = candidate;
        }

        var names = Encoding.UTF8.GetString(row).Split((char)delimiter);
        var roles = Enumerable.Repeat(ColumnRole.Ignored, names.Length).ToArray();
        fault = "";
        for (var role = ColumnRole.Open; role <= ColumnRole.Time; role++)
        {
            var best = ColumnNames.Find(role, names);
            if (best.Count == 1)
            {
                roles[best[0]] = role;
                continue;
            }

            fault = best.Count == 0
                ? $"There is no column for the {role.ToString().ToLowerInvariant()} among: {Listed(names)}. {ColumnNames.Remedy(role)}"
                : $"The {role.ToString().ToLowerInvariant()} has {best.Count} columns: {Listed(best.Select(i => names[i]))}. Rename all but one.";
            return null;
        }

        var used = Array.FindLastIndex(roles, role => role != ColumnRole.Ignored) + 1;
        return new CsvLayout(true, delimiter, roles[..used]);
    }

    /// <summary>Whether a line may stand above the header: a URL, a comment.</summary>
    public static bool IsPreamble(ReadOnlySpan<byte> line) =>
        line.StartsWith("#"u8) || line.StartsWith("www."u8) || line.StartsWith("http://"u8) || line.StartsWith("https://"u8);

    private static string Listed(IEnumerable<string> names) => string.Join(", ", names.Take(2 * Needed).Select(name => $"\"{Printable.Text(name.Trim())}\""));
}
