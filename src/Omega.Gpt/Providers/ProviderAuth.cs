namespace Omega.Gpt.Providers;

/// <summary>How a provider is told who asks. Never printed: <see cref="ToString"/> hides the secret.</summary>
public sealed class ProviderAuth
{
    private readonly Func<CancellationToken, ValueTask<string>> _secret;

    private ProviderAuth(string header, string prefix, Func<CancellationToken, ValueTask<string>> secret) =>
        (HeaderName, Prefix, _secret) = (header, prefix, secret);

    /// <summary>The header's name, such as <c>Authorization</c>.</summary>
    public string HeaderName { get; }

    private string Prefix { get; }

    /// <summary><c>Authorization: Bearer KEY</c>.</summary>
    /// <param name="key">The key.</param>
    public static ProviderAuth Bearer(string key) => new("Authorization", "Bearer ", _ => ValueTask.FromResult(key));

    /// <summary>A key in a header of its own, such as Azure's <c>api-key</c> or Anthropic's <c>x-api-key</c>.</summary>
    /// <param name="name">The header's name.</param>
    /// <param name="key">The key.</param>
    public static ProviderAuth Header(string name, string key) => new(name, "", _ => ValueTask.FromResult(key));

    /// <summary>A bearer token asked for before every request (Microsoft Entra ID and the like); the callback caches and renews.</summary>
    /// <param name="token">Gives the token.</param>
    public static ProviderAuth Token(Func<CancellationToken, ValueTask<string>> token) => new("Authorization", "Bearer ", token);

    /// <summary>The header's kind without the secret.</summary>
    public override string ToString() => $"{HeaderName}: {Prefix}…";

    internal async ValueTask<(string Value, string Secret)> GetAsync(CancellationToken cancellationToken)
    {
        var secret = await _secret(cancellationToken).ConfigureAwait(false);
        return (Prefix + secret, secret);
    }
}
