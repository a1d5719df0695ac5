using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Omega.Gpt.Usage;

/// <summary>
/// Writes to the ledger's file in groups: what is asked for while a commit runs goes into the next one. Each caller goes on when its own work
/// is committed. One thread of the pool works while there is something to do; none is kept.
/// </summary>
internal sealed class UsageWriter(string? path) : IAsyncDisposable
{
    /// <summary>Works that wait; more callers wait for a place.</summary>
    private const int QueueLength = 4_096;

    /// <summary>Works of one commit, so that other processes get their turn.</summary>
    private const int BatchLength = 512;

    private readonly Channel<Work> _queue = Channel.CreateBounded<Work>(new BoundedChannelOptions(QueueLength) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
    private readonly List<Work> _batch = new(BatchLength);
    private UsageTables? _tables;
    private int _isDraining;

    /// <summary>Does work within a transaction.</summary>
    /// <exception cref="IOException">The file cannot be used; nothing of the work is in it.</exception>
    public async ValueTask<T> RunAsync<T>(Func<UsageTables, T> work)
    {
        var item = new Work<T>(work);
        await _queue.Writer.WriteAsync(item).ConfigureAwait(false);
        if (Interlocked.CompareExchange(ref _isDraining, 1, 0) == 0)
            ThreadPool.UnsafeQueueUserWorkItem(static writer => writer.Drain(), this, preferLocal: false);
        return await item.Task.ConfigureAwait(false);
    }

    /// <summary>Finishes what was asked for and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_queue.Writer.TryComplete())
            return;
        // Nothing comes any more: whoever takes the turn last closes.
        while (Interlocked.CompareExchange(ref _isDraining, 1, 0) != 0)
            await Task.Yield();
        DrainQueue();
        Close();
    }

    private void Drain()
    {
        do
        {
            DrainQueue();
            Interlocked.Exchange(ref _isDraining, 0);
        }
        while (_queue.Reader.Count > 0 && Interlocked.CompareExchange(ref _isDraining, 1, 0) == 0);
    }

    private void DrainQueue()
    {
        while (true)
        {
            _batch.Clear();
            while (_batch.Count < BatchLength && _queue.Reader.TryRead(out var work))
                _batch.Add(work);
            if (_batch.Count == 0)
                return;
            Commit();
        }
    }

    private void Commit()
    {
        try
        {
            _tables ??= new UsageTables(UsageSchema.Open(path));
            _tables.Begin();
            foreach (var work in _batch)
                work.Do(_tables);
            _tables.Commit();
        }
        catch (Exception exception)
        {
            GiveUp();
            var failure = exception is SqliteException or IOException or UnauthorizedAccessException ? Unusable(exception) : exception;
            foreach (var work in _batch)
                work.Fail(failure);
            return;
        }

        foreach (var work in _batch)
            work.Complete();
    }

    private IOException Unusable(Exception exception) => exception as IOException
        ?? new IOException($"The usage ledger {path ?? "in memory"} cannot be used: {exception.Message} Move the file away if it is damaged; what it knew of spending is then not known.", exception);

    /// <summary>A file is opened anew with the next work: a connection whose transaction failed is not trusted. What is in memory is all there is.</summary>
    private void GiveUp()
    {
        if (path is null && _tables is not null)
            _tables.Rollback();
        else
            Close();
    }

    private void Close()
    {
        _tables?.Dispose();
        _tables = null;
    }

    private abstract class Work
    {
        public abstract void Do(UsageTables tables);

        public abstract void Complete();

        public abstract void Fail(Exception exception);
    }

    private sealed class Work<T>(Func<UsageTables, T> work) : Work
    {
        private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? _result;
        private Exception? _refused;

        public Task<T> Task => _done.Task;

        public override void Do(UsageTables tables)
        {
            try
            {
                _result = work(tables);
            }
            catch (Exception exception) when (exception is OperationCanceledException or GptException)
            {
                // A reader that gave up, or what was refused before anything was written; the others of the group go on.
                _refused = exception;
            }
        }

        public override void Complete()
        {
            if (_refused is not null)
                _done.TrySetException(_refused);
            else
                _done.TrySetResult(_result!);
        }

        public override void Fail(Exception exception) => _done.TrySetException(exception);
    }
}
