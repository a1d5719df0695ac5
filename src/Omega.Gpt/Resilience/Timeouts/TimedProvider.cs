using Omega.Gpt.Providers;

namespace Omega.Gpt.Resilience.Timeouts;

/// <summary>Ends a call of a wire that is silent for too long. The innermost stage.</summary>
internal sealed class TimedProvider(IModelProvider inner, TimeoutOptions limits, TimeProvider time) : DelegatingModelProvider(inner)
{
    public override IAsyncEnumerable<ModelDelta> StreamAsync(ModelRequest request, CancellationToken cancellationToken = default) =>
        limits.Shortest is null ? Inner.StreamAsync(request, cancellationToken) : new TimedStream(Inner, request, limits, time, cancellationToken);
}
