using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Omega.Gpt.Usage;

/// <summary>The ledger's statements, prepared once for a connection. Used by one thread at a time, within a transaction.</summary>
internal sealed class UsageTables : IDisposable
{
    /// <summary>Names whose numbers are remembered.</summary>
    private const int NamesKept = 10_000;

    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _begin;
    private readonly SqliteCommand _commit;
    private readonly SqliteCommand _version;
    private readonly SqliteCommand _open;
    private readonly SqliteCommand _close;
    private readonly SqliteCommand _call;
    private readonly SqliteCommand _charge;
    private readonly SqliteCommand _chargeTurn;
    private readonly SqliteCommand _spent;
    private readonly SqliteCommand _addName;
    private readonly SqliteCommand _findName;
    private readonly Dictionary<string, long> _names = new(StringComparer.Ordinal);
    private long _seen;

    public UsageTables(SqliteConnection connection)
    {
        _connection = connection;
        _begin = Prepare("BEGIN IMMEDIATE");
        _commit = Prepare("COMMIT");
        _version = Prepare("PRAGMA data_version");
        _open = Prepare(
            """
            INSERT INTO attempts (at, session, turn, step, number, provider, model, key, reserved)
            VALUES ($at, $session, $turn, $step, $number, $provider, $model, $key, $reserved) RETURNING id
            """,
            "$at", "$session", "$turn", "$step", "$number", "$provider", "$model", "$key", "$reserved");
        _close = Prepare(
            """
            UPDATE attempts SET outcome = $outcome, first_us = $first, total_us = $total, input = $input, cache_read = $read, output = $output,
                cost = $cost, cost_kind = $kind, saved = $saved, functions = $functions, queue_us = $queue, connect_us = $connect,
                cache_write = $write, reasoning = $reasoning, usage_estimated = $estimated, served = $served, error = $error, finish = $finish
            WHERE id = $id AND outcome = 0
            """,
            "$outcome", "$first", "$total", "$input", "$read", "$output", "$cost", "$kind", "$saved", "$functions", "$queue", "$connect",
            "$write", "$reasoning", "$estimated", "$served", "$error", "$finish", "$id");
        _call = Prepare(
            """
            INSERT INTO calls (at, session, turn, step, name, outcome, error, duration_us)
            VALUES ($at, $session, $turn, $step, $name, $outcome, $error, $duration)
            """,
            "$at", "$session", "$turn", "$step", "$name", "$outcome", "$error", "$duration");
        _charge = Prepare(
            "INSERT INTO spent (scope, key, amount) VALUES ($s1, $k1, $amount), ($s2, $k2, $amount), ($s3, $k3, $amount) ON CONFLICT (scope, key) DO UPDATE SET amount = amount + excluded.amount",
            "$amount", "$s1", "$k1", "$s2", "$k2", "$s3", "$k3");
        _chargeTurn = Prepare(
            "INSERT INTO spent (scope, key, amount) VALUES ($scope, $key, $amount) ON CONFLICT (scope, key) DO UPDATE SET amount = amount + excluded.amount",
            "$amount", "$scope", "$key");
        _spent = Prepare("SELECT amount FROM spent WHERE scope = $scope AND key = $key", "$scope", "$key");
        _addName = Prepare("INSERT INTO names (name) VALUES ($name) ON CONFLICT (name) DO NOTHING", "$name");
        _findName = Prepare("SELECT id FROM names WHERE name = $name", "$name");
    }

    /// <summary>The connection, for what is asked rarely.</summary>
    public SqliteConnection Connection => _connection;

    public void Begin()
    {
        _begin.ExecuteNonQuery();
        // It changes with every commit of another connection, which may have pruned names that are remembered here.
        var seen = (long)_version.ExecuteScalar()!;
        if (seen != _seen)
            _names.Clear();
        _seen = seen;
    }

    public void Commit() => _commit.ExecuteNonQuery();

    /// <summary>The numbers of names may have changed.</summary>
    public void ForgetNames() => _names.Clear();

    /// <summary>Takes back what was not committed; names that were numbered in it are not known any more.</summary>
    public void Rollback()
    {
        ForgetNames();
        // SQLite has done so itself after some errors.
        if (SQLitePCL.raw.sqlite3_get_autocommit(_connection.Handle) == 0)
            UsageSchema.Execute(_connection, "ROLLBACK");
    }

    /// <summary>What is spent or reserved on an account.</summary>
    public decimal Spent(BudgetAccount account) => Picodollars.ToUsd(Amount(account) ?? 0);

    /// <summary>Whether anything was ever charged to an account.</summary>
    public bool IsKnown(BudgetAccount account) => Amount(account) is not null;

