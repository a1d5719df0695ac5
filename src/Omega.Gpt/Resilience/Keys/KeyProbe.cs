using System.Net;
using System.Text.Json;
using Omega.Gpt.Providers;
using Omega.Gpt.Providers.Http;

namespace Omega.Gpt.Resilience;

/// <summary>Asks a provider whether it knows a key, by a request that costs nothing: its list of models.</summary>
internal static class KeyProbe
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <param name="preset">The provider.</param>
    /// <param name="baseUrl">Where it is.</param>
    /// <param name="client">Sends the request.</param>
    /// <param name="key">The key.</param>
    /// <param name="others">The provider's other keys, which its words may hold too.</param>
    /// <param name="time">The clock that bounds the wait.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<KeyTest> AskAsync(ProviderPreset preset, string baseUrl, HttpClient client, ProviderKey key, IEnumerable<string> others, TimeProvider time, CancellationToken cancellationToken)
    {
        var endpoint = BaseUrl.Endpoint(baseUrl, preset.KeyCheckPath);
        var secrets = WireSecrets.Of(endpoint).With(key.Secret, others);
        using var limit = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var message = new HttpRequestMessage(HttpMethod.Get, endpoint);
            var (header, _) = await key.Auth.GetAsync(both.Token).ConfigureAwait(false);
            message.Headers.TryAddWithoutValidation(key.Auth.HeaderName, header);
            if (preset.Wire == WireKind.Anthropic)
                message.Headers.TryAddWithoutValidation("anthropic-version", "2023-06-01");
            using var response = await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, both.Token).ConfigureAwait(false);
            if (response.StatusCode == HttpStatusCode.OK)
                return Found(KeyState.Active, "the provider knows it");
            var (text, json) = await WireProvider.ReadErrorAsync(response, null, both.Token).ConfigureAwait(false);
            return Refused((int)response.StatusCode, text, json);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return Found(null, $"no answer in {Patience.TotalSeconds:0} s");
        }
        catch (HttpRequestException exception)
        {
            return Found(null, $"not reachable: {exception.InnerException?.Message ?? exception.Message}");
        }

        KeyTest Refused(int status, string text, JsonElement? json)
        {
            var error = json is { } document ? ProviderError.Find(document) : null;
            var exception = error is { } found ? ProviderError.From(found, status, preset.Name, "") : new GptException(ProviderError.Classify(status, null, null, text), $"HTTP {status}");
            return Found(
                exception.Kind switch
                {
                    GptErrorKind.Authentication => KeyState.Revoked,
                    GptErrorKind.QuotaExceeded => KeyState.Exhausted,
                    GptErrorKind.RateLimit => KeyState.Cooling,
                    _ => null,
                },
                exception.Message);
        }

        KeyTest Found(KeyState? state, string finding) => new(preset.KeyOwner, key.Id, state, secrets.Redact(finding).ReplaceLineEndings(" "));
    }
}
