namespace Omega.Gpt.Providers.Http;

/// <summary>Where and how a wire reaches its server.</summary>
public sealed record WireOptions
{
    /// <summary>The provider's name in <c>provider/model</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The server's base URL, with or without a trailing <c>/</c> and <c>/v1</c>.</summary>
    public required string BaseUrl { get; init; }

    /// <summary>Who asks; null for servers that do not care.</summary>
    public ProviderAuth? Auth { get; init; }

    /// <summary>Gives the client for each request; null for a shared one that honours the system's proxy and certificates and follows no redirects.</summary>
    public Func<HttpClient>? Client { get; init; }

    /// <summary>Headers added to every request.</summary>
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    /// <summary>
    /// Whether a finish reason without the wire's last event is taken as whole, for a named server that is known never to send one.
    /// Default false: such a stream is <c>stream_interrupted</c>.
    /// </summary>
    public bool AcceptMissingDone { get; init; }

    /// <summary>Whether the server speaks for OpenAI itself (it takes <c>max_completion_tokens</c>, cache keys and <c>store</c>). Default false.</summary>
    public bool IsOpenAI { get; init; }

    /// <summary>What the server accepts as the id of a function call. Default <see cref="CallIdStyle.Default"/>.</summary>
    public CallIdStyle CallIds { get; init; }

    /// <summary>
    /// Whether a last message of the assistant goes out marked <c>"prefix": true</c>, for servers that continue an answer only so (Mistral,
    /// DeepSeek). What such a server repeats of it is left out. Default false.
    /// </summary>
    public bool MarksPrefix { get; init; }

    /// <summary>Gives the keys that the server may know beside the one that asks, to be kept out of what it says; null for none.</summary>
    internal Func<IEnumerable<string>>? Keys { get; init; }

    /// <summary>Where the wire goes, without what a base URL and headers carry.</summary>
    public override string ToString() => $"{nameof(WireOptions)} {{ Name = {Name}, BaseUrl = {ProviderRegistry.WithoutSecrets(BaseUrl)} }}";
}
