using Microsoft.Data.Sqlite;

namespace Omega.Gpt.Usage;

/// <summary>Reads the rows of a ledger, page by page.</summary>
internal static class UsageReading
{
    /// <summary>Rows of a page.</summary>
    public const int PageLength = 1_000;

    /// <summary>SQL of a query's time.</summary>
    public const string Window = "at >= $since AND at < $until";

    private const string Rows =
        """
        SELECT a.id, a.at, s.name, a.turn, a.step, a.number, p.name, m.name, v.name, k.name, a.outcome, a.error, a.finish, a.queue_us, a.connect_us,
            a.first_us, a.total_us, a.input, a.cache_read, a.cache_write, a.output, a.reasoning, a.usage_estimated, a.cost, a.cost_kind, a.reserved,
            a.saved, a.functions
        FROM attempts a LEFT JOIN names s ON s.id = a.session LEFT JOIN names p ON p.id = a.provider LEFT JOIN names m ON m.id = a.model
            LEFT JOIN names v ON v.id = a.served LEFT JOIN names k ON k.id = a.key
        """;

    /// <summary>The rows after one, at most <see cref="PageLength"/>.</summary>
    /// <param name="connection">The ledger.</param>
    /// <param name="query">Which.</param>
    /// <param name="after">The number of the row before the first; 0 for all.</param>
    /// <param name="onlyOpen">Whether the others are left out.</param>
    public static List<UsageRecord> Page(SqliteConnection connection, UsageQuery query, long after, bool onlyOpen = false)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"{Rows} WHERE a.id > $after AND {Window}{(onlyOpen ? " AND outcome = 0" : "")} ORDER BY a.id LIMIT {PageLength}";
        SetWindow(command, query);
        command.Parameters.AddWithValue("$after", after);
        using var row = command.ExecuteReader();
        var page = new List<UsageRecord>();
        while (row.Read())
            page.Add(Record(row));
        return page;
    }

    /// <summary>One row; null where there is no such.</summary>
    public static UsageRecord? Find(SqliteConnection connection, long id)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"{Rows} WHERE a.id = $id";
        command.Parameters.AddWithValue("$id", id);
        using var row = command.ExecuteReader();
        return row.Read() ? Record(row) : null;
    }

    /// <summary>Binds <see cref="Window"/>.</summary>
    public static void SetWindow(SqliteCommand command, UsageQuery query)
    {
        command.Parameters.AddWithValue("$since", query.Since?.ToUnixTimeMilliseconds() ?? long.MinValue);
        command.Parameters.AddWithValue("$until", query.Until?.ToUnixTimeMilliseconds() ?? long.MaxValue);
    }

    /// <summary>Every name by its number.</summary>
    public static Dictionary<long, string> Names(SqliteConnection connection)
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
