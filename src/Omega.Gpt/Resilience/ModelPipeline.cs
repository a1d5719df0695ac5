using Omega.Gpt.Providers;

namespace Omega.Gpt.Resilience;

/// <summary>
/// Puts the stages around a model's provider, in the one order that holds for all:
/// <c>cache → failover → resume → retry → attempt { key → throttle → budget → meter → recorder → timeouts → wire }</c>.
/// </summary>
internal sealed class ModelPipeline
{
    private readonly GptPipelineOptions _options;
    private readonly Throttles? _throttles;

    /// <exception cref="GptException">An option is out of range.</exception>
    public ModelPipeline(GptPipelineOptions options, TimeProvider time)
    {
        options.Keys?.Validate();
        options.Throttle?.Validate();
        _options = options;
        _throttles = options.Throttle is { } throttle ? new Throttles(throttle, time) : null;
    }

    /// <summary>What a turn asks: one logical request, however many calls of wires it takes.</summary>
    public IModelProvider Around(ResolvedModel model) => Attempt(model);

    /// <summary>One call of a wire. The request carries its <see cref="Providers.Attempt"/>.</summary>
    private IModelProvider Attempt(ResolvedModel model)
    {
        var provider = model.Provider;
        if (_throttles is not null)
            provider = new ThrottleStage(provider, _throttles, model.Keys?.Provider ?? model.ProviderName);
        if (_options.Keys is { } keys && model.Keys is { } ring)
            provider = new KeyStage(provider, ring, keys);
        return provider;
    }
}
