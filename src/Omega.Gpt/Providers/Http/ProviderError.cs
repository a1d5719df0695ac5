using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Omega.Gpt.Providers.Http;

/// <summary>Errors as providers report them, by status or in the stream, in one vocabulary.</summary>
internal static partial class ProviderError
{
    private static readonly string[] RequestWords = ["invalid_", "unsupported_", "image_", "empty_image", "missing_", "unknown_parameter"];

    /// <summary>Says what kind an error is.</summary>
    /// <param name="status">HTTP status, or an in-band code that looks like one; null when there is none.</param>
    /// <param name="type">The provider's <c>type</c>.</param>
    /// <param name="code">The provider's <c>code</c>.</param>
    /// <param name="message">The provider's message.</param>
    public static GptErrorKind Classify(int? status, string? type, string? code, string? message)
    {
        var byCode = ByWord(code) ?? ByWord(type);
        // Anthropic says all of these as invalid_request_error; only the sentence tells them apart.
        if (byCode is null or GptErrorKind.BadRequest && status is null or 400 or 413 or 429 && message is not null)
        {
            if (ContextWords().IsMatch(message))
                return GptErrorKind.ContextWindowExceeded;
            if (QuotaWords().IsMatch(message))
                return GptErrorKind.QuotaExceeded;
        }

        return byCode ?? status switch
        {
            null when BlamesTheRequest(code) || BlamesTheRequest(type) => GptErrorKind.BadRequest,
            400 or 405 or 409 or 413 or 415 or 422 => GptErrorKind.BadRequest,
            401 => GptErrorKind.Authentication,
            402 => GptErrorKind.QuotaExceeded,
            403 => GptErrorKind.Permission,
            404 => message is not null && message.Contains("model", StringComparison.OrdinalIgnoreCase) ? GptErrorKind.ModelNotFound : GptErrorKind.BadRequest,
            408 or 504 => GptErrorKind.Server,
            429 => GptErrorKind.RateLimit,
            503 or 529 => GptErrorKind.Overloaded,
            >= 300 and < 500 => GptErrorKind.BadRequest,
            _ => GptErrorKind.Server,
        };
    }

    /// <summary>Whether the same request may succeed later.</summary>
    public static bool IsRetryable(GptErrorKind kind) => kind is GptErrorKind.RateLimit or GptErrorKind.Overloaded or GptErrorKind.Server
        or GptErrorKind.Connection or GptErrorKind.Timeout or GptErrorKind.StreamInterrupted or GptErrorKind.StreamProtocol;

    /// <summary>An exception from a provider's error object: <c>{"type","code","message"}</c> or a bare string.</summary>
    /// <param name="error">The object under <c>error</c>.</param>
    /// <param name="status">HTTP status; null for an in-band error.</param>
    /// <param name="provider">The provider's name.</param>
    /// <param name="model">The model asked.</param>
    public static GptException From(JsonElement error, int? status, string provider, string model)
    {
        var (type, code, message) = error.ValueKind == JsonValueKind.Object
            ? (Text(error, "type"), Text(error, "code"), Text(error, "message"))
            : (null, null, error.ToString());
        if (status is null && int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var inBand) && inBand is >= 400 and < 600)
            status = inBand;

