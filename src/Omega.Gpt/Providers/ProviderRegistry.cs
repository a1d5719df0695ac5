using System.Collections.Concurrent;
using Omega.Gpt.Models;
using Omega.Gpt.Providers.Http;
using Omega.Gpt.Resilience;

namespace Omega.Gpt.Providers;

/// <summary>
/// Finds the provider for <c>provider/model</c>. Keys and base URLs come from settings given in code, else from variables read
/// through the function given to the constructor; a provider's key goes to that provider's base URL and nowhere else. Thread-safe.
/// </summary>
public sealed partial class ProviderRegistry
{
    private readonly Func<WireKind, WireOptions, IModelProvider> _wires;
    private readonly Func<string, string?> _variables;
    private readonly TimeProvider _time;
    private readonly KeyRings _rings;
    private readonly ConcurrentDictionary<string, Func<string, IModelProvider>> _custom = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, ProviderSettings> _settings = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A registry of the providers that come with the library; <see cref="Add(IModelProvider)"/> adds others.</summary>
    /// <param name="wires">Makes the provider for a wire.</param>
    /// <param name="variables">Reads a variable such as <c>OPENAI_API_KEY</c>: the environment, <c>.env</c> and so on are its business. Null for none.</param>
    /// <param name="catalog">What is known of models; null for the one that ships with the library.</param>
    /// <param name="time">The clock that says which models are retired; null for the system's.</param>
    /// <param name="keys">Keys beside those of variables; null for none.</param>
    public ProviderRegistry(
        Func<WireKind, WireOptions, IModelProvider> wires,
        Func<string, string?>? variables = null,
        ModelCatalog? catalog = null,
        TimeProvider? time = null,
        KeyStore? keys = null)
    {
        _wires = wires;
        _variables = variables ?? (static _ => null);
        _time = time ?? TimeProvider.System;
        _rings = new KeyRings(_variables, keys, _time);
        Catalog = catalog ?? ModelCatalog.Default;
    }

    /// <summary>What is known of models.</summary>
    public ModelCatalog Catalog { get; }

    /// <summary>The names of all providers, those added last.</summary>
    public IReadOnlyList<string> Names =>
        [.. ProviderPresets.All.Select(preset => preset.Name), .. _custom.Keys.Where(name => Preset(name) is null).Order(StringComparer.Ordinal)];

    private DateOnly Today => DateOnly.FromDateTime(_time.GetUtcNow().UtcDateTime);

    /// <summary>Adds a provider under its own name; one that comes with the library is replaced.</summary>
    /// <param name="provider">The provider.</param>
    /// <exception cref="ArgumentException">The name is empty or has a slash, or was added before.</exception>
    public void Add(IModelProvider provider) => Add(provider.Name, _ => provider);

    /// <summary>Adds a provider that is made for each model, such as <c>replay/FILE</c>.</summary>
    /// <param name="name">The provider's name.</param>
    /// <param name="create">Makes the provider for the model's name, which may have slashes.</param>
    /// <exception cref="ArgumentException">The name is empty or has a slash, or was added before.</exception>
    public void Add(string name, Func<string, IModelProvider> create)
    {
        if (name.Length == 0 || name.Contains('/'))
            throw new ArgumentException($"\"{name}\" is not a provider's name: it is empty or has a slash.", nameof(name));
        if (!_custom.TryAdd(name, create))
            throw new ArgumentException($"There is a provider \"{name}\" already.", nameof(name));
    }

    /// <summary>Sets what holds for a provider from now on.</summary>
    /// <param name="provider">The provider's name.</param>
    /// <param name="settings">The settings; they replace those set before.</param>
    /// <exception cref="GptException">No such provider comes with the library.</exception>
    public void Configure(string provider, ProviderSettings settings) =>
        _settings[Preset(provider)?.Name ?? throw UnknownProvider(provider)] = settings;

