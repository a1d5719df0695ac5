using Microsoft.Data.Sqlite;

namespace Omega.Gpt.Usage;

/// <summary>Takes old rows out of the ledger.</summary>
internal static class UsagePruning
{
    public static long Prune(UsageTables tables, DateTimeOffset before)
    {
        // What a turn has spent is asked for only while it runs; days, months and sessions go on.
        Run(tables.Connection, "DELETE FROM spent WHERE scope = 1 AND key IN (SELECT ifnull(names.name, '') || '/' || turn FROM attempts LEFT JOIN names ON names.id = session WHERE at < $before)", before);
        Run(tables.Connection, "DELETE FROM calls WHERE at < $before", before);
        return Run(tables.Connection, "DELETE FROM attempts WHERE at < $before", before);
    }

    private static long Run(SqliteConnection connection, string sql, DateTimeOffset before)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("$before", before.ToUnixTimeMilliseconds());
        return command.ExecuteNonQuery();
    }
}
