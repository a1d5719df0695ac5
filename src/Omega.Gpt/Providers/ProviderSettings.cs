using Omega.Gpt.Models;

namespace Omega.Gpt.Providers;

/// <summary>What a user says of a provider in code or on the command line; it wins over variables. Null is "not said".</summary>
public sealed record ProviderSettings
{
    /// <summary>The key, sent in the provider's own way.</summary>
    public string? ApiKey { get; init; }

    /// <summary>Another base URL. The provider's key goes there.</summary>
    public string? BaseUrl { get; init; }

    /// <summary>Another way to say who asks (a token that is renewed, a header of its own); wins over <see cref="ApiKey"/>.</summary>
    public ProviderAuth? Auth { get; init; }

    /// <summary>Headers added to every request.</summary>
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    /// <summary>Gives the client for each request.</summary>
    public Func<HttpClient>? Client { get; init; }

    /// <summary>The settings without the key, and without what a base URL carries.</summary>
    public override string ToString() => $"{nameof(ProviderSettings)} {{ BaseUrl = {(BaseUrl is null ? null : ProviderRegistry.WithoutSecrets(BaseUrl))}, has key = {ApiKey is not null || Auth is not null} }}";

    /// <summary>These settings, with what is not said taken from <paramref name="outer"/>.</summary>
    internal ProviderSettings Over(ProviderSettings? outer) => outer is null ? this : new ProviderSettings
    {
        // A key said here is not to lose against a way of signing in said further out.
        ApiKey = ApiKey ?? (Auth is null ? outer.ApiKey : null),
        Auth = Auth ?? (ApiKey is null ? outer.Auth : null),
        BaseUrl = BaseUrl ?? outer.BaseUrl,
        Headers = Headers ?? outer.Headers,
        Client = Client ?? outer.Client,
    };
}

/// <summary>A model and who provides it.</summary>
/// <param name="Provider">The provider, ready to be asked.</param>
/// <param name="ProviderName">The provider's name in <c>provider/model</c>.</param>
/// <param name="Model">The model's name as it goes out.</param>
/// <param name="Info">What the catalogue knows of it; null when nothing.</param>
public sealed record ResolvedModel(IModelProvider Provider, string ProviderName, string Model, ModelInfo? Info)
{
    /// <summary><c>provider/model</c>.</summary>
    public string Id => $"{ProviderName}/{Model}";

    /// <summary>Set when the model asked for is out of service and its successor is taken; to be told as <c>model.switched</c>.</summary>
    public ModelSwitchedEvent? Switched { get; init; }

    /// <summary>The keys that may ask; null where who asks was said by hand, and for what has no keys.</summary>
    internal Resilience.KeyRing? Keys { get; init; }
}

/// <summary>What a model's name stands for.</summary>
/// <param name="Provider">The provider's name in <c>provider/model</c>.</param>
/// <param name="Model">The model's name without it.</param>
/// <param name="Info">What the catalogue knows of the model; null when nothing.</param>
/// <param name="IsCatalogued">Whether the catalogue means to list this provider's models, so that one it does not know may be misspelt or new.</param>
public sealed record ModelIdentity(string Provider, string Model, ModelInfo? Info, bool IsCatalogued)
{
    /// <summary><c>provider/model</c>.</summary>
    public override string ToString() => $"{Provider}/{Model}";
}

/// <summary>The model to use when nobody names one for this turn.</summary>
/// <param name="Model">The model as <c>provider/model</c>.</param>
/// <param name="Reason">Why this one, in one sentence for a person.</param>
public sealed record ModelChoice(string Model, string Reason);

/// <summary>Whether a provider can be asked, for <c>omega doctor</c>. Holds no secret.</summary>
public sealed record ProviderStatus
{
    /// <summary>The provider's name in <c>provider/model</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Whether everything is there that a request needs.</summary>
    public required bool Configured { get; init; }

    /// <summary>Where the key comes from: a variable's name, <c>the key store</c>, or <c>options</c>; null when there is none.</summary>
    public string? KeySource { get; init; }

    /// <summary>The variables that may hold the key; empty where none does.</summary>
    public IReadOnlyList<string> KeyVariables { get; init; } = [];

    /// <summary>How many keys there are; those out of use are not counted.</summary>
    public int KeyCount { get; init; }

    /// <summary>Where requests go, without user, password and query; null when unknown or when nothing is sent.</summary>
    public string? BaseUrl { get; init; }

    /// <summary>Where the base URL comes from: a variable's name, <c>options</c>, or <c>default</c>; null when there is none.</summary>
    public string? BaseUrlSource { get; init; }
}
