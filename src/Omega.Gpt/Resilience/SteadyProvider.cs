using Omega.Gpt.Providers;
using Omega.Gpt.Resilience.Failover;

namespace Omega.Gpt.Resilience;

/// <summary>
/// Failover, resumption and retry: one stage, because they are one loop. Each request becomes as many calls of wires as it takes, every one
/// with an <see cref="Attempt"/> of its own.
/// </summary>
internal sealed class SteadyProvider(ModelRoute route, GptPipelineOptions options, TimeProvider time) : IModelProvider
{
    public string Name => route.Served.Model.ProviderName;

    public IAsyncEnumerable<ModelDelta> StreamAsync(ModelRequest request, CancellationToken cancellationToken = default) =>
        new SteadyStream(new StepRun(request, route, options, time), cancellationToken);
}
