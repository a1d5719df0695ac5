using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Omega.Gpt.Usage;

namespace Omega.Gpt;

/// <summary>
/// What every call of a model took and cost, in a SQLite file (write-ahead log, one commit for all that comes at one time). Thread-safe, and
/// safe between processes on one machine. The file is made with the first turn that may call a model, for its owner alone.
/// </summary>
/// <remarks>
/// A row is there before its call is sent. Where a process ends in the middle, even by <c>kill -9</c>, the row stays open and counts as what
/// was reserved for it, until it is settled. Prompts and answers are not in it, nor keys: only their ids.
/// </remarks>
public sealed class UsageLedger : IAsyncDisposable
{
    private readonly string? _path;
    private readonly UsageWriter _writer;
    private Task? _preparing;
    private int _isPrepared;
    private long _unrecorded;

    /// <summary>Opens a ledger. Nothing is created yet.</summary>
    /// <param name="path">The file, such as <c>usage.db</c> in the folder of the conversations.</param>
    public UsageLedger(string path)
        : this(Path.GetFullPath(path), isFile: true)
    {
    }

    private UsageLedger(string? path, bool isFile)
    {
        _path = isFile ? path : null;
        _writer = new UsageWriter(_path);
    }

    /// <summary>Calls that ended and could not be written down; their rows stay open.</summary>
    public long Unrecorded => Volatile.Read(ref _unrecorded);

    /// <summary>A ledger that ends with the program. It grows by some hundred bytes a call: what runs for months wants a file.</summary>
    public static UsageLedger InMemory() => new(null, isFile: false);

    /// <summary>Totals, and groups of a kind.</summary>
    /// <param name="query">Which rows and groups; null for all, by day.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="IOException">The file cannot be read, or is no ledger.</exception>
    public async Task<UsageReport> ReportAsync(UsageQuery? query = null, CancellationToken cancellationToken = default)
    {
        query ??= new UsageQuery();
        cancellationToken.ThrowIfCancellationRequested();
        if (_path is null)
            return await _writer.RunAsync(tables => UsageReporting.Report(tables.Connection, query, cancellationToken)).ConfigureAwait(false);
        if (!File.Exists(_path))
            return UsageReporting.Nothing(query);
        try
        {
            return await UsageReporting.ReportAsync(_path, query, cancellationToken).ConfigureAwait(false);
        }
        catch (SqliteException exception)
        {
            throw Unreadable(exception);
        }
    }

    /// <summary>The rows, oldest first.</summary>
    /// <param name="query">Which; null for all.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="IOException">The file cannot be read, or is no ledger.</exception>
    public IAsyncEnumerable<UsageRecord> ReadAsync(UsageQuery? query = null, CancellationToken cancellationToken = default) => PagesAsync(query ?? new UsageQuery(), onlyOpen: false, cancellationToken);

    /// <summary>The rows that are open, oldest first: calls that run now, and those whose process ended before they did.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="IOException">The file cannot be read, or is no ledger.</exception>
    public IAsyncEnumerable<UsageRecord> ReadOpenAsync(CancellationToken cancellationToken = default) => PagesAsync(new UsageQuery(), onlyOpen: true, cancellationToken);

    /// <summary>
    /// Corrects an open row whose process ended before it could: what it really cost takes the place of what was reserved, in budgets too.
    /// A row that was settled can be settled again. Should its call run after all, the call's own end takes the settlement's place.
    /// </summary>
    /// <param name="id">The row's number, <see cref="UsageRecord.Id"/>.</param>
    /// <param name="costUsd">US dollars, 0 to 1,000,000; null where it was never sent.</param>
    /// <param name="cancellationToken">Gives up before it begins.</param>
    /// <returns>The row as it is now.</returns>
    /// <exception cref="GptException">There is no such row, or it ended by itself, or the cost is out of range (<see cref="GptErrorKind.BadRequest"/>).</exception>
    /// <exception cref="IOException">The file cannot be written, or is no ledger.</exception>
    public async Task<UsageRecord> SettleAsync(long id, decimal? costUsd, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (costUsd is < 0 or > Picodollars.MostUsd)
            throw new GptException(GptErrorKind.BadRequest, FormattableString.Invariant($"The cost is {costUsd} US dollars; allowed: 0 to {Picodollars.MostUsd}.")) { Phase = GptPhase.Request };
        if (_path is not null && !File.Exists(_path))
            throw new GptException(GptErrorKind.BadRequest, $"There is no usage ledger {_path}, and so no call {id.ToString(CultureInfo.InvariantCulture)} in it.") { Phase = GptPhase.Request };
        return await _writer.RunAsync(tables => UsageSettling.Settle(tables, id, costUsd)).ConfigureAwait(false);
    }

