using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Omega.Gpt.Usage;

/// <summary>Makes reports, in one pass over the rows; over many rows, in two halves at one time.</summary>
internal static class UsageReporting
{
    /// <summary>Rows from which on a second reader pays.</summary>
    private const long ManyRows = 50_000;

    private const long DayMs = 86_400_000;

    public static UsageReport Nothing(UsageQuery query) => new(query.By, new UsageTally().ToLine("", hasCalls: true), []);

    /// <summary>A report of the one connection that there is.</summary>
    public static UsageReport Report(SqliteConnection connection, UsageQuery query, CancellationToken cancellationToken)
    {
        var sums = new UsageSums();
        using (var rows = new AttemptScan(connection, KeyOf(query.By), query, 0, long.MaxValue))
            sums.Add(rows, query.By, cancellationToken);
        Name(sums, query.By, UsageReading.Names(connection));
        AddCalls(connection, query, sums);
        return Made(sums, query.By);
    }

    /// <summary>
    /// A report of a file. Each half is one picture of the file; a call that ends in the moment between the two is there once, open or ended.
    /// </summary>
    public static async Task<UsageReport> ReportAsync(string path, UsageQuery query, CancellationToken cancellationToken)
    {
        // SQLite has no asynchronous calls; a long report is not to hold the caller's thread.
        var halves = await Task.Run(
            () =>
            {
                using var connection = UsageSchema.OpenReader(path);
                return Halves(connection);
            },
            cancellationToken).ConfigureAwait(false);
        var read = await Task.WhenAll(halves.Select((half, i) => Task.Run(() => ReadHalf(path, query, half, hasCalls: i == 0, cancellationToken), cancellationToken))).ConfigureAwait(false);
        var sums = read[0];
        foreach (var other in read.Skip(1))
            sums.Add(other);
        return await Task.Run(() => Made(sums, query.By), cancellationToken).ConfigureAwait(false);
    }

    private static UsageSums ReadHalf(string path, UsageQuery query, (long First, long Last) ids, bool hasCalls, CancellationToken cancellationToken)
    {
        using var connection = UsageSchema.OpenReader(path);
        // One picture of the file, however long it takes.
        using var transaction = connection.BeginTransaction(deferred: true);
        var sums = new UsageSums();
        using (var rows = new AttemptScan(connection, KeyOf(query.By), query, ids.First, ids.Last))
            sums.Add(rows, query.By, cancellationToken);
        Name(sums, query.By, UsageReading.Names(connection));
        if (hasCalls)
            AddCalls(connection, query, sums);
        return sums;
    }

    /// <summary>The rows' numbers in two parts of about one length, or in one where they are few.</summary>
    private static (long First, long Last)[] Halves(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT ifnull((SELECT min(id) FROM attempts), 0), ifnull((SELECT max(id) FROM attempts), 0)";
        using var row = command.ExecuteReader();
        row.Read();
        var (first, last) = (row.GetInt64(0), row.GetInt64(1));
        var middle = first + (last - first) / 2;
        return last - first < ManyRows ? [(0, long.MaxValue)] : [(0, middle), (middle + 1, long.MaxValue)];
    }

    private static string KeyOf(UsageGroup by) => by switch
    {
        UsageGroup.Day => $"at / {DayMs}",
        UsageGroup.Model => "provider * 4294967296 + model",
        UsageGroup.Session => "ifnull(session, -1)",
        UsageGroup.Key => "ifnull(key, -1)",
        _ => "-1",
    };

    private static string NameOf(UsageGroup by, long id, Dictionary<long, string> names) => by switch
    {
        UsageGroup.Day => DateTimeOffset.FromUnixTimeMilliseconds(id * DayMs).UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        UsageGroup.Model => $"{names.GetValueOrDefault(id >> 32, "?")}/{names.GetValueOrDefault(id & 0xFFFF_FFFF, "?")}",
        _ => id < 0 ? "" : names.GetValueOrDefault(id, "?"),
    };

    private static void Name(UsageSums sums, UsageGroup by, Dictionary<long, string> names)
    {
        foreach (var (id, tally) in sums.Numbered)
        {
            var name = NameOf(by, id, names);
            if (!sums.Named.TryAdd(name, tally))
                sums.Named[name].Add(tally);
        }

        sums.Numbered.Clear();
    }

    private static void AddCalls(SqliteConnection connection, UsageQuery query, UsageSums sums)
    {
        var isGrouped = HasCalls(query.By);
        var key = query.By is UsageGroup.Day or UsageGroup.Session ? KeyOf(query.By) : "name";
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT {key}, count(*), sum(outcome <> {(int)CallEnd.Completed}) FROM calls WHERE {UsageReading.Window} GROUP BY 1";
        UsageReading.SetWindow(command, query);
        using var row = command.ExecuteReader();
        Dictionary<long, string>? names = null;
        while (row.Read())
        {
            var (count, failures) = (row.GetInt64(1), row.GetInt64(2));
            if (!isGrouped || !UsageSums.IsDivided(query.By))
                sums.Total.AddCalls(count, failures);
            if (isGrouped)
                sums.Of(NameOf(query.By, row.GetInt64(0), names ??= UsageReading.Names(connection))).AddCalls(count, failures);
        }
    }

    /// <summary>Whether function calls are told apart by a group.</summary>
    private static bool HasCalls(UsageGroup by) => by is UsageGroup.Day or UsageGroup.Session or UsageGroup.Function;

    private static UsageReport Made(UsageSums sums, UsageGroup by)
    {
        sums.AddUp(by);
        var groups = by == UsageGroup.Day
            ? sums.Named.OrderBy(group => group.Key, StringComparer.Ordinal)
            : sums.Named.OrderByDescending(group => group.Value.Cost).ThenBy(group => group.Key, StringComparer.Ordinal);
        // What takes time here is to sort each group's durations. The total finds them sorted.
        UsageLine[] lines = [.. groups.AsParallel().AsOrdered().Select(group => group.Value.ToLine(group.Key, HasCalls(by)))];
        return new UsageReport(by, sums.Total.ToLine("", hasCalls: true), lines);
    }
}
