using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Omega.Gpt.Usage;

/// <summary>
/// Reads the rows of attempts that a report needs, one after the other. SQLite's own functions: over a million rows, a data reader, or a
/// handle that is counted up and down for each value, takes longer than SQLite itself.
/// </summary>
internal sealed class AttemptScan : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _rows;
    private readonly nint _row;

    /// <param name="connection">The ledger.</param>
    /// <param name="key">SQL of a group's number.</param>
    /// <param name="query">Which rows.</param>
    /// <param name="first">The number of the first row.</param>
    /// <param name="last">The number of the last row.</param>
    public AttemptScan(SqliteConnection connection, string key, UsageQuery query, long first, long last)
    {
        _database = connection.Handle!;
        var functions = query.By == UsageGroup.Function ? "functions" : "NULL";
        Check(raw.sqlite3_prepare_v2(
            _database,
            $"""
            SELECT {key}, step, number, outcome, first_us, total_us, input, cache_read, output, cost, cost_kind, saved, reserved, queue_us, {functions}
            FROM attempts WHERE at >= ?1 AND at < ?2 AND id BETWEEN ?3 AND ?4
            """,
            out _rows));
        Check(raw.sqlite3_bind_int64(_rows, 1, query.Since?.ToUnixTimeMilliseconds() ?? long.MinValue));
        Check(raw.sqlite3_bind_int64(_rows, 2, query.Until?.ToUnixTimeMilliseconds() ?? long.MaxValue));
        Check(raw.sqlite3_bind_int64(_rows, 3, first));
        Check(raw.sqlite3_bind_int64(_rows, 4, last));
        // It lives as long as the handle, which is held until Dispose.
        _row = _rows.DangerousGetHandle();
    }

    /// <summary>The number of the row's group.</summary>
    public long Key => Number(0);

    /// <summary>The names of the functions called, with a space between; empty for none.</summary>
    public string Functions => raw.sqlite3_column_text(_rows, 14).utf8_to_string() ?? "";

    public TalliedAttempt Attempt
    {
        get
        {
            var outcome = (AttemptOutcome)Number(3);
            return new TalliedAttempt(
                (int)Number(1), (int)Number(2), outcome, Known(4) ?? -1, Number(5), Number(6), Number(7), Number(8),
                Known(9), Number(10) % 2 == 1, Number(11), outcome == AttemptOutcome.Open ? Known(12) : null, Known(13) ?? -1);
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

    /// <summary>A number that is not there reads as 0.</summary>
    private long Number(int column) => ColumnInt64(_row, column);

    private long? Known(int column)
    {
        var number = ColumnInt64(_row, column);
        return number == 0 && ColumnType(_row, column) == raw.SQLITE_NULL ? null : number;
    }

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, _database);

    // They return at once and call nothing back.
    [DllImport("e_sqlite3", EntryPoint = "sqlite3_column_int64", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    [SuppressGCTransition]
    private static extern long ColumnInt64(nint row, int column);

    [DllImport("e_sqlite3", EntryPoint = "sqlite3_column_type", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    [SuppressGCTransition]
    private static extern int ColumnType(nint row, int column);
}
