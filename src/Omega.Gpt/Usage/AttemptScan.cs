using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Omega.Gpt.Usage;

/// <summary>
/// Reads the rows of attempts that a report needs, one after the other. SQLite's own functions: a data reader asks of every value whether it is
/// there, which over a million rows takes longer than reading them.
/// </summary>
internal sealed class AttemptScan : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _rows;

    /// <param name="connection">The ledger.</param>
    /// <param name="key">SQL of a group's number.</param>
    /// <param name="query">Which rows.</param>
    public AttemptScan(SqliteConnection connection, string key, UsageQuery query)
    {
        _database = connection.Handle!;
        var functions = query.By == UsageGroup.Function ? "functions" : "NULL";
        // A number that is not there reads as 0, which says the same of tokens; where it would not, -1 stands for it.
        Check(raw.sqlite3_prepare_v2(
            _database,
            $"""
            SELECT {key}, step, number, outcome, ifnull(first_us, -1), total_us, input, cache_read, output, ifnull(cost, -1), cost_kind, saved, ifnull(reserved, -1), {functions}
            FROM attempts WHERE at >= ?1 AND at < ?2
            """,
            out _rows));
        Check(raw.sqlite3_bind_int64(_rows, 1, query.Since?.ToUnixTimeMilliseconds() ?? long.MinValue));
        Check(raw.sqlite3_bind_int64(_rows, 2, query.Until?.ToUnixTimeMilliseconds() ?? long.MaxValue));
    }

    /// <summary>The number of the row's group.</summary>
    public long Key => raw.sqlite3_column_int64(_rows, 0);

    /// <summary>The names of the functions called, with a space between; empty for none.</summary>
    public string Functions => raw.sqlite3_column_text(_rows, 13).utf8_to_string() ?? "";

    public TalliedAttempt Attempt
    {
        get
        {
            var (cost, reserved) = (Number(9), Number(12));
            return new TalliedAttempt(
                (int)Number(1), (int)Number(2), (AttemptOutcome)Number(3), Number(4), Number(5), Number(6), Number(7), Number(8),
                cost < 0 ? null : cost, Number(10) % 2 == 1, Number(11), reserved < 0 ? null : reserved);
        }
    }

    /// <summary>Goes to the next row.</summary>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="SqliteException">The file cannot be read.</exception>
    public bool Read()
    {
        var result = raw.sqlite3_step(_rows);
        if (result == raw.SQLITE_ROW)
            return true;
        if (result != raw.SQLITE_DONE)
            SqliteException.ThrowExceptionForRC(result, _database);
        return false;
    }

    public void Dispose() => _rows.Dispose();

    private long Number(int column) => raw.sqlite3_column_int64(_rows, column);

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, _database);
}
