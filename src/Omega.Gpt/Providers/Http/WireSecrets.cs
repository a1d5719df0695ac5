namespace Omega.Gpt.Providers.Http;

/// <summary>What a wire sends to its server and must not come back from it into a message, an event or a log: the key, and what the base URL carries.</summary>
internal sealed class WireSecrets
{
    private const string Mark = "[key]";
    private const int Shortest = 4; // what is shorter would be taken out of ordinary words
    private const int ShortestInUrl = 8;

    private static readonly string[] SecretNames = ["key", "token", "secret", "sig", "pass", "auth", "code", "credential"];

    private readonly string[] _all;

    private WireSecrets(IEnumerable<string> secrets) => _all = [.. secrets.Where(secret => secret.Length >= Shortest).Distinct().OrderByDescending(secret => secret.Length)];

    /// <summary>The secrets, the longest first: a part of a longer one is not to be taken out before it.</summary>
    public IReadOnlyList<string> All => _all;

    /// <summary>User, password and those values of the query that are named like secrets, as they stand and decoded.</summary>
    /// <param name="url">The base URL, or an endpoint under it.</param>
    public static WireSecrets Of(Uri url)
    {
        var values = url.Query.TrimStart('?').Split('&').Select(pair => pair.Split('=', 2))
            .Where(pair => pair.Length == 2 && SecretNames.Any(name => pair[0].Contains(name, StringComparison.OrdinalIgnoreCase)))
            .Select(pair => pair[1])
            .Concat(url.UserInfo.Split(':'))
            .ToList();
        return new WireSecrets(values.Concat(values.Select(Uri.UnescapeDataString)).Where(value => value.Length >= ShortestInUrl));
    }

    /// <summary>These, and the key that a request is sent with.</summary>
    /// <param name="key">The key; null for none.</param>
    /// <param name="others">Other keys that the server may have seen.</param>
    public WireSecrets With(string? key, IEnumerable<string>? others = null) => new([.. _all, key ?? "", .. others ?? []]);

    /// <summary>A text without the secrets, and without what looks like a key.</summary>
    public string Redact(string text) => ProviderError.Redact(Remove(text), null);

    /// <summary>A text without the secrets.</summary>
    public string Remove(string text)
    {
        foreach (var secret in _all)
            text = text.Replace(secret, Mark, StringComparison.Ordinal);
        return text;
    }

    /// <summary>A cause that may be shown whole: one whose words hold a secret (a header that cannot be read is quoted) keeps its words alone, without it.</summary>
    public Exception? Clean(Exception? cause) =>
        cause is not null && _all.Any(secret => cause.ToString().Contains(secret, StringComparison.Ordinal)) ? new IOException(Redact(cause.InnerException?.Message ?? cause.Message)) : cause;
}