    /// <summary>Deletes rows that began before a moment. What days, months and sessions have spent stays known to budgets.</summary>
    /// <param name="before">The moment.</param>
    /// <param name="cancellationToken">Gives up before it begins.</param>
    /// <returns>How many calls of models were deleted.</returns>
    /// <exception cref="IOException">The file cannot be written, or is no ledger.</exception>
    public async Task<long> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_path is not null && !File.Exists(_path))
            return 0;
        return await _writer.RunAsync(tables => UsagePruning.Prune(tables, before)).ConfigureAwait(false);
    }

    /// <summary>Finishes what is being written and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_preparing is not null)
            await _preparing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _writer.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>
    /// Begins to open the file, once: a turn that is about to call a model does other things meanwhile, and its request waits less for its
    /// row. What goes wrong here is told by the first call that needs it.
    /// </summary>
    internal void Prepare()
    {
        if (Interlocked.Exchange(ref _isPrepared, 1) == 0)
            _preparing = _writer.RunAsync(static _ => true).AsTask();
    }

    /// <summary>Opens a row, where budgets allow it.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    internal ValueTask<Admission> OpenAsync(AttemptOpening opening, Demand demand) => _writer.RunAsync(tables => BudgetGate.Admit(tables, opening, demand));

    /// <summary>Completes a row.</summary>
    /// <returns>Whether it could be written; else the row stays open, and <see cref="Unrecorded"/> counts it.</returns>
    internal async ValueTask<bool> CloseAsync(OpenAttempt attempt, AttemptClosing closing)
    {
        try
        {
            await _writer.RunAsync(tables =>
            {
                tables.Close(attempt, closing);
                return true;
            }).ConfigureAwait(false);
            return true;
        }
        catch (IOException)
        {
            Interlocked.Increment(ref _unrecorded);
            return false;
        }
    }

    /// <summary>Writes down how function calls went. What cannot be written is left out: no money hangs on it.</summary>
    internal async ValueTask AddAsync(IReadOnlyList<CallRecordRow> calls)
    {
        try
        {
            await _writer.RunAsync(tables =>
            {
                foreach (var call in calls)
                    tables.Add(call);
                return true;
            }).ConfigureAwait(false);
        }
        catch (IOException)
        {
            Interlocked.Increment(ref _unrecorded);
        }
    }

    /// <summary>Does work within a transaction.</summary>
    internal ValueTask<T> AskAsync<T>(Func<UsageTables, T> work) => _writer.RunAsync(work);

    private async IAsyncEnumerable<UsageRecord> PagesAsync(UsageQuery query, bool onlyOpen, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // In pages, so that nobody who writes has to wait for a slow reader.
        for (long last = 0; ;)
        {
            var from = last;
            var page = await ReadAsync(connection => UsageReading.Page(connection, query, from, onlyOpen), cancellationToken).ConfigureAwait(false) ?? [];
            foreach (var record in page)
                yield return record;
            if (page.Count < UsageReading.PageLength)
                yield break;
            last = page[^1].Id;
        }
    }

    private async Task<T?> ReadAsync<T>(Func<SqliteConnection, T> read, CancellationToken cancellationToken)
        where T : class
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_path is null)
            return await _writer.RunAsync(tables => read(tables.Connection)).ConfigureAwait(false);
        if (!File.Exists(_path))
            return null;
        try
        {
            // SQLite has no asynchronous calls; a long report is not to hold the caller's thread.
            return await Task.Run(
                () =>
                {
                    using var connection = UsageSchema.OpenReader(_path);
                    // One picture of the file, however long it takes.
                    using var transaction = connection.BeginTransaction(deferred: true);
                    return read(connection);
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (SqliteException exception)
        {
            throw Unreadable(exception);
        }
    }

    private IOException Unreadable(SqliteException exception) => new($"The usage ledger {_path} cannot be read: {exception.Message}", exception);
}
