using System.Text.Json;

namespace Omega.Gpt;

/// <summary>A ledger in memory: it dies with the process. For tests, and for hosts that keep nothing. Thread-safe.</summary>
public sealed class MemoryCallLedger : ICallLedger
{
    private readonly Lock _gate = new();
    private readonly Dictionary<CallKey, CallRecord> _records = [];

    /// <inheritdoc/>
    public ValueTask<CallRecord?> FindAsync(CallKey key, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
            return ValueTask.FromResult(_records.GetValueOrDefault(key));
    }

    /// <inheritdoc/>
    public ValueTask<CallRecord?> StartAsync(CallKey key, string name, DateTimeOffset at, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
            return ValueTask.FromResult(_records.TryAdd(key, new CallRecord(key, name, at)) ? null : _records[key]);
    }

    /// <inheritdoc/>
    public ValueTask FinishAsync(CallKey key, JsonElement result, GptErrorKind? error, DateTimeOffset at, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            if (!_records.TryGetValue(key, out var record))
                throw new KeyNotFoundException($"Call {key.Id} was never begun.");
            if (record.FinishedAt is null)
                _records[key] = record with { FinishedAt = at, Result = result.Clone(), Error = error };
        }

        return ValueTask.CompletedTask;
    }
}
