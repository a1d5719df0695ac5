namespace Omega.Gpt.Providers;

/// <summary>A stage around a provider: it may change the request, look at the deltas, or ask again. Left alone it passes everything on.</summary>
/// <param name="inner">What it stands around.</param>
public abstract class DelegatingModelProvider(IModelProvider inner) : IModelProvider
{
    /// <inheritdoc/>
    public string Name => Inner.Name;

    /// <summary>What this stage stands around.</summary>
    protected IModelProvider Inner { get; } = inner ?? throw new ArgumentNullException(nameof(inner));

    /// <inheritdoc/>
    /// <remarks>A stage that does not look at deltas returns the inner enumerable: an iterator around it costs every delta.</remarks>
    public virtual IAsyncEnumerable<ModelDelta> StreamAsync(ModelRequest request, CancellationToken cancellationToken = default) => Inner.StreamAsync(request, cancellationToken);
}
