using System.Text.RegularExpressions;

namespace Omega.Gpt.Providers.Http;

/// <summary>Base URLs as people write them: with or without a trailing slash, <c>/v1</c>, or the endpoint itself.</summary>
internal static partial class BaseUrl
{
    private static readonly string[] Endpoints = ["/chat/completions", "/responses", "/messages", "/models"];

    /// <summary>The URL of an endpoint.</summary>
    /// <param name="baseUrl">As the person wrote it.</param>
    /// <param name="endpoint">Such as <c>chat/completions</c>, without a leading slash.</param>
    /// <exception cref="GptException">Not an absolute http or https URL.</exception>
    public static Uri Endpoint(string baseUrl, string endpoint)
    {
        if (!Uri.TryCreate(baseUrl.Trim(), UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            throw new GptException(GptErrorKind.BadRequest, $"The base URL \"{Shown(baseUrl)}\" is not an http or https URL. Example: http://localhost:11434/v1")
            {
                Phase = GptPhase.Request,
            };
        }

        var path = uri.AbsolutePath.TrimEnd('/');
        if (Endpoints.FirstOrDefault(known => path.EndsWith(known, StringComparison.OrdinalIgnoreCase)) is { } given)
            path = path[..^given.Length]; // whoever writes the endpoint out knows whether a version belongs before it
        else if (!Version().IsMatch(path))
            path += "/v1";
        return new Uri($"{uri.GetLeftPart(UriPartial.Authority)}{path}/{endpoint}{uri.Query}");
    }

    // A URL may carry a password before an @, and keys after a question mark.
    private static string Shown(string baseUrl) => Secret().Replace(baseUrl, "…");

    [GeneratedRegex(@"(?<=//)[^/@]*(?=@)|^[^/@]*:[^/@]*(?=@)|(?<=\?).*", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Secret();

    // A segment such as v1, v4 or v1beta says that the path is complete as it stands.
    [GeneratedRegex(@"/v\d+(alpha|beta)?\d*(/|$)", RegexOptions.CultureInvariant)]
    private static partial Regex Version();
}
