using System.Text.RegularExpressions;

namespace Omega.Gpt.Providers;

/// <summary>Reads <c>OLLAMA_HOST</c> as Ollama's own client does: <c>host</c>, <c>host:port</c>, <c>:port</c> or a URL.</summary>
internal static partial class OllamaHost
{
    private const int DefaultPort = 11434;

    /// <summary>The base URL of Ollama's OpenAI-compatible endpoint.</summary>
    /// <param name="host">What the variable holds.</param>
    public static string ToBaseUrl(string host)
    {
        var url = host.Trim().Trim('"', '\'');
        if (url.StartsWith(':'))
            url = $"localhost{url}";
        var hasScheme = url.Contains("://", StringComparison.Ordinal);
        if (!Uri.TryCreate(hasScheme ? url : $"http://{url}", UriKind.Absolute, out var uri))
            return host;

        // Without a scheme the port is Ollama's own; with one it is the scheme's.
        var port = hasScheme || Port().IsMatch(url) ? uri.Port : DefaultPort;
        // A server that listens on every address is reached at this machine's own.
        var name = uri.Host is "0.0.0.0" or "[::]" ? "localhost" : uri.Host;
        var path = uri.AbsolutePath.TrimEnd('/');
        return $"{uri.Scheme}://{name}:{port}{path}{(path.EndsWith("/v1", StringComparison.Ordinal) ? "" : "/v1")}";
    }

    [GeneratedRegex(@":\d+(/|$)", RegexOptions.CultureInvariant)]
    private static partial Regex Port();
}
