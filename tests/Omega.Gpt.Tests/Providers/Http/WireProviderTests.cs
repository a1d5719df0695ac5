using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Omega.Gpt.Providers;
using Omega.Gpt.Providers.ChatCompletions;
using Omega.Gpt.Providers.Http;
using Omega.TestKit;

namespace Omega.Gpt.Tests.Providers.Http;

/// <summary>What every wire over HTTP shares, seen through Chat Completions.</summary>
public sealed class WireProviderTests
{
    private const string Key = "hush-0123456789-abcdef";

    private static readonly CancellationToken None = TestContext.Current.CancellationToken;
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<int, string, GptErrorKind> Errors => new()
    {
        { 400, """{"error":{"message":"Bad field.","type":"invalid_request_error","code":null}}""", GptErrorKind.BadRequest },
        { 400, """{"error":{"message":"Too long.","type":"invalid_request_error","code":"context_length_exceeded"}}""", GptErrorKind.ContextWindowExceeded },
        { 400, """{"error":{"message":"Filtered.","code":"content_filter"}}""", GptErrorKind.ContentFilter },
        { 401, """{"error":{"message":"Who?","type":"invalid_request_error","code":"invalid_api_key"}}""", GptErrorKind.Authentication },
        { 401, """{"error":{"message":"Who?","code":"invalid_token"}}""", GptErrorKind.Authentication },
        { 401, "", GptErrorKind.Authentication },
        { 402, """{"error":{"message":"Insufficient Balance"}}""", GptErrorKind.QuotaExceeded },
        { 403, """{"error":{"message":"Not your country."}}""", GptErrorKind.Permission },
        { 404, """{"error":{"message":"No model m.","type":"invalid_request_error","code":"model_not_found"}}""", GptErrorKind.ModelNotFound },
        { 404, """{"error":"model 'm' not found"}""", GptErrorKind.ModelNotFound },
        { 404, "404 page not found", GptErrorKind.BadRequest },
        { 413, "<html>too large</html>", GptErrorKind.BadRequest },
        { 422, """{"detail":"Field required"}""", GptErrorKind.BadRequest },
        { 429, """{"error":{"message":"Slow down.","type":"requests","code":"rate_limit_exceeded"}}""", GptErrorKind.RateLimit },
        { 429, """{"error":{"message":"Pay.","type":"insufficient_quota","code":"insufficient_quota"}}""", GptErrorKind.QuotaExceeded },
        { 429, "{", GptErrorKind.RateLimit },
        { 500, """{"error":{"message":"boom","type":"server_error"}}""", GptErrorKind.Server },
        { 502, "<html>Bad Gateway</html>", GptErrorKind.Server },
        { 503, """{"message":"Service Unavailable"}""", GptErrorKind.Overloaded },
        { 504, "", GptErrorKind.Server },
        { 529, """{"error":{"type":"overloaded_error","message":"Overloaded"}}""", GptErrorKind.Overloaded },
        { 200, """{"error":{"message":"Slow down.","code":429}}""", GptErrorKind.RateLimit },
        { 200, """{"object":"error","message":"boom","code":500}""", GptErrorKind.Server },
        { 200, """[{"error":{"message":"Busy.","code":503}}]""", GptErrorKind.Overloaded },
    };

