namespace Omega.Gpt;

/// <summary>
/// Keeps answers for a while. A cache may lose what it holds at any time, and one that fails only costs a request. Implementations are
/// thread-safe.
/// </summary>
public interface IAnswerCache
{
    /// <summary>What is kept under a key; null where nothing is, or not any more.</summary>
    /// <param name="key">64 lower-case hexadecimal digits.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<byte[]?> GetAsync(string key, CancellationToken cancellationToken = default);

    /// <summary>Keeps bytes under a key, in the place of what was there.</summary>
    /// <param name="key">64 lower-case hexadecimal digits.</param>
    /// <param name="answer">The bytes; not changed afterwards.</param>
    /// <param name="timeToLive">How long they are good for.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask SetAsync(string key, byte[] answer, TimeSpan timeToLive, CancellationToken cancellationToken = default);
}