        var kind = Classify(status, type, code, message);
        var said = string.IsNullOrWhiteSpace(message) ? (code ?? type ?? "no reason given") : message;
        return new GptException(kind, $"{provider}: {said}")
        {
            Phase = GptPhase.Step,
            Provider = provider,
            Model = model,
            StatusCode = status,
            IsRetryable = IsRetryable(kind),
        };
    }

    /// <summary>The error object of a JSON document that came with an error's status, wherever the provider puts it; null when it is none.</summary>
    public static JsonElement? Find(JsonElement document)
    {
        if (FindInAnswer(document) is { } error)
            return error;
        document = Unwrap(document);
        if (document.ValueKind != JsonValueKind.Object)
            return null;
        // At the top, as vLLM and TGI put it.
        if (document.TryGetProperty("detail", out var detail) && detail.ValueKind is JsonValueKind.String)
            return detail;
        return document.TryGetProperty("message", out var message) && message.ValueKind == JsonValueKind.String ? document : null;
    }

    /// <summary>As <see cref="Find"/> for a document that came as a success: only what calls itself an error is one.</summary>
    public static JsonElement? FindInAnswer(JsonElement document)
    {
        document = Unwrap(document);
        if (document.ValueKind != JsonValueKind.Object)
            return null;
        if (document.TryGetProperty("error", out var error) && error.ValueKind is JsonValueKind.Object or JsonValueKind.String)
            return error;
        return document.TryGetProperty("object", out var kind) && kind.ValueKind == JsonValueKind.String && kind.ValueEquals("error") ? document : null;
    }

    /// <summary><c>retry-after-ms</c>, then <c>Retry-After</c> in seconds or as a date.</summary>
    public static TimeSpan? RetryAfter(HttpResponseHeaders headers, TimeProvider time)
    {
        if (headers.TryGetValues("retry-after-ms", out var values)
            && double.TryParse(values.FirstOrDefault(), NumberStyles.Float, CultureInfo.InvariantCulture, out var ms) && ms is >= 0 and < 1e12)
        {
            return TimeSpan.FromMilliseconds(ms);
        }

        if (headers.RetryAfter?.Delta is { } delta)
            return delta;
        // Fractions of a second are no part of the standard, and sent all the same.
        if (headers.TryGetValues("Retry-After", out values)
            && double.TryParse(values.FirstOrDefault(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds < 1e9)
        {
            return TimeSpan.FromSeconds(seconds);
        }

        if (headers.RetryAfter?.Date is not { } date)
            return null;
        var wait = date - time.GetUtcNow();
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    /// <summary>A provider's words without keys: the one that was sent, and anything that looks like one.</summary>
    public static string Redact(string text, string? secret)
    {
        if (secret is { Length: >= 4 })
            text = text.Replace(secret, "[key]", StringComparison.Ordinal);
        return KeyLike().Replace(text, "[key]");
    }

    // Some compatible servers wrap the object in an array (Gemini).
    private static JsonElement Unwrap(JsonElement document) =>
        document.ValueKind == JsonValueKind.Array && document.GetArrayLength() > 0 ? document[0] : document;

    private static GptErrorKind? ByWord(string? word) => word switch
    {
        "insufficient_quota" or "billing_error" or "billing_hard_limit_reached" or "insufficient_balance" or "credits_exhausted" => GptErrorKind.QuotaExceeded,
        "rate_limit_exceeded" or "rate_limit_error" or "rate_limit" or "requests" or "tokens" or "too_many_requests" => GptErrorKind.RateLimit,
        "invalid_api_key" or "authentication_error" or "invalid_authentication" => GptErrorKind.Authentication,
        "permission_error" or "permission_denied" => GptErrorKind.Permission,
        "context_length_exceeded" => GptErrorKind.ContextWindowExceeded,
        "content_filter" or "content_policy_violation" or "image_content_policy_violation" or "invalid_prompt" => GptErrorKind.ContentFilter,
        "model_not_found" => GptErrorKind.ModelNotFound,
        "overloaded_error" or "overloaded" or "server_overloaded" or "slow_down" => GptErrorKind.Overloaded,
        "server_error" or "api_error" or "internal_error" or "internal_server_error" or "timeout_error" or "vector_store_timeout" => GptErrorKind.Server,
        "invalid_request_error" or "request_too_large" or "invalid_request" => GptErrorKind.BadRequest,
        _ => null,
    };

    // OpenAI's names for what is wrong with an image or a parameter; within a stream nothing else says whose fault it is.
    private static bool BlamesTheRequest(string? word) => word is not null
        && (RequestWords.Any(start => word.StartsWith(start, StringComparison.Ordinal)) || word is "failed_to_download_image");

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value)
        ? value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        }
        : null;

    [GeneratedRegex(@"maximum context length|context.?window|context.?length|prompt is too long|input is too long|too many (input )?tokens", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ContextWords();

    [GeneratedRegex(@"credit balance|exceeded your current quota|insufficient (balance|credits|funds)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex QuotaWords();

    [GeneratedRegex(@"\b((sk|pk|gsk|xai)[-_]|AIza)[-_A-Za-z0-9*]{12,}", RegexOptions.CultureInvariant)]
    private static partial Regex KeyLike();
}
