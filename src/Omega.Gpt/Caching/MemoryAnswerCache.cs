namespace Omega.Gpt;

/// <summary>Answers in this process's memory, within a size: the ones that were not asked for longest make room. Thread-safe.</summary>
/// <param name="maxBytes">What all answers together may take.</param>
/// <param name="time">The clock; null for the system's.</param>
public sealed class MemoryAnswerCache(long maxBytes = 64L * 1024 * 1024, TimeProvider? time = null) : IAnswerCache
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<Entry>> _byKey = new(StringComparer.Ordinal);
    private readonly LinkedList<Entry> _lastUsedFirst = [];
    private long _bytes;

    /// <inheritdoc/>
    public ValueTask<byte[]?> GetAsync(string key, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            if (!_byKey.TryGetValue(key, out var node))
                return default;
            if (node.Value.Until <= _time.GetUtcNow())
            {
                Remove(node);
                return default;
            }

            _lastUsedFirst.Remove(node);
            _lastUsedFirst.AddFirst(node);
            return ValueTask.FromResult<byte[]?>(node.Value.Answer);
        }
    }

    /// <inheritdoc/>
    public ValueTask SetAsync(string key, byte[] answer, TimeSpan timeToLive, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(answer);
        lock (_lock)
        {
            if (_byKey.TryGetValue(key, out var old))
                Remove(old);
            if (answer.Length > maxBytes)
                return default;
            _byKey[key] = _lastUsedFirst.AddFirst(new Entry(key, answer, _time.GetUtcNow() + timeToLive));
            _bytes += answer.Length;
            while (_bytes > maxBytes)
                Remove(_lastUsedFirst.Last!);
        }

        return default;
    }

    private void Remove(LinkedListNode<Entry> node)
    {
        _lastUsedFirst.Remove(node);
        _byKey.Remove(node.Value.Key);
        _bytes -= node.Value.Answer.Length;
    }

    private sealed record Entry(string Key, byte[] Answer, DateTimeOffset Until);
}
