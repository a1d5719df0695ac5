using Omega.Gpt.Models;
using Omega.Gpt.Providers.Http;

namespace Omega.Gpt.Providers;

// From what a person typed to a provider and a model, or to a sentence that helps.
public sealed partial class ProviderRegistry
{
    /// <summary>What a model's name stands for. Needs no key and no server.</summary>
    /// <param name="model">As a person gives it: <c>provider/model</c>, or a name that the catalogue knows.</param>
    /// <exception cref="GptException">The provider is unknown, or the name is and no provider is given.</exception>
    public ModelIdentity Identify(string model)
    {
        var (provider, name) = Split(model.Trim(), null);
        var preset = Preset(provider);
        var listed = preset?.CatalogName ?? provider;
        return new ModelIdentity(preset?.Name ?? provider, name, Catalog.Find(listed, name), preset is { NeedsKey: true } && Catalog.All.Any(info => info.Provider == listed));
    }

    private (string Provider, string Model) Split(string model, ProviderSettings? settings)
    {
        if (model.Length == 0)
            throw Request(GptErrorKind.BadRequest, "No model is named. Give one such as openai/gpt-4.1; `omega models` lists them.");

        var slash = model.IndexOf('/');
        var provider = slash < 0 ? null : model[..slash];
        if (provider is not null && IsKnown(provider))
        {
            return slash + 1 < model.Length
                ? (provider, model[(slash + 1)..])
                : throw Request(GptErrorKind.BadRequest, $"\"{model}\" names no model.{Example(provider)}");
        }

        // Bare names, and names of models that have a slash themselves (meta-llama/…).
        if (Catalog.Find(model) is { } info && IsKnown(info.Provider))
            return (info.Provider, model);
        if (settings?.BaseUrl is not null || _settings.GetValueOrDefault(ProviderPresets.CompatibleName)?.BaseUrl is not null || Variable("OMEGA_BASE_URL") is not null)
            return (ProviderPresets.CompatibleName, model);
        if (IsKnown(model))
            throw Request(GptErrorKind.BadRequest, $"\"{model}\" is a provider, not a model.{Example(model)}");
        throw provider is null ? UnknownModel(model) : UnknownProvider(provider);
    }

    private bool IsKnown(string provider) => Preset(provider) is not null || _custom.ContainsKey(provider);

    private string Example(string provider) =>
        Catalog.DefaultFor(Preset(provider)?.CatalogName ?? provider) is { } info ? $" Give one too, such as {provider.ToLowerInvariant()}/{info.Name}." : $" Give one too: {provider.ToLowerInvariant()}/MODEL.";

    private GptException UnknownModel(string model)
    {
        var near = Catalog.All.Where(info => !info.IsRetired(Today))
            .SelectMany(info => info.Aliases.Prepend(info.Name), (info, name) => (info.Provider, Name: name))
            .ToLookup(known => known.Name, known => $"{known.Provider}/{known.Name}", StringComparer.OrdinalIgnoreCase);
        var names = NearNames.Find(model, near.Select(group => group.Key)).Select(name => near[name].First()).ToList();
        return Request(GptErrorKind.ModelNotFound, $"Unknown model \"{Shown(model)}\".{NearNames.Question(names)} Known providers: {string.Join(", ", Names)}.", model: model);
    }

    private GptException UnknownProvider(string provider) =>
        Request(GptErrorKind.ModelNotFound, $"Unknown provider \"{Shown(provider)}\".{NearNames.Question(NearNames.Find(provider, Names))} Known providers: {string.Join(", ", Names)}.");

    // Somebody may have put a key where a name belongs.
    private static string Shown(string name) => ProviderError.Redact(name, null);

    private static GptException Request(GptErrorKind kind, string message, string? provider = null, string? model = null) =>
        new(kind, message) { Phase = GptPhase.Request, Provider = provider, Model = model };
}
