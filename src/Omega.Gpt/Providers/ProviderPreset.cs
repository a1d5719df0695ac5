namespace Omega.Gpt.Providers;

/// <summary>The protocols that reach a provider over HTTP.</summary>
public enum WireKind
{
    /// <summary>OpenAI's Chat Completions, which most others speak too.</summary>
    ChatCompletions,

    /// <summary>OpenAI's Responses.</summary>
    Responses,

    /// <summary>Anthropic's Messages.</summary>
    Anthropic,
}

/// <summary>What is known of a provider before anyone configures it.</summary>
internal sealed record ProviderPreset
{
    /// <summary>The name in <c>provider/model</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The protocol.</summary>
    public required WireKind Wire { get; init; }

    /// <summary>Where the provider itself is; null where only the user knows.</summary>
    public string? BaseUrl { get; init; }

    /// <summary>Variables that hold the key, the first one set wins.</summary>
    public required IReadOnlyList<string> KeyVariables { get; init; }

    /// <summary>The variable that holds another base URL.</summary>
    public required string BaseUrlVariable { get; init; }

    /// <summary>Whether requests without a key are pointless.</summary>
    public bool NeedsKey { get; init; } = true;

    /// <summary>The header that carries the key; null for <c>Authorization: Bearer</c>.</summary>
    public string? KeyHeader { get; init; }

    /// <summary>The provider under which the catalogue lists the models; null for <see cref="Name"/>.</summary>
    public string? CatalogName { get; init; }

    /// <summary>Whose keys it takes: two names for one provider have the same.</summary>
    public string KeyOwner => CatalogName ?? Name;

    /// <summary>The endpoint that only a good key may ask for, to test keys with.</summary>
    public string KeyCheckPath { get; init; } = "models";

    /// <summary>Whether models that take functions only over Responses go there although <see cref="Wire"/> is another.</summary>
    public bool ResponsesForFunctions { get; init; }

    /// <summary>What the provider accepts as the id of a function call.</summary>
    public CallIdStyle CallIds { get; init; }

    /// <summary>Whether an answer is continued only where its beginning is marked as such.</summary>
    public bool MarksPrefix { get; init; }

    /// <summary>The endpoint, at the provider itself, that continues answers, where it is another one; null where it is the same.</summary>
    public string? PrefixEndpoint { get; init; }

    /// <summary>Makes a base URL of what <see cref="BaseUrlVariable"/> holds; null where it is one already.</summary>
    public Func<string, string>? ReadBaseUrl { get; init; }

    /// <summary>Whether a base URL is the provider's own (regional hosts under the same name among them), not a proxy or a look-alike.</summary>
    /// <param name="baseUrl">The base URL in use.</param>
    public bool IsOwn(string baseUrl)
    {
        if (BaseUrl is null || !Uri.TryCreate(baseUrl.Trim(), UriKind.Absolute, out var used))
            return false;
        var own = new Uri(BaseUrl);
        return used.Scheme == own.Scheme && used.Port == own.Port
            && (used.Host.Equals(own.Host, StringComparison.OrdinalIgnoreCase) || used.Host.EndsWith("." + own.Host, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>How the provider wants a key.</summary>
    public ProviderAuth Auth(string key) => KeyHeader is null ? ProviderAuth.Bearer(key) : ProviderAuth.Header(KeyHeader, key);
}