    /// <summary>Finds who provides a model.</summary>
    /// <param name="model">
    /// <c>provider/model</c>, cut at the first slash; or a model's name alone, looked up in the catalogue. A name that is unknown
    /// goes to <c>compatible</c> when a base URL is given.
    /// </param>
    /// <param name="settings">Settings for this model alone; they win over all others.</param>
    /// <exception cref="GptException">
    /// <see cref="GptErrorKind.ModelNotFound"/>: the model or its provider is unknown. <see cref="GptErrorKind.Authentication"/>:
    /// there is no key. <see cref="GptErrorKind.BadRequest"/>: the base URL is missing or is none.
    /// </exception>
    public ResolvedModel Resolve(string model, ProviderSettings? settings = null)
    {
        var (provider, name) = Split(model.Trim(), settings);
        if (_custom.TryGetValue(provider, out var create))
        {
            var made = create(name);
            return new ResolvedModel(made, made.Name, name, Catalog.Find(made.Name, name));
        }

        var preset = Preset(provider)!;
        var connection = Connect(preset, settings);
        if (connection.BaseUrl is null)
            throw Request(GptErrorKind.BadRequest, $"{preset.Name}/{name} needs a base URL: set {preset.BaseUrlVariable}, or give --base-url (ProviderSettings.BaseUrl in code), such as http://localhost:8000/v1.", preset.Name, name);
        if (connection.Auth is null && preset.NeedsKey)
        {
            throw _rings.Of(preset).Check() is { } problem
                ? new KeyStoreException(GptErrorKind.Authentication, $"There is no key for {preset.Name}. {problem.Message}", problem) { Phase = GptPhase.Request, Provider = preset.Name, Model = name }
                : Request(GptErrorKind.Authentication, $"There is no key for {preset.Name}: set {string.Join(" or ", preset.KeyVariables)} in the environment, put it into .env, store it (omega keys add {preset.KeyOwner}), or give --api-key (ProviderSettings.ApiKey in code).", preset.Name, name);
        }

        return Build(preset, name, connection);
    }

    /// <summary>The model to use: the one asked for, else <c>OMEGA_MODEL</c>, else the catalogue's default of the first provider that has a key, else the offline analyst.</summary>
    /// <param name="model">The model asked for; null or empty when none is.</param>
    public ModelChoice DefaultModel(string? model = null)
    {
        if (!string.IsNullOrWhiteSpace(model))
            return new ModelChoice(model.Trim(), "It was asked for.");
        if (Variable("OMEGA_MODEL") is { } configured)
            return new ModelChoice(configured, "OMEGA_MODEL names it.");
        foreach (var provider in (ReadOnlySpan<string>)["openai", "anthropic"])
        {
            if (Connect(Preset(provider)!, null) is { Auth: not null } connection && Catalog.DefaultFor(provider) is { } info)
                return new ModelChoice(info.ToString(), $"{connection.KeySource switch { Options => $"A key for {provider} is given", Stored => $"The key store has a key for {provider}", var variable => $"{variable} is set" }}, and this is the default for {provider}.");
        }

        return new ModelChoice("offline/analyst", "There is no OPENAI_API_KEY and no ANTHROPIC_API_KEY, so the offline analyst answers and no model is asked.");
    }

    private ResolvedModel Build(ProviderPreset preset, string name, Connection connection)
    {
        var own = preset.IsOwn(connection.BaseUrl!);
        var info = Catalog.Find(preset.CatalogName ?? preset.Name, name);
        ModelSwitchedEvent? switched = null;
        // Elsewhere than at the provider itself, an old name may well be served.
        if (own && info is not null && info.IsRetired(Today) && Catalog.SuccessorOf(info, Today) is { } successor)
        {
            switched = new ModelSwitchedEvent($"{preset.Name}/{name}", $"{preset.Name}/{successor.Name}", $"{preset.Name} has retired {name}; {successor.Name} takes its place.");
            (name, info) = (successor.Name, successor);
        }

        var wire = own && preset.ResponsesForFunctions && info is { Capabilities.FunctionsOverChat: false } ? WireKind.Responses : preset.Wire;
        var options = new WireOptions
        {
            Name = preset.Name,
            BaseUrl = connection.BaseUrl!,
            Auth = connection.Auth,
            Headers = connection.Headers,
            Client = connection.Client,
            CallIds = preset.CallIds,
            Keys = connection.Ring is { } ring ? () => ring.All().Select(key => key.Secret) : null,
            IsOpenAI = own && preset.KeyVariables is ["OPENAI_API_KEY"],
            MarksPrefix = preset.MarksPrefix,
        };
        var provider = _wires(wire, options);
        if (own && preset.PrefixEndpoint is { } endpoint && info?.Capabilities.PrefixContinuation == true)
            provider = new PrefixRoute(provider, _wires(wire, options with { BaseUrl = endpoint }));
        return new ResolvedModel(provider, preset.Name, name, info) { Switched = switched, Keys = connection.Ring };
    }

    private static ProviderPreset? Preset(string name) =>
        ProviderPresets.All.FirstOrDefault(preset => preset.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
