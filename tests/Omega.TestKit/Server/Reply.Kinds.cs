using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Omega.TestKit;

/// <summary>The answers by kind: streams, documents, refusals, and the ways of giving none.</summary>
public sealed partial record Reply
{
    /// <summary>A stream of the given builder, one write per event.</summary>
    public static Reply Stream(WireStream stream) =>
        new Reply().WithContentType("text/event-stream; charset=utf-8").Then(stream.Steps);

    /// <summary>A stream of bytes as they are, one write per array.</summary>
    public static Reply Stream(IEnumerable<byte[]> chunks) =>
        new Reply().WithContentType("text/event-stream; charset=utf-8").Then(chunks.Select(chunk => new SendStep(chunk)));

    public static Reply Stream(params byte[][] chunks) => Stream((IEnumerable<byte[]>)chunks);

    /// <summary>A 200 whose body the caller adds by steps; chunked.</summary>
    public static Reply Open(string contentType = "text/event-stream; charset=utf-8") => new Reply().WithContentType(contentType);

    public static Reply Document(string contentType, ReadOnlyMemory<byte> body, int status = 200) =>
        new Reply { Status = status, Framing = Framing.ContentLength }.WithContentType(contentType).Send(body);

    public static Reply Json(string json, int status = 200) => Document("application/json", Encoding.UTF8.GetBytes(json), status);

    public static Reply Json(JsonNode json, int status = 200) => Json(json.ToJsonString(), status);

    /// <summary>A page as proxies and firewalls send them in place of an answer.</summary>
    public static Reply Html(int status = 502, string title = "502 Bad Gateway") => Document(
        "text/html; charset=utf-8",
        Encoding.UTF8.GetBytes($"<html>\r\n<head><title>{title}</title></head>\r\n<body><center><h1>{title}</h1></center></body>\r\n</html>\r\n"),
        status);

    /// <summary>No body: <c>Content-Length: 0</c>.</summary>
    public static Reply Empty(int status = 200) => new() { Status = status, Framing = Framing.ContentLength };

    public static Reply Redirect(string location, int status = 307) => Empty(status).WithHeader("location", location);

    /// <summary>The request is read; nothing is ever answered.</summary>
    public static Reply Silence() => Raw().End(BodyEnd.Stall);

    /// <summary>RST instead of an answer.</summary>
    public static Reply ResetBeforeHead() => Raw().End(BodyEnd.Reset);

    /// <summary>FIN instead of an answer.</summary>
    public static Reply CloseBeforeHead() => Raw().End(BodyEnd.CloseWithoutLastChunk);

    /// <summary>Bytes in place of an HTTP answer, one write each; then FIN, unless the steps end otherwise.</summary>
    public static Reply Raw(params string[] writes) =>
        new Reply { Framing = Framing.Raw }.Then(writes.Select(text => new SendStep(Encoding.Latin1.GetBytes(text))));

    /// <summary>An error as OpenAI and those who speak like it write it.</summary>
    public static Reply OpenAIError(int status, string message, string? type = "invalid_request_error", string? code = null, string? param = null) =>
        Json(
            new JsonObject { ["error"] = new JsonObject { ["message"] = message, ["type"] = type, ["param"] = param, ["code"] = code } },
            status);

    /// <summary>An error as Anthropic writes it.</summary>
    public static Reply AnthropicError(int status, string message, string type = "invalid_request_error", string requestId = "req_test_1") =>
        Json(
            new JsonObject
            {
                ["type"] = "error",
                ["error"] = new JsonObject { ["type"] = type, ["message"] = message },
                ["request_id"] = requestId,
            },
            status).WithHeader("request-id", requestId);

    /// <summary>An error in the shape of the wire, with the type that the provider gives for the status.</summary>
    public static Reply Error(Wire wire, int status, string message) => wire == Wire.Anthropic
        ? AnthropicError(status, message, AnthropicType(status))
        : OpenAIError(status, message, OpenAIType(status), OpenAICode(status));

    /// <summary>429 in the shape of the wire, with <c>Retry-After</c> in whole seconds where given.</summary>
    public static Reply RateLimited(Wire wire, TimeSpan? retryAfter = null)
    {
        var reply = Error(wire, 429, "Rate limit reached for requests.");
        return retryAfter is { } time ? reply.WithRetryAfter(time) : reply;
    }

    /// <summary>429 that no retry will mend: the account has no money left.</summary>
    public static Reply QuotaExceeded() =>
        OpenAIError(429, "You exceeded your current quota.", "insufficient_quota", "insufficient_quota");

    /// <summary>The answer to a list of models, in OpenAI's shape.</summary>
    public static Reply ModelList(params string[] ids) => Json(new JsonObject
    {
        ["object"] = "list",
        ["data"] = new JsonArray([.. ids.Select(id => new JsonObject
        {
            ["id"] = id, ["object"] = "model", ["created"] = 1_760_000_000, ["owned_by"] = "test",
        })]),
    });

    /// <summary><c>Retry-After</c> in seconds, rounded up.</summary>
    public Reply WithRetryAfter(TimeSpan time) =>
        WithHeader("retry-after", Math.Ceiling(time.TotalSeconds).ToString(CultureInfo.InvariantCulture));

    /// <summary><c>Retry-After</c> as an HTTP date.</summary>
    public Reply WithRetryAfter(DateTimeOffset at) => WithHeader("retry-after", at.ToString("R", CultureInfo.InvariantCulture));

    /// <summary><c>retry-after-ms</c></summary>
    public Reply WithRetryAfterMs(long milliseconds) => WithHeader("retry-after-ms", milliseconds.ToString(CultureInfo.InvariantCulture));

    /// <summary>OpenAI's <c>x-ratelimit-*</c> headers; resets are written like <c>6m0s</c>.</summary>
    public Reply WithRateLimits(int limitRequests, int remainingRequests, int limitTokens, int remainingTokens, string reset = "1s") =>
        WithHeader("x-ratelimit-limit-requests", limitRequests.ToString(CultureInfo.InvariantCulture))
            .WithHeader("x-ratelimit-remaining-requests", remainingRequests.ToString(CultureInfo.InvariantCulture))
            .WithHeader("x-ratelimit-reset-requests", reset)
            .WithHeader("x-ratelimit-limit-tokens", limitTokens.ToString(CultureInfo.InvariantCulture))
            .WithHeader("x-ratelimit-remaining-tokens", remainingTokens.ToString(CultureInfo.InvariantCulture))
            .WithHeader("x-ratelimit-reset-tokens", reset);

    private static string OpenAIType(int status) => status switch
    {
        401 or 403 => "authentication_error",
        429 => "requests",
        >= 500 => "server_error",
        _ => "invalid_request_error",
    };

    private static string? OpenAICode(int status) => status switch
    {
        401 => "invalid_api_key",
        404 => "model_not_found",
        429 => "rate_limit_exceeded",
        _ => null,
    };

    private static string AnthropicType(int status) => status switch
    {
        401 => "authentication_error",
        403 => "permission_error",
        404 => "not_found_error",
        413 => "request_too_large",
        429 => "rate_limit_error",
        529 => "overloaded_error",
        >= 500 => "api_error",
        _ => "invalid_request_error",
    };
}
