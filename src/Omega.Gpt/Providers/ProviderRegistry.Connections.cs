using Omega.Gpt.Providers.Http;
using Omega.Gpt.Resilience;

namespace Omega.Gpt.Providers;

// Where requests go and who they say is asking.
public sealed partial class ProviderRegistry
{
    private const string Options = "options";
    private const int TestsAtOnce = 8;
    private const string Stored = "the key store";

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
            KeyCount = connection.Ring?.All().Count(key => !key.IsDisabled) ?? (connection.Auth is null ? 0 : 1),
            BaseUrl = connection.BaseUrl is null ? null : WithoutSecrets(connection.BaseUrl),
            BaseUrlSource = connection.BaseUrlSource,
        };
    })];

    /// <summary>Every key of every provider, those at rest and out of use too; never the keys themselves.</summary>
    public IReadOnlyList<KeyStatus> DescribeKeys() => [.. ProviderPresets.All.Select(_rings.Of).Distinct().SelectMany(ring => ring.Describe())];

    /// <summary>Why the keys of the store cannot be had, and what to do; null where they can.</summary>
    public string? KeyProblem => ProviderPresets.All.Select(preset => _rings.Of(preset).Check()?.Message).FirstOrDefault(problem => problem is not null);

    /// <summary>Whose keys a provider takes: <c>openai</c> for <c>openai-responses</c>, elsewhere its own name.</summary>
    /// <param name="provider">The provider's name.</param>
    /// <exception cref="GptException">No such provider comes with the library.</exception>
    public string KeyOwner(string provider) => (Preset(provider) ?? throw UnknownProvider(provider)).KeyOwner;

    /// <summary>Asks each key's provider whether it knows the key. Costs nothing; keys out of use are asked about too.</summary>
    /// <param name="which">A key's id, or a provider's name for all of its keys; null for all keys.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<KeyTest>> TestKeysAsync(string? which = null, CancellationToken cancellationToken = default)
    {
        var tests = ProviderPresets.All.DistinctBy(preset => preset.KeyOwner)
            .SelectMany(preset => _rings.Of(preset).All(), (preset, key) => (Preset: preset, Key: key))
            .Where(test => which is null || test.Key.Id == which || test.Preset.KeyOwner == which)
            .Select(test => Connect(test.Preset, null) is { BaseUrl: { } url } connection
                ? KeyProbe.AskAsync(test.Preset, url, connection.Client?.Invoke() ?? WireProvider.SharedClient, test.Key, _rings.Of(test.Preset).All().Select(key => key.Secret), _time, cancellationToken)
                : Task.FromResult(new KeyTest(test.Preset.KeyOwner, test.Key.Id, null, $"there is no server to ask: set {test.Preset.BaseUrlVariable}")));
        var found = new List<KeyTest>();
        // A test begins when it is enumerated: a few at a time.
        foreach (var some in tests.Chunk(TestsAtOnce))
            found.AddRange(await Task.WhenAll(some).ConfigureAwait(false));
        return found;
    }

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

    /// <summary>A base URL without user, password and query.</summary>
    internal static string WithoutSecrets(string baseUrl) =>
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