    [Theory]
    [MemberData(nameof(Errors))]
    public async Task StreamAsync_ErrorAnswer_IsTypedAndKeepsItsSecret(int status, string body, GptErrorKind kind)
    {
        var (deltas, error) = await AnswerAsync(() => Response(status, body, body.StartsWith('<') ? "text/html" : "application/json"));

        Assert.Empty(deltas);
        Assert.Equal((kind, GptPhase.Connect, status), (error!.Kind, error.Phase, error.StatusCode));
        Assert.Equal(("test", "m", "req_9"), (error.Provider, error.Model, error.RequestId));
        Assert.Equal(
            kind is GptErrorKind.RateLimit or GptErrorKind.Server or GptErrorKind.Overloaded,
            error.IsRetryable);
        Assert.Null(error.RetryAfter);
        Assert.StartsWith("test: ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/html; charset=utf-8", "<html>Log in</html>")]
    [InlineData("text/html", "")]
    [InlineData("application/json", """{"choices":[{"message":{"content":"Hi"}}]}""")]
    [InlineData("application/json", """{"message":"Welcome to the API","detail":"See /docs"}""")]
    [InlineData("application/json", "{\"error\":null,")]
    [InlineData("text/plain", "Ollama is running")]
    public async Task StreamAsync_SuccessThatIsNoEventStream_BlamesTheBaseUrlAndIsNotRetryable(string mediaType, string body)
    {
        var (deltas, error) = await AnswerAsync(() => Response(200, body, mediaType), "http://me:open-sesame@memory.invalid/wrong?key=open-sesame");

        Assert.Empty(deltas);
        Assert.Equal((GptErrorKind.StreamProtocol, GptPhase.Connect, 200, false), (error!.Kind, error.Phase, error.StatusCode, error.IsRetryable));
        Assert.StartsWith($"test: http://memory.invalid/wrong/v1/chat/completions answered with {mediaType.Split(';')[0]}, not with an event stream. The base URL is probably wrong", error.Message, StringComparison.Ordinal);
        Assert.EndsWith($"It began: {(body.Length == 0 ? "(nothing)" : body)}", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("sesame", error.ToString(), StringComparison.Ordinal);
    }

    public static TheoryData<string, string, double?> Waits => new()
    {
        { "Retry-After", "7", 7 },
        { "Retry-After", "0", 0 },
        { "Retry-After", "1.5", 1.5 },
        { "Retry-After", "Mon, 23 Nov 2026 12:00:30 GMT", 30 },
        { "Retry-After", "Mon, 23 Nov 2026 11:00:00 GMT", 0 },
        { "Retry-After", "soon", null },
        { "Retry-After", "-3", null },
        { "retry-after-ms", "250", 0.25 },
        { "retry-after-ms", "soon", null },
    };

    [Theory]
    [MemberData(nameof(Waits))]
    public async Task StreamAsync_RetryAfter_IsRead(string header, string value, double? seconds)
    {
        var (_, error) = await AnswerAsync(() =>
        {
            var response = Response(429, """{"error":{"message":"Slow down."}}""");
            response.Headers.TryAddWithoutValidation(header, value);
            return response;
        });

        Assert.Equal(seconds, error!.RetryAfter?.TotalSeconds);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(307)]
    public async Task StreamAsync_Redirect_IsNotFollowedButNamed(int status)
    {
        var (_, error) = await AnswerAsync(() =>
        {
            var response = Response(status, "");
            response.Headers.Location = new Uri("https://elsewhere.invalid/v1");
            return response;
        });

        Assert.Equal((GptErrorKind.BadRequest, GptPhase.Connect, status, false), (error!.Kind, error.Phase, error.StatusCode, error.IsRetryable));
        Assert.Contains("https://elsewhere.invalid/v1", error.Message, StringComparison.Ordinal);
    }

    public static TheoryData<int, string, string> Echoes => new()
    {
        { 401, "application/json", $$$"""{"error":{"message":"Incorrect API key provided: {{{Key}}}"}}""" },
        { 500, "text/plain", $"Headers: Authorization: Bearer {Key}" },
        { 200, "text/html", $"<html>{new string('x', 180)}{Key}</html>" },
        { 200, "text/event-stream", $"data: {{\"error\":{{\"message\":\"no {Key} here\"}}}}\n\n" },
        { 200, "text/event-stream", $"data: {Key}\n\n" },
        { 200, "text/event-stream", $"data: {{\"choices\":{Key}}}\n\n" },
        { 200, "text/event-stream", $"event: error\ndata: {Key}\n\n" },
        { 307, "text/plain", "" },
    };

    [Theory]
    [MemberData(nameof(Echoes))]
    public async Task StreamAsync_ServerThatEchoesTheKey_DoesNotGetItIntoTheException(int status, string mediaType, string body)
    {
        var (_, error) = await AnswerAsync(() =>
        {
            var response = Response(status, body, mediaType);
            response.Headers.Location = new Uri($"https://elsewhere.invalid/?key={Key}");
            return response;
        });

        Assert.NotNull(error);
        Assert.DoesNotContain(Key, error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Key[..^4], error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task StreamAsync_SecretsInTheBaseUrl_DoNotGetIntoTheException()
    {
        var (_, error) = await AnswerAsync(() => Response(500, "", "text/plain"), "http://me:open-sesame@memory.invalid/v1?code=open-sesame");

        Assert.Contains("http://memory.invalid/v1/chat/completions", error!.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("sesame", error.ToString(), StringComparison.Ordinal);
    }

    public static TheoryData<string, string?, GptErrorKind, string> Streams => new()
    {
        { "", "text/event-stream", GptErrorKind.StreamInterrupted, "without sending anything" },
        { "", null, GptErrorKind.StreamInterrupted, "without sending anything" },
        { Hello, "text/event-stream; charset=utf-8", GptErrorKind.StreamInterrupted, "ended before its last event" },
        { Hello + "data: [DONE]", "text/event-stream", GptErrorKind.StreamInterrupted, "ended before its last event" },
        { Hello + "data: {\"choices\":[{\n\n", "text/event-stream", GptErrorKind.StreamProtocol, "not the JSON its wire promises: {\"choices\":[{" },
        { Hello + "data: [DONE]\n\n", "text/event-stream", GptErrorKind.StreamProtocol, "without a finish reason" },
        { Hello + "data: {\"error\":{\"code\":503,\"message\":\"Busy.\"}}\n\n", "text/event-stream", GptErrorKind.Overloaded, "Busy." },
    };

    private const string Hello = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hello\"}}]}\n\n";

    [Theory]
    [MemberData(nameof(Streams))]
    public async Task StreamAsync_StreamThatBreaks_GivesItsTextAndThenTheError(string body, string? mediaType, GptErrorKind kind, string said)
    {
        var (deltas, error) = await AnswerAsync(() => Response(200, body, mediaType));

        Assert.Equal(body.Length == 0 ? "" : "Hello", string.Concat(deltas.OfType<TextDelta>().Select(delta => delta.Text)));
        Assert.Equal((kind, GptPhase.Step, true, "req_9"), (error!.Kind, error.Phase, error.IsRetryable, error.RequestId));
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StreamAsync_LineWithoutEnd_IsGivenUp()
    {
        var (deltas, error) = await AnswerAsync(() => Response(200, Hello + "data: " + new string('x', 5 << 20), "text/event-stream"));

        Assert.Equal("Hello", string.Concat(deltas.OfType<TextDelta>().Select(delta => delta.Text)));
        Assert.Equal((GptErrorKind.StreamProtocol, GptPhase.Step, true), (error!.Kind, error.Phase, error.IsRetryable));
        Assert.True(error.Message.Length < 500, error.Message);
    }

    [Fact]
    public async Task StreamAsync_WholeStream_CarriesTheRequestId()
    {
        var (deltas, error) = await AnswerAsync(() => Response(200, Hello.Replace("}]}", ",\"finish_reason\":\"stop\"}]}", StringComparison.Ordinal).Replace("}},", "},", StringComparison.Ordinal) + "data: [DONE]\n\nrubbish", "text/event-stream"));

        Assert.Null(error);
        Assert.Equal("req_9", Assert.IsType<StartedDelta>(deltas[0]).RequestId);
        Assert.IsType<FinishedDelta>(deltas[^1]);
    }

    [Fact]
    public async Task StreamAsync_NobodyListens_IsAConnectionError()
    {
        using var port = new RefusingPort();
        var (_, error) = await ReadAsync(new ChatCompletionsProvider(Options(port.BaseUrl)), None);

        Assert.Equal((GptErrorKind.Connection, GptPhase.Connect, true, null), (error!.Kind, error.Phase, error.IsRetryable, error.StatusCode));
        Assert.Contains($"Could not reach test at {port.BaseUrl}", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(BodyEnd.CloseWithoutLastChunk)]
    [InlineData(BodyEnd.Reset)]
    [InlineData(BodyEnd.EndCleanly)]
    public async Task StreamAsync_ConnectionThatBreaks_IsInterrupted(BodyEnd end)
    {
        await using var server = ModelServer.Start();
        server.Enqueue(Reply.Stream(ChatCompletionsStream.Create().Text("Hel")).End(end));

        var (_, error) = await ReadAsync(new ChatCompletionsProvider(Options(server.BaseUrl)), None);

        Assert.Equal((GptErrorKind.StreamInterrupted, GptPhase.Step, true), (error!.Kind, error.Phase, error.IsRetryable));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task StreamAsync_CancelledInSilence_StopsAtOnceAndHangsUp(bool beforeHead)
    {
        await using var server = ModelServer.Start();
        server.Enqueue(beforeHead ? Reply.Silence() : Reply.Stream(ChatCompletionsStream.Create().Text("Hel")).Stall());
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(None);
        var reading = ReadAsync(new ChatCompletionsProvider(Options(server.BaseUrl)), cancel.Token);
        var request = await server.WaitForRequestAsync(cancellationToken: None);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.Soon());
        await request.ClientAborted.Soon();
    }

    [Theory]
    [InlineData("Content-Type", "text/plain")]
    [InlineData("bad name", "x")]
    [InlineData("X-Title", "a\r\nX-Other: b")]
    public async Task StreamAsync_HeaderThatARequestCannotCarry_IsRefusedByName(string name, string value)
    {
        var provider = new ChatCompletionsProvider(Options("http://memory.invalid") with { Headers = new Dictionary<string, string> { [name] = value } });

        var (_, error) = await ReadAsync(provider, None);

        Assert.Equal((GptErrorKind.BadRequest, GptPhase.Request), (error!.Kind, error.Phase));
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StreamAsync_KeyThatAHeaderCannotCarry_IsRefusedUnseen()
    {
        var (_, error) = await ReadAsync(new ChatCompletionsProvider(Options("http://memory.invalid") with { Auth = ProviderAuth.Bearer(Key + "\n") }), None);

        Assert.Equal(GptErrorKind.Authentication, error!.Kind);
        Assert.DoesNotContain(Key, error.ToString(), StringComparison.Ordinal);
    }

    private static WireOptions Options(string baseUrl) => new() { Name = "test", BaseUrl = baseUrl, Auth = ProviderAuth.Bearer(Key) };

    private static async Task<(List<ModelDelta> Deltas, GptException? Error)> AnswerAsync(Func<HttpResponseMessage> respond, string baseUrl = "http://memory.invalid")
    {
        using var handler = new AnswerHandler(respond);
        using var client = new HttpClient(handler);
        return await ReadAsync(new ChatCompletionsProvider(Options(baseUrl) with { Client = () => client }, new FakeTimeProvider(Now)), None);
    }

    private static async Task<(List<ModelDelta> Deltas, GptException? Error)> ReadAsync(ChatCompletionsProvider provider, CancellationToken cancellationToken)
    {
        var deltas = new List<ModelDelta>();
        try
        {
            await foreach (var delta in provider.StreamAsync(new ModelRequest { Model = "m", Messages = [Message.User("Hi")] }, cancellationToken))
                deltas.Add(delta);
        }
        catch (GptException exception)
        {
            return (deltas, exception);
        }

        return (deltas, null);
    }

    private static HttpResponseMessage Response(int status, string body, string? mediaType = "application/json")
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = mediaType is null ? null : MediaTypeHeaderValue.Parse(mediaType);
        return new HttpResponseMessage((HttpStatusCode)status) { Content = content, Headers = { { "x-request-id", "req_9" } } };
    }

    private sealed class AnswerHandler(Func<HttpResponseMessage> respond) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(respond());
    }
}
