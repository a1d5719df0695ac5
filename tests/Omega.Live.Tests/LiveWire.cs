using Omega.Gpt.Providers;

namespace Omega.Live.Tests;

/// <summary>A wire, and models that can be asked over it: the first one with a key is.</summary>
/// <param name="Name">The wire.</param>
/// <param name="Variable">The variable that names another model.</param>
/// <param name="Models">Small models, cheapest first.</param>
internal sealed record LiveWire(string Name, string Variable, params IReadOnlyList<string> Models)
{
    public static IReadOnlyList<LiveWire> All { get; } =
    [
        new("chat", "OMEGA_LIVE_CHAT", "mistral/mistral-small-2603", "groq/openai/gpt-oss-20b", "deepseek/deepseek-flash", "google/gemini-3.1-flash-lite", "xai/grok-4.3", "openai/gpt-4.1-mini"),
        new("responses", "OMEGA_LIVE_RESPONSES", "openai-responses/gpt-6-luna"),
        new("anthropic", "OMEGA_LIVE_ANTHROPIC", "anthropic/claude-haiku-4-5"),
    ];

    /// <summary>The model to ask; null where there is no key for any.</summary>
    /// <param name="providers">Where keys are known.</param>
    /// <param name="variables">Where <see cref="Variable"/> is looked up.</param>
    public string? Choose(ProviderRegistry providers, Func<string, string?> variables)
    {
        if (variables(Variable) is { Length: > 0 } named)
            return named;
        var reachable = providers.Describe().Where(status => status.Configured).Select(status => status.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return Models.FirstOrDefault(model => reachable.Contains(model[..model.IndexOf('/', StringComparison.Ordinal)]));
    }

    public override string ToString() => Name;
}
