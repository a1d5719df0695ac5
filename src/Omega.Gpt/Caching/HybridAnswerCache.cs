using Microsoft.Extensions.Caching.Hybrid;

namespace Omega.Gpt;

/// <summary>Answers in a <see cref="HybridCache"/>: this process's memory before a shared one, such as Redis. Thread-safe.</summary>
/// <param name="cache">The cache, as the host's container gives it.</param>
public sealed class HybridAnswerCache(HybridCache cache) : IAnswerCache
{
    private const string Prefix = "omega:answer:";

    // Looks without making anything: what is not there is asked of the model, and kept only when its turn is complete.
    private static readonly HybridCacheEntryOptions OnlyLook = new() { Flags = HybridCacheEntryFlags.DisableUnderlyingData };

    /// <inheritdoc/>
    public ValueTask<byte[]?> GetAsync(string key, CancellationToken cancellationToken = default) =>
        cache.GetOrCreateAsync(Prefix + key, static _ => ValueTask.FromResult<byte[]?>(null), OnlyLook, cancellationToken: cancellationToken);

    /// <inheritdoc/>
    public ValueTask SetAsync(string key, byte[] answer, TimeSpan timeToLive, CancellationToken cancellationToken = default) =>
        cache.SetAsync(Prefix + key, answer, new HybridCacheEntryOptions { Expiration = timeToLive, LocalCacheExpiration = timeToLive }, cancellationToken: cancellationToken);
}
