using Omega.Gpt.Providers;
using Omega.Gpt.Providers.Offline;
using Omega.Gpt.Providers.Replay;
using Omega.Gpt.Usage;

namespace Omega.Gpt.Resilience;

/// <summary>
/// Puts the stages around a model's provider, in the one order that holds for all:
/// <c>cache → failover → resume → retry → attempt { key → throttle → budget → meter → recorder → timeouts → wire }</c>.
/// </summary>
internal sealed class ModelPipeline(GptPipelineOptions options, TimeProvider time)
{
    private readonly UsageMeter? _meter = options.Usage is { } usage ? new UsageMeter(usage, time) : null;

    /// <summary>What a turn asks: one logical request, however many calls of wires it takes.</summary>
    public IModelProvider Around(ResolvedModel model)
    {
        return Attempt(model);
    }

    /// <summary>One call of a wire. The request carries its <see cref="Providers.Attempt"/>.</summary>
    private IModelProvider Attempt(ResolvedModel model)
    {
        var provider = model.Provider;
        // What asks no model spends nothing.
        if (_meter is not null && provider is not (OfflineProvider or ReplayProvider))
            provider = new MeteringProvider(provider, _meter);
        return provider;
    }
}
