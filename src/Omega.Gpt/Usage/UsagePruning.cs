using Microsoft.Data.Sqlite;

namespace Omega.Gpt.Usage;

/// <summary>Takes old rows out of the ledger, and the names that only they used.</summary>
internal static class UsagePruning
{
    public static long Prune(UsageTables tables, DateTimeOffset before)
    {
        // What a turn has spent is asked for only while it runs; days, months and sessions go on.
        Run(tables.Connection, "DELETE FROM spent WHERE scope = 1 AND key IN (SELECT ifnull(names.name, '') || '/' || turn FROM attempts LEFT JOIN names ON names.id = session WHERE at < $before)", before);
        Run(tables.Connection, "DELETE FROM calls WHERE at < $before", before);
        var deleted = Run(tables.Connection, "DELETE FROM attempts WHERE at < $before", before);
        Run(
            tables.Connection,
            """
            DELETE FROM names WHERE id NOT IN (
                SELECT session FROM attempts WHERE session IS NOT NULL UNION SELECT provider FROM attempts UNION SELECT model FROM attempts
                UNION SELECT key FROM attempts WHERE key IS NOT NULL UNION SELECT served FROM attempts WHERE served IS NOT NULL
                UNION SELECT session FROM calls WHERE session IS NOT NULL UNION SELECT name FROM calls)
            """);
        tables.ForgetNames();
        return deleted;
    }

    private static long Run(SqliteConnection connection, string sql, DateTimeOffset? before = null)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        if (before is { } moment)
            command.Parameters.AddWithValue("$before", moment.ToUnixTimeMilliseconds());
        return command.ExecuteNonQuery();
    }
}
