using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace Omega.Gpt.Usage;

/// <summary>Reads a ledger: reports in one pass over the rows, and rows page by page.</summary>
internal static class UsageReading
{
    /// <summary>Rows of a page.</summary>
    public const int PageLength = 1_000;

    private const long DayMs = 86_400_000;

    public static UsageReport Nothing(UsageQuery query) => new(query.By, new UsageTally().ToLine("", hasCalls: true), []);

    public static UsageReport Report(SqliteConnection connection, UsageQuery query, CancellationToken cancellationToken)
    {
        var (total, groups) = (new UsageTally(), new Dictionary<string, UsageTally>(StringComparer.Ordinal));
        AddAttempts(connection, query, total, groups, cancellationToken);
        AddCalls(connection, query, total, groups);
        var hasCalls = query.By is UsageGroup.Day or UsageGroup.Session or UsageGroup.Function;
        var lines = query.By == UsageGroup.Day
            ? groups.OrderBy(group => group.Key, StringComparer.Ordinal)
            : groups.OrderByDescending(group => group.Value.Cost).ThenBy(group => group.Key, StringComparer.Ordinal);
        return new UsageReport(query.By, total.ToLine("", hasCalls: true), [.. lines.Select(group => group.Value.ToLine(group.Key, hasCalls))]);
    }

    public static List<UsageRecord> Page(SqliteConnection connection, UsageQuery query, long after)
    {
        using var command = connection.CreateCommand();
        command.CommandText =
            $"""
            SELECT a.id, a.at, s.name, a.turn, a.step, a.number, p.name, m.name, v.name, k.name, a.outcome, a.error, a.finish, a.queue_us, a.connect_us,
                a.first_us, a.total_us, a.input, a.cache_read, a.cache_write, a.output, a.reasoning, a.usage_estimated, a.cost, a.cost_kind, a.reserved,
                a.saved, a.functions
            FROM attempts a LEFT JOIN names s ON s.id = a.session LEFT JOIN names p ON p.id = a.provider LEFT JOIN names m ON m.id = a.model
                LEFT JOIN names v ON v.id = a.served LEFT JOIN names k ON k.id = a.key
            WHERE a.id > $after AND {Window} ORDER BY a.id LIMIT {PageLength}
            """;
        SetWindow(command, query);
        command.Parameters.AddWithValue("$after", after);
        using var row = command.ExecuteReader();
        var page = new List<UsageRecord>();
        while (row.Read())
            page.Add(Record(row));
        return page;
    }

    private const string Window = "at >= $since AND at < $until";

    private static void SetWindow(SqliteCommand command, UsageQuery query)
    {
        command.Parameters.AddWithValue("$since", query.Since?.ToUnixTimeMilliseconds() ?? long.MinValue);
        command.Parameters.AddWithValue("$until", query.Until?.ToUnixTimeMilliseconds() ?? long.MaxValue);
    }

    private static void AddAttempts(SqliteConnection connection, UsageQuery query, UsageTally total, Dictionary<string, UsageTally> groups, CancellationToken cancellationToken)
    {
        var byKey = new Dictionary<long, UsageTally>();
        using (var rows = new AttemptScan(connection, KeyOf(query.By), query))
        {
            // Rows of a group often follow each other.
            var (lastKey, last) = (long.MinValue, (UsageTally?)null);
            for (var count = 0; rows.Read(); count++)
            {
                if (count % 16_384 == 0)
                    cancellationToken.ThrowIfCancellationRequested();
                var attempt = rows.Attempt;
                total.Add(attempt);
                if (query.By == UsageGroup.Function)
                {
                    AddByFunction(attempt, rows.Functions, groups);
                    continue;
                }

                if (last is null || rows.Key != lastKey)
                {
                    ref var tally = ref CollectionsMarshal.GetValueRefOrAddDefault(byKey, rows.Key, out _);
                    (lastKey, last) = (rows.Key, tally ??= new UsageTally());
                }

                last.Add(attempt);
            }
        }

        if (byKey.Count == 0)
            return;
        var names = Names(connection);
        foreach (var (id, tally) in byKey)
            groups[NameOf(query.By, id, names)] = tally;
    }

