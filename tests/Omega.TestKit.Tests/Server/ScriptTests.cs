using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Omega.TestKit.Tests;

public sealed class ScriptTests
{
    [Fact]
    public async Task Enqueue_ThenRespond_QueueComesFirst()
    {
        await using var server = ModelServer.Start().Enqueue(Reply.Json("1"), Reply.Json("2")).Respond(_ => Reply.Json("3"));
        using var client = new Client(server);

        Assert.Equal(2, server.Unserved);
        Assert.Equal(["1", "2", "3", "3"], [await client.AskAsync(), await client.AskAsync(), await client.AskAsync(), await client.AskAsync()]);
        Assert.Equal(0, server.Unserved);
        server.ThrowIfFaulted();
    }

    [Fact]
    public async Task Models_Asked_AnsweredBesideTheScript()
    {
        await using var server = ModelServer.Start().Enqueue(Reply.Json("1"));
        server.Models = Reply.ModelList("gpt-a", "gpt-b");
        using var http = new HttpClient();

        using var models = JsonDocument.Parse(await http.GetStringAsync(server.Url("/v1/models")).Soon());

        Assert.Equal(["gpt-a", "gpt-b"], models.RootElement.GetProperty("data").EnumerateArray().Select(model => model.GetProperty("id").GetString()));
        Assert.Equal(1, server.Unserved);
    }

    [Fact]
    public async Task Request_NothingScripted_500AndAFault()
    {
        await using var server = ModelServer.Start();
        using var client = new Client(server);

        using var response = await client.PostAsync("/v1/messages");

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Contains("No reply is scripted", Assert.Single(server.Faults).Message, StringComparison.Ordinal);
        Assert.Throws<AggregateException>(server.ThrowIfFaulted);
    }

    [Fact]
    public async Task Respond_Throws_500AndAFault()
    {
        await using var server = ModelServer.Start().Respond(_ => throw new InvalidOperationException("Oh."));
        using var client = new Client(server);

        using var response = await client.PostAsync();

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.IsType<InvalidOperationException>(Assert.Single(server.Faults).InnerException);
    }

    [Fact]
    public async Task CutAt_BeyondTheBody_RefusedAtOnce()
    {
        await using var server = ModelServer.Start();

        Assert.Throws<ArgumentOutOfRangeException>(() => Reply.Json("{}").CutAt(3, BodyEnd.Reset));
        Assert.Throws<ArgumentOutOfRangeException>(() => Reply.Json("{}").CutAt(-1, BodyEnd.Reset));
    }

    [Fact]
    public async Task WaitForRequest_NotYetArrived_CompletesWhenItDoes()
    {
        await using var server = ModelServer.Start().Respond(_ => Reply.Json("{}"));
        using var client = new Client(server);
        var waiting = server.WaitForRequestAsync(2);

        await client.AskAsync(body: "[1]");
        Assert.False(waiting.IsCompleted);
        await client.AskAsync(body: "[2]");

        Assert.Equal("[2]", (await waiting.Soon()).BodyText);
        Assert.Equal("[1]", (await server.WaitForRequestAsync()).BodyText);
    }

