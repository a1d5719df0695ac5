using Omega.Gpt.Models;
using Omega.Gpt.Providers.Anthropic;
using Omega.Gpt.Providers.ChatCompletions;
using Omega.Gpt.Providers.Offline;
using Omega.Gpt.Providers.Responses;
using Omega.Gpt.Resilience;

namespace Omega.Gpt.Providers;

// The registry as programs want it: our wires, the offline analyst, recordings.
public sealed partial class ProviderRegistry
{
    /// <summary>A registry with everything that comes with the library: the wires, <c>offline/analyst</c> and <c>replay/FILE</c>.</summary>
    /// <param name="variables">Reads a variable such as <c>OPENAI_API_KEY</c>; null for none.</param>
    /// <param name="time">The clock; null for the system's.</param>
    /// <param name="catalog">What is known of models; null for what ships with the library.</param>
    /// <param name="keys">Keys beside those of variables; null for none.</param>
    public static ProviderRegistry Create(Func<string, string?>? variables = null, TimeProvider? time = null, ModelCatalog? catalog = null, KeyStore? keys = null)
    {
        var registry = new ProviderRegistry(
            (wire, options) => wire switch
            {
                WireKind.ChatCompletions => new ChatCompletionsProvider(options, time),
                WireKind.Responses => new ResponsesProvider(options, time),
                WireKind.Anthropic => new AnthropicProvider(options, time),
                _ => throw new ArgumentOutOfRangeException(nameof(wire), wire, "An unknown wire."),
            },
            variables,
            catalog,
            time,
            keys);
        registry.Add(new OfflineProvider());
        registry.Add(new ReplayProvider(time: time));
        return registry;
    }

    /// <summary>Sets what a program says once for all: it holds for the provider of the model it names.</summary>
    /// <param name="settings">The settings; nothing happens when they say nothing.</param>
    /// <param name="model">The model as the program names it; null for the default.</param>
    /// <exception cref="GptException">The model or its provider is unknown, or no provider takes such settings.</exception>
    public void Configure(ProviderSettings settings, string? model)
    {
        if (settings == new ProviderSettings())
            return;
        var provider = model is not null ? Split(model.Trim(), settings).Provider
            // A key without a model is for the provider whose keys look like it.
            : settings.ApiKey?.StartsWith("sk-ant-", StringComparison.Ordinal) == true ? "anthropic"
            : settings.ApiKey is not null || settings.Auth is not null ? "openai"
            : Split(DefaultModel().Model, settings).Provider;
        if (!_custom.ContainsKey(provider))
            Configure(provider, settings);
    }
}
