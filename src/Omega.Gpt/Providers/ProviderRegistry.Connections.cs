using Omega.Gpt.Resilience;

namespace Omega.Gpt.Providers;

// Where requests go and who they say is asking.
public sealed partial class ProviderRegistry
{
    private const string Options = "options";
    private const string Stored = "key store";

    /// <summary>Every provider: whether it can be asked, where its key comes from (never the key), and where requests go.</summary>
    public IReadOnlyList<ProviderStatus> Describe() => [.. Names.Select(name =>
    {
        if (_custom.ContainsKey(name))
            return new ProviderStatus { Name = name, Configured = true };
        var preset = Preset(name)!;
        var connection = Connect(preset, null);
        return new ProviderStatus
        {
            Name = name,
            Configured = connection.BaseUrl is not null && (connection.Auth is not null || !preset.NeedsKey),
            KeySource = connection.KeySource,
            KeyVariables = preset.KeyVariables,
            BaseUrl = connection.BaseUrl is null ? null : WithoutSecrets(connection.BaseUrl),
            BaseUrlSource = connection.BaseUrlSource,
        };
    })];

    /// <summary>Every key of every provider, those at rest and out of use too; never the keys themselves.</summary>
    public IReadOnlyList<KeyStatus> DescribeKeys() => [.. ProviderPresets.All.Select(_rings.Of).Distinct().SelectMany(ring => ring.Describe())];

    /// <summary>Whose keys a provider takes: <c>openai</c> for <c>openai-responses</c>, elsewhere its own name.</summary>
    /// <param name="provider">The provider's name.</param>
    /// <exception cref="GptException">No such provider comes with the library.</exception>
    public string KeyOwner(string provider) => (Preset(provider) ?? throw UnknownProvider(provider)).KeyOwner;

    private Connection Connect(ProviderPreset preset, ProviderSettings? overrides)
    {
        var settings = (overrides ?? new ProviderSettings()).Over(_settings.GetValueOrDefault(preset.Name));
        var (baseUrl, baseUrlSource) = settings.BaseUrl is { } given ? (given, Options)
            : Variable(preset.BaseUrlVariable) is { } set ? (preset.ReadBaseUrl?.Invoke(set) ?? set, preset.BaseUrlVariable)
            : (preset.BaseUrl, preset.BaseUrl is null ? null : "default");
        var (auth, keySource, ring) = Key(preset, settings);
        return new Connection(baseUrl, baseUrlSource, auth, keySource, ring, settings.Headers, settings.Client);
    }

    private (ProviderAuth? Auth, string? Source, KeyRing? Ring) Key(ProviderPreset preset, ProviderSettings settings)
    {
        if (settings.Auth is not null)
            return (settings.Auth, Options, null);
        if (!string.IsNullOrWhiteSpace(settings.ApiKey))
            return (preset.Auth(settings.ApiKey.Trim()), Options, null);
        var ring = _rings.Of(preset);
        return ring.All().FirstOrDefault(key => !key.IsDisabled) is { } key ? (key.Auth, key.IsStored ? Stored : key.Id, ring) : (null, null, ring);
    }

    private string? Variable(string name) => _variables(name)?.Trim() is { Length: > 0 } value ? value : null;

    private static string WithoutSecrets(string baseUrl) =>
        Uri.TryCreate(baseUrl, UriKind.Absolute, out var uri)
            ? uri.GetComponents(UriComponents.Scheme | UriComponents.Host | UriComponents.Port | UriComponents.Path, UriFormat.UriEscaped).TrimEnd('/')
            : "(not a URL)";

    private sealed record Connection(
        string? BaseUrl,
        string? BaseUrlSource,
        ProviderAuth? Auth,
        string? KeySource,
        KeyRing? Ring,
        IReadOnlyDictionary<string, string>? Headers,
        Func<HttpClient>? Client);
}
