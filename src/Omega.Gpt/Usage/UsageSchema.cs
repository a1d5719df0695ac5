using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Omega.Gpt.Usage;

/// <summary>The ledger's tables, and how a file comes to have them.</summary>
internal static class UsageSchema
{
    public const int BusyTimeoutMs = 5_000;

    private const int Version = 1;

    /// <summary>
    /// Opens the file, made with its tables where it is not there. Rows survive the end of the process at once; what the last moments before
    /// a power cut wrote may be lost, for a commit is not forced to the disk.
    /// </summary>
    public static SqliteConnection Open(string? path)
    {
        if (path is not null)
        {
            AtomicFile.CreateRoot(Path.GetDirectoryName(path)!);
            // Made here, so that nobody else may read it; SQLite gives its side files the same rights.
            AtomicFile.Open(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete).Dispose();
        }

        var connection = Connect(path, SqliteOpenMode.ReadWriteCreate);
        try
        {
            // A first turn does not wait for the disk while an empty file is made; there is nothing in it yet to lose.
            Execute(connection, "PRAGMA synchronous = OFF; PRAGMA journal_mode = WAL");
            Migrate(connection, path);
            Execute(connection, "PRAGMA synchronous = NORMAL");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Opens a file that is there, for reading.</summary>
    public static SqliteConnection OpenReader(string path)
    {
        var connection = Connect(path, SqliteOpenMode.ReadOnly);
        // A report reads the whole file once: no copy of each page.
        Execute(connection, "PRAGMA mmap_size = 1073741824");
        return connection;
    }

    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static SqliteConnection Connect(string? path, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path ?? ":memory:",
            Mode = path is null ? SqliteOpenMode.Memory : mode,
            DefaultTimeout = BusyTimeoutMs / 1000,
            Pooling = false,
        }.ConnectionString);
        try
        {
            connection.Open();
            Execute(connection, $"PRAGMA busy_timeout = {BusyTimeoutMs}; PRAGMA cache_size = -16000");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void Migrate(SqliteConnection connection, string? path)
    {
        // Two processes may come here at once: the second waits, and finds the work done.
        using var transaction = connection.BeginTransaction(deferred: false);
        using var ask = connection.CreateCommand();
        ask.CommandText = "PRAGMA user_version";
        var version = Convert.ToInt32(ask.ExecuteScalar(), CultureInfo.InvariantCulture);
        if (version > Version)
            throw new IOException($"The usage ledger {path} was written by a later version of Omega (schema {version}; this one knows {Version}). Use that version.");
        if (version < Version)
            Execute(connection, Create + $"PRAGMA user_version = {Version}");
        transaction.Commit();
    }

    // Money in picodollars, times in microseconds, moments in milliseconds since 1970 UTC. Names are kept once each.
    private const string Create =
        """
        CREATE TABLE names (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE
        );
        CREATE TABLE attempts (
            id INTEGER PRIMARY KEY,
            at INTEGER NOT NULL,
            session INTEGER,
            turn TEXT,
            step INTEGER NOT NULL,
            number INTEGER NOT NULL,
            provider INTEGER NOT NULL,
            model INTEGER NOT NULL,
            key INTEGER,
            reserved INTEGER,
            outcome INTEGER NOT NULL DEFAULT 0,
            first_us INTEGER,
            total_us INTEGER,
            input INTEGER,
            cache_read INTEGER,
            output INTEGER,
            cost INTEGER,
            cost_kind INTEGER,
            saved INTEGER,
            functions TEXT,
            queue_us INTEGER,
            connect_us INTEGER,
            cache_write INTEGER,
            reasoning INTEGER,
            usage_estimated INTEGER,
            served INTEGER,
            error TEXT,
            finish TEXT
        );
        CREATE TABLE calls (
            id INTEGER PRIMARY KEY,
            at INTEGER NOT NULL,
            session INTEGER,
            turn TEXT,
            step INTEGER NOT NULL,
            name INTEGER NOT NULL,
            outcome INTEGER NOT NULL,
            error TEXT,
            duration_us INTEGER
        );
        CREATE TABLE spent (
            scope INTEGER NOT NULL,
            key TEXT NOT NULL,
            amount INTEGER NOT NULL,
            PRIMARY KEY (scope, key)
        ) WITHOUT ROWID;
        """;
}