    private static string KeyOf(UsageGroup by) => by switch
    {
        UsageGroup.Day => $"at / {DayMs}",
        UsageGroup.Model => "provider * 4294967296 + model",
        UsageGroup.Session => "ifnull(session, -1)",
        UsageGroup.Key => "ifnull(key, -1)",
        _ => "-1",
    };

    private static void AddByFunction(in TalliedAttempt attempt, string functions, Dictionary<string, UsageTally> groups)
    {
        var names = functions.Split(' ');
        for (var i = 0; i < names.Length; i++)
            Group(groups, names[i]).Add(attempt, i, names.Length);
    }

    private static void AddCalls(SqliteConnection connection, UsageQuery query, UsageTally total, Dictionary<string, UsageTally> groups)
    {
        var key = query.By is UsageGroup.Day or UsageGroup.Session ? KeyOf(query.By) : "name";
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT {key}, count(*), sum(outcome <> {(int)CallEnd.Completed}) FROM calls WHERE {Window} GROUP BY 1";
        SetWindow(command, query);
        using var row = command.ExecuteReader();
        Dictionary<long, string>? names = null;
        while (row.Read())
        {
            var (count, failures) = (row.GetInt64(1), row.GetInt64(2));
            total.AddCalls(count, failures);
            if (query.By is UsageGroup.Day or UsageGroup.Session or UsageGroup.Function)
                Group(groups, NameOf(query.By, row.GetInt64(0), names ??= Names(connection))).AddCalls(count, failures);
        }
    }

    private static UsageTally Group(Dictionary<string, UsageTally> groups, string name)
    {
        ref var tally = ref CollectionsMarshal.GetValueRefOrAddDefault(groups, name, out _);
        return tally ??= new UsageTally();
    }

    private static string NameOf(UsageGroup by, long id, Dictionary<long, string> names) => by switch
    {
        UsageGroup.Day => DateTimeOffset.FromUnixTimeMilliseconds(id * DayMs).UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        UsageGroup.Model => $"{names.GetValueOrDefault(id >> 32, "?")}/{names.GetValueOrDefault(id & 0xFFFF_FFFF, "?")}",
        _ => id < 0 ? "" : names.GetValueOrDefault(id, "?"),
    };

    private static Dictionary<long, string> Names(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT id, name FROM names";
        using var row = command.ExecuteReader();
        var names = new Dictionary<long, string>();
        while (row.Read())
            names[row.GetInt64(0)] = row.GetString(1);
        return names;
    }

    private static UsageRecord Record(SqliteDataReader row)
    {
        var (input, output) = (Number(17), Number(20));
        var (read, write, reasoning) = (Number(18), Number(19), Number(21));
        return new UsageRecord
        {
            Id = row.GetInt64(0),
            At = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)),
            Session = Text(2),
            Turn = Text(3),
            Step = row.GetInt32(4),
            Attempt = row.GetInt32(5),
            Provider = row.GetString(6),
            Model = row.GetString(7),
            Served = Text(8),
            KeyId = Text(9),
            Outcome = (AttemptOutcome)row.GetInt32(10),
            Error = Text(11),
            Finish = Text(12),
            QueueMs = Number(13) / 1000.0,
            ConnectMs = Number(14) / 1000.0,
            FirstTokenMs = Number(15) / 1000.0,
            TotalMs = Number(16) / 1000.0,
            Usage = input is null && output is null
                ? null
                : new TokenUsage(
                    new InputTokens(input) { CacheRead = read, CacheWrite = write, Uncached = input - read - write },
                    new OutputTokens(output) { Reasoning = reasoning, Text = output - reasoning }),
            IsUsageEstimated = Number(22) == 1,
            Cost = Number(23) is { } cost ? new Cost(Picodollars.ToUsd(cost), (Number(24) ?? 0) % 2 == 1, (CostSource)((Number(24) ?? 0) / 2)) : null,
            ReservedUsd = Number(25) is { } reserved ? Picodollars.ToUsd(reserved) : null,
            SavedUsd = Picodollars.ToUsd(Number(26) ?? 0),
            Functions = Text(27)?.Split(' ') ?? [],
        };

        long? Number(int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

        string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);
    }
}