    [Fact]
    public async Task WaitForRequest_NeverArrives_SaysWhatDid()
    {
        await using var server = ModelServer.Start().Respond(_ => Reply.Json("{}"));
        using var client = new Client(server);
        await client.AskAsync();

        var error = await Assert.ThrowsAsync<TimeoutException>(() => server.WaitForRequestAsync(2, TimeSpan.FromMilliseconds(20)));

        Assert.Contains("#1 POST /v1/chat/completions", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Client_ResetsMidAnswer_ClientAborted()
    {
        var gate = new Gate();
        await using var server = ModelServer.Start().Enqueue(Reply.Open().Send("data: 1\n\n").Wait(gate).Send("data: 2\n\n"));
        await using var raw = await RawClient.ConnectAsync(server);
        await raw.SendAsync("POST /v1/responses HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n\r\n{}");
        await gate.Reached.Soon();

        raw.Reset();

        await server.Requests[0].ClientAborted.Soon();
        Assert.Empty(server.Faults);
    }

    [Fact]
    public async Task Client_SpeaksNoHttp_FaultAnd400()
    {
        await using var server = ModelServer.Start();
        await using var raw = await RawClient.ConnectAsync(server);

        await raw.SendAsync("HELO there friend of mine\r\n\r\n");
        var reading = raw.ReadToEndAsync();

        Assert.StartsWith("HTTP/1.1 400 ", await reading, StringComparison.Ordinal);
        Assert.Contains("HELO", Assert.Single(server.Faults).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dispose_AnswersUnderWay_EndsThemAll()
    {
        var server = ModelServer.Start().Respond(_ => Reply.Open().Send("data: 1\n\n").Stall());
        using var client = new Client(server);
        using var first = await client.PostAsync();
        using var second = await client.PostAsync();
        var late = server.WaitForRequestAsync(3);

        await server.DisposeAsync().AsTask().Soon();

        Assert.Equal(0, server.OpenConnections);
        Assert.Equal(AnswerOutcome.ServerStopped, await server.Requests[0].Ended);
        Assert.Equal(AnswerOutcome.ServerStopped, await server.Requests[1].Ended);
        Assert.NotNull((await Client.DrainAsync(first)).Error);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => late);
        Assert.Empty(server.Faults);
        using var http = new HttpClient();
        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(server.Url("/v1/models")));
        Assert.Equal(SocketError.ConnectionRefused, Assert.IsType<SocketException>(refused.InnerException).SocketErrorCode);
    }

    [Fact]
    public async Task Error_EachProvidersShape_StatusTypeAndHeaders()
    {
        await using var server = ModelServer.Start().Enqueue(
            Reply.OpenAIError(400, "Bad.", "invalid_request_error", "context_length_exceeded", "messages"),
            Reply.AnthropicError(529, "Overloaded", "overloaded_error", "req_9"),
            Reply.RateLimited(Wire.ChatCompletions, TimeSpan.FromSeconds(1.5)).WithRetryAfterMs(1500).WithRateLimits(100, 0, 1000, 17, "6m0s"),
            Reply.RateLimited(Wire.Anthropic),
            Reply.QuotaExceeded());
        using var client = new Client(server);

        using var openAI = await client.PostAsync();
        using var anthropic = await client.PostAsync("/v1/messages");
        using var limited = await client.PostAsync();
        using var limitedAnthropic = await client.PostAsync("/v1/messages");
        using var quota = await client.PostAsync();

        Assert.Equal(HttpStatusCode.BadRequest, openAI.StatusCode);
        Assert.Equal(
            """{"error":{"message":"Bad.","type":"invalid_request_error","param":"messages","code":"context_length_exceeded"}}""",
            await openAI.Content.ReadAsStringAsync());
        Assert.Equal(529, (int)anthropic.StatusCode);
        Assert.Equal(
            """{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"},"request_id":"req_9"}""",
            await anthropic.Content.ReadAsStringAsync());
        Assert.Equal("req_9", anthropic.Headers.GetValues("request-id").Single());
        Assert.Equal(TimeSpan.FromSeconds(2), limited.Headers.RetryAfter?.Delta);
        Assert.Equal("1500", limited.Headers.GetValues("retry-after-ms").Single());
        Assert.Equal("6m0s", limited.Headers.GetValues("x-ratelimit-reset-tokens").Single());
        Assert.Contains("rate_limit_error", await limitedAnthropic.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Null(limitedAnthropic.Headers.RetryAfter);
        Assert.Contains("insufficient_quota", await quota.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public void Reply_Changed_TheOriginalStaysAsItWas()
    {
        var original = Reply.Json("{}");

        _ = original.WithStatus(500).WithHeader("a", "b").Send("more").CutAt(1, BodyEnd.Reset);

        Assert.Equal(200, original.Status);
        Assert.Single(original.Headers);
        Assert.Equal(2, original.BodyLength);
        Assert.Null(original.Cut);
    }
}
