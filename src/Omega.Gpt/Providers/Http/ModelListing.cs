using System.Text.Json;

namespace Omega.Gpt.Providers.Http;

/// <summary>A provider's <c>…/models</c>: one bounded GET.</summary>
internal static class ModelListing
{
    private const int MaxBytes = 8 << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>Asks for the list.</summary>
    /// <param name="options">Where the provider is and who asks.</param>
    /// <param name="wire">What it speaks.</param>
    /// <param name="time">The clock that bounds the wait.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<IReadOnlyList<string>> AskAsync(WireOptions options, WireKind wire, TimeProvider time, CancellationToken cancellationToken)
    {
        var endpoint = BaseUrl.Endpoint(options.BaseUrl, "models");
        var secrets = WireSecrets.Of(endpoint);
        using var limit = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var message = new HttpRequestMessage(HttpMethod.Get, endpoint);
            foreach (var (name, value) in options.Headers ?? new Dictionary<string, string>())
                message.Headers.TryAddWithoutValidation(name, value);
            if (options.Auth is { } auth)
            {
                var (header, secret) = await auth.GetAsync(both.Token).ConfigureAwait(false);
                secrets = secrets.With(secret, options.Keys?.Invoke());
                message.Headers.TryAddWithoutValidation(auth.HeaderName, header);
            }

            if (wire == WireKind.Anthropic)
                message.Headers.TryAddWithoutValidation("anthropic-version", "2023-06-01");
            using var response = await (options.Client?.Invoke() ?? WireProvider.SharedClient).SendAsync(message, HttpCompletionOption.ResponseHeadersRead, both.Token).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
                throw await RefusedAsync(response, options.Name, secrets, both.Token).ConfigureAwait(false);
            var body = await response.Content.ReadAsStreamAsync(both.Token).ConfigureAwait(false);
            return [.. Read(await ReadAllAsync(body, both.Token).ConfigureAwait(false)).Select(secrets.Remove)];
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw Fail(GptErrorKind.Timeout, $"gave no list of its models within {Patience.TotalSeconds:0} s", exception);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw Fail(GptErrorKind.Connection, $"could not be reached at {endpoint.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped)}: {exception.InnerException?.Message ?? exception.Message}", exception);
        }
        catch (JsonException exception)
        {
            throw Fail(GptErrorKind.StreamProtocol, "answered with something else than a list of models; the base URL is probably wrong", exception);
        }

        GptException Fail(GptErrorKind kind, string what, Exception cause) =>
            new(kind, secrets.Redact($"{options.Name} {what}."), secrets.Clean(cause)) { Phase = GptPhase.Connect, Provider = options.Name };
    }

    /// <summary>The names in a list: <c>data[].id</c>, as everybody writes them; Google's own begin with <c>models/</c>.</summary>
    /// <exception cref="JsonException">It is no such list.</exception>
    public static IReadOnlyList<string> Read(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.Array)
            throw new JsonException("No list of models.");
        var names = new List<string>();
        foreach (var model in data.EnumerateArray())
        {
            if (model.ValueKind == JsonValueKind.Object && model.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String && id.GetString() is { Length: > 0 } name)
                names.Add(name.StartsWith("models/", StringComparison.Ordinal) ? name["models/".Length..] : name);
        }

        return names;
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAllAsync(Stream body, CancellationToken cancellationToken)
    {
        using var all = new MemoryStream();
        var buffer = new byte[64 * 1024];
        int count;
        while ((count = await body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            if (all.Length + count > MaxBytes)
                throw new JsonException("The list is too long.");
            all.Write(buffer, 0, count);
        }

        return all.GetBuffer().AsMemory(0, (int)all.Length);
    }

    private static async Task<GptException> RefusedAsync(HttpResponseMessage response, string provider, WireSecrets secrets, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        var (text, json) = await WireProvider.ReadErrorAsync(response, null, cancellationToken).ConfigureAwait(false);
        var found = json is { } document && ProviderError.Find(document) is { } error
            ? ProviderError.From(error, status, provider, "")
            : new GptException(ProviderError.Classify(status, null, null, text), $"{provider} refused to list its models: HTTP {status}");
        return new GptException(found.Kind, secrets.Redact(found.Message)) { Phase = GptPhase.Connect, Provider = provider, StatusCode = status };
    }
}
