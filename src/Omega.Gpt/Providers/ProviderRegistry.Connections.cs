namespace Omega.Gpt.Providers;

// Where requests go and who they say is asking.
public sealed partial class ProviderRegistry
{
    private const string Options = "options";

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

    private Connection Connect(ProviderPreset preset, ProviderSettings? overrides)
    {
        var settings = (overrides ?? new ProviderSettings()).Over(_settings.GetValueOrDefault(preset.Name));
        var (baseUrl, baseUrlSource) = settings.BaseUrl is { } given ? (given, Options)
            : Variable(preset.BaseUrlVariable) is { } set ? (preset.ReadBaseUrl?.Invoke(set) ?? set, preset.BaseUrlVariable)
            : (preset.BaseUrl, preset.BaseUrl is null ? null : "default");
        var (auth, keySource) = Key(preset, settings);
        return new Connection(baseUrl, baseUrlSource, auth, keySource, settings.Headers, settings.Client);
    }

    private (ProviderAuth? Auth, string? Source) Key(ProviderPreset preset, ProviderSettings settings)
    {
        if (settings.Auth is not null)
            return (settings.Auth, Options);
        if (!string.IsNullOrWhiteSpace(settings.ApiKey))
            return (preset.Auth(settings.ApiKey.Trim()), Options);
        foreach (var variable in preset.KeyVariables)
        {
            if (Variable(variable) is { } key)
                return (preset.Auth(key), variable);
        }

        return (null, null);
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
        IReadOnlyDictionary<string, string>? Headers,
        Func<HttpClient>? Client);
}
