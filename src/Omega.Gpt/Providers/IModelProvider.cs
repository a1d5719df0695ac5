namespace Omega.Gpt.Providers;

/// <summary>Anything that streams a model's answer. Implementations are thread-safe and keep no state of a request.</summary>
public interface IModelProvider
{
    /// <summary>The provider's name, the part before the <c>/</c> in <c>provider/model</c>.</summary>
    string Name { get; }

    /// <summary>
    /// Sends one request and yields what arrives, the moment it arrives. The stream is whole if and only if it yields a
    /// <see cref="FinishedDelta"/> and then ends; everything else ends in a <see cref="GptException"/>.
    /// </summary>
    /// <param name="request">What to ask.</param>
    /// <param name="cancellationToken">Stops the request and closes the connection.</param>
    /// <exception cref="GptException">The request was not acceptable, the provider failed, or the stream broke.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    IAsyncEnumerable<ModelDelta> StreamAsync(ModelRequest request, CancellationToken cancellationToken = default);
}
