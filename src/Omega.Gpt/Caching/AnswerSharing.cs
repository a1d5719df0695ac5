using System.Collections.Concurrent;

namespace Omega.Gpt.Caching;

/// <summary>The streams that are being read, by what they were asked. Thread-safe.</summary>
internal sealed class AnswerSharing
{
    private readonly ConcurrentDictionary<string, SharedAnswer> _streams = new(StringComparer.Ordinal);

    /// <summary>Joins a stream that may be joined; null where there is none.</summary>
    public SharedAnswer? Join(string key) => _streams.TryGetValue(key, out var shared) && shared.TryJoin() ? shared : null;

    /// <summary>Lets others join a stream that has begun, in the place of one that can no longer be joined.</summary>
    public void Offer(string key, SharedAnswer shared) => _streams[key] = shared;

    /// <summary>Nobody is to join the stream any more.</summary>
    public void Withdraw(string key, SharedAnswer shared) => _streams.TryRemove(KeyValuePair.Create(key, shared));
}
