using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Omega.Gpt;

/// <summary>
/// A ledger in a SQLite file of its own (write-ahead log, every commit forced to the disk). Thread-safe, and safe between processes on one
/// machine. The file is made when the first call with side effects begins, for its owner alone; rows stay.
/// </summary>
public sealed class SqliteCallLedger : ICallLedger
{
    private const int SchemaVersion = 1;
    private const int BusyTimeoutMs = 5000;

    private readonly string _path;
    private readonly string _connection;
    private readonly Lock _gate = new();
    private bool _isPrepared;

    /// <summary>Opens a ledger. Nothing is created yet.</summary>
    /// <param name="path">The file, such as <c>calls.db</c> in the folder of the conversations.</param>
    public SqliteCallLedger(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        _path = Path.GetFullPath(path);
        _connection = new SqliteConnectionStringBuilder { DataSource = _path, DefaultTimeout = BusyTimeoutMs / 1000 }.ConnectionString;
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The file cannot be read, or is no ledger.</exception>
    public ValueTask<CallRecord?> FindAsync(CallKey key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(File.Exists(_path) ? Run(connection => Find(connection, key)) : null);
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The file cannot be written, or is no ledger.</exception>
    public ValueTask<CallRecord?> StartAsync(CallKey key, string name, DateTimeOffset at, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Run(connection =>
        {
            using var insert = connection.CreateCommand();
            insert.CommandText =
                """
                INSERT INTO calls (id, conversation, turn, step, call_index, arguments_hash, name, started)
                VALUES ($id, $conversation, $turn, $step, $index, $arguments, $name, $at)
                ON CONFLICT (id) DO NOTHING
                """;
            insert.Parameters.AddWithValue("$id", key.Id);
            insert.Parameters.AddWithValue("$conversation", key.Conversation);
            insert.Parameters.AddWithValue("$turn", key.Turn);
            insert.Parameters.AddWithValue("$step", key.Step);
            insert.Parameters.AddWithValue("$index", key.Index);
            insert.Parameters.AddWithValue("$arguments", key.ArgumentsHash);
            insert.Parameters.AddWithValue("$name", name);
            insert.Parameters.AddWithValue("$at", Text(at));
            return insert.ExecuteNonQuery() == 1 ? null : Find(connection, key);
        }));
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The file cannot be written, or is no ledger.</exception>
    public ValueTask FinishAsync(CallKey key, JsonElement result, GptErrorKind? error, DateTimeOffset at, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        cancellationToken.ThrowIfCancellationRequested();
        Run<object?>(connection =>
        {
            using var update = connection.CreateCommand();
            update.CommandText = "UPDATE calls SET finished = $at, result = $result, error = $error WHERE id = $id AND finished IS NULL";
            update.Parameters.AddWithValue("$id", key.Id);
            update.Parameters.AddWithValue("$at", Text(at));
            update.Parameters.AddWithValue("$result", result.GetRawText());
            update.Parameters.AddWithValue("$error", error is { } kind ? JsonSerializer.Serialize(kind, GptJsonContext.Default.GptErrorKind) : DBNull.Value);
            if (update.ExecuteNonQuery() == 0 && Find(connection, key) is null)
                throw new KeyNotFoundException($"Call {key.Id} was never begun.");
            return null;
        });
        return ValueTask.CompletedTask;
    }

    private static CallRecord? Find(SqliteConnection connection, CallKey key)
    {
        using var select = connection.CreateCommand();
        select.CommandText = "SELECT name, started, finished, result, error FROM calls WHERE id = $id";
        select.Parameters.AddWithValue("$id", key.Id);
        using var row = select.ExecuteReader();
        if (!row.Read())
            return null;
        var record = new CallRecord(key, row.GetString(0), Time(row.GetString(1)));
        return row.IsDBNull(2) ? record : record with
        {
            FinishedAt = Time(row.GetString(2)),
            Result = JsonElement.Parse(row.GetString(3)),
            Error = row.IsDBNull(4) ? null : Kind(row.GetString(4)),
        };
    }

    /// <summary>A kind that a later version wrote is still an error.</summary>
    private static GptErrorKind Kind(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, GptJsonContext.Default.GptErrorKind);
        }
        catch (JsonException)
        {
            return GptErrorKind.FunctionExecution;
        }
    }

    private static string Text(DateTimeOffset at) => at.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);

    private T Run<T>(Func<SqliteConnection, T> work)
    {
        try
        {
            Prepare();
            using var connection = Open();
            return work(connection);
        }
        catch (SqliteException exception)
        {
            throw new IOException($"The ledger of calls {_path} cannot be used: {exception.Message} Move the file away if it is damaged; calls that it knew of are then not known.", exception);
        }
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(_connection);
        try
        {
            connection.Open();
            // Both belong to the connection, not to the file.
            Execute(connection, $"PRAGMA busy_timeout = {BusyTimeoutMs}; PRAGMA synchronous = FULL");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private void Prepare()
    {
        lock (_gate)
        {
            if (_isPrepared)
                return;
            AtomicFile.CreateRoot(Path.GetDirectoryName(_path)!);
            // Made here, so that nobody else may read it; SQLite gives its side files the same rights.
            AtomicFile.Open(_path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete).Dispose();
            using var connection = Open();
            Execute(connection, "PRAGMA journal_mode = WAL");
            Migrate(connection);
            _isPrepared = true;
        }
    }

    private void Migrate(SqliteConnection connection)
    {
        // Two processes may come here at once: the second waits, and finds the work done.
        using var transaction = connection.BeginTransaction(deferred: false);
        using var ask = connection.CreateCommand();
        ask.CommandText = "PRAGMA user_version";
        var version = Convert.ToInt32(ask.ExecuteScalar(), CultureInfo.InvariantCulture);
        if (version > SchemaVersion)
            throw new IOException($"The ledger of calls {_path} was written by a later version of Omega (schema {version}; this one knows {SchemaVersion}). Use that version.");
        if (version < SchemaVersion)
        {
            Execute(
                connection,
                $"""
                CREATE TABLE calls (
                    id TEXT NOT NULL PRIMARY KEY,
                    conversation TEXT NOT NULL,
                    turn TEXT NOT NULL,
                    step INTEGER NOT NULL,
                    call_index INTEGER NOT NULL,
                    arguments_hash TEXT NOT NULL,
                    name TEXT NOT NULL,
                    started TEXT NOT NULL,
                    finished TEXT,
                    result TEXT,
                    error TEXT
                ) WITHOUT ROWID;
                PRAGMA user_version = {SchemaVersion}
                """);
        }

        transaction.Commit();
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