    /// <summary>Writes a row for a call that is about to be sent, and charges what is reserved for it.</summary>
    /// <returns>The row's number.</returns>
    public long Open(AttemptOpening opening, decimal? reservedUsd, bool isTurnLimited)
    {
        long? reserved = reservedUsd is { } usd ? Picodollars.Of(usd) : null;
        Set(
            _open,
            opening.At.ToUnixTimeMilliseconds(),
            Name(opening.Session),
            opening.Turn,
            opening.Step,
            opening.Number,
            Name(opening.Provider),
            Name(opening.Model),
            Name(opening.KeyId),
            reserved);
        var id = (long)_open.ExecuteScalar()!;
        Charge(opening, reserved ?? 0, isTurnLimited);
        return id;
    }

    /// <summary>Completes a row: what was reserved is given back, what it cost is charged. A row that its call has completed stays as it is.</summary>
    public void Close(OpenAttempt attempt, AttemptClosing closing)
    {
        var usage = closing.Usage;
        long? cost = closing.Cost is { } known ? Picodollars.Of(known.Usd) : null;
        Set(
            _close,
            (long)closing.Outcome,
            Microseconds(closing.FirstToken),
            Microseconds(closing.Total),
            usage?.Input.Total,
            usage?.Input.CacheRead,
            usage?.Output.Total,
            cost,
            closing.Cost is { } kind ? ((long)kind.Source * 2) + (kind.Estimated ? 1 : 0) : null,
            closing.Saved != 0 ? Picodollars.Of(closing.Saved) : null,
            closing.Functions.Count > 0 ? string.Join(' ', closing.Functions) : null,
            Microseconds(closing.Queued),
            Microseconds(closing.Connected),
            usage?.Input.CacheWrite,
            usage?.Output.Reasoning,
            closing.IsUsageEstimated ? 1L : null,
            Name(closing.Served),
            closing.Error is { } error ? Kind(error) : null,
            closing.Finish?.ToString().ToLowerInvariant(),
            attempt.Id);
        if (_close.ExecuteNonQuery() == 1)
            Charge(attempt.Opening, (cost ?? 0) - (attempt.Reservation is { } reserved ? Picodollars.Of(reserved.Usd) : 0), attempt.IsTurnLimited);
        else if (UsageSettling.Reopen(_connection, attempt.Id) is { } settled && _close.ExecuteNonQuery() == 1)
            Charge(attempt.Opening, (cost ?? 0) - settled, attempt.IsTurnLimited);
    }

    public void Add(CallRecordRow call)
    {
        Set(
            _call,
            call.At.ToUnixTimeMilliseconds(),
            Name(call.Session),
            call.Turn,
            call.Step,
            Name(call.Name),
            (long)call.End,
            call.Error is { } error ? Kind(error) : null,
            Microseconds(call.Duration));
        _call.ExecuteNonQuery();
    }

    public void Dispose()
    {
        foreach (var command in (SqliteCommand[])[_begin, _commit, _version, _open, _close, _call, _charge, _chargeTurn, _spent, _addName, _findName])
            command.Dispose();
        _connection.Dispose();
    }

    private static string Kind(GptErrorKind kind) => JsonSerializer.Serialize(kind, GptJsonContext.Default.GptErrorKind).Trim('"');

    private static long? Microseconds(TimeSpan? time) => time is { } some ? (long)some.TotalMicroseconds : null;

    private static void Set(SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
    }

    /// <summary>Adds to what is spent on a call's accounts.</summary>
    public void Charge(AttemptOpening opening, long amount, bool isTurnLimited)
    {
        if (amount == 0)
            return;
        var (session, day, month) = (BudgetAccount.OfSession(opening.Session), BudgetAccount.OfDay(opening.At), BudgetAccount.OfMonth(opening.At));
        Set(_charge, amount, (long)session.Scope, session.Key, (long)day.Scope, day.Key, (long)month.Scope, month.Key);
        _charge.ExecuteNonQuery();
        // A turn's account ends with it, and only a limit asks for it.
        if (!isTurnLimited)
            return;
        var turn = BudgetAccount.OfTurn(opening.Session, opening.Turn);
        Set(_chargeTurn, amount, (long)turn.Scope, turn.Key);
        _chargeTurn.ExecuteNonQuery();
    }

    private long? Amount(BudgetAccount account)
    {
        Set(_spent, (long)account.Scope, account.Key);
        return _spent.ExecuteScalar() as long?;
    }

    private long? Name(string? name)
    {
        if (name is null)
            return null;
        if (_names.TryGetValue(name, out var known))
            return known;
        Set(_addName, name);
        _addName.ExecuteNonQuery();
        Set(_findName, name);
        var id = (long)_findName.ExecuteScalar()!;
        if (_names.Count >= NamesKept)
            _names.Clear();
        _names[name] = id;
        return id;
    }

    private SqliteCommand Prepare(string sql, params ReadOnlySpan<string> parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var name in parameters)
            command.Parameters.Add(new SqliteParameter { ParameterName = name });
        return command;
    }
}
