using System.Diagnostics;
using System.Net;
using System.Text;
using Microsoft.Extensions.Time.Testing;

namespace Omega.TestKit.Tests;

public sealed class AnswerTests
{
    [Theory]
    [InlineData("/v1/chat/completions", Wire.ChatCompletions)]
    [InlineData("/chat/completions", Wire.ChatCompletions)]
    [InlineData("/openai/v1/chat/completions?api-version=2026-01-01", Wire.ChatCompletions)]
    [InlineData("/v1/responses", Wire.Responses)]
    [InlineData("/responses", Wire.Responses)]
    [InlineData("/v1/responses/resp_1?stream=true&starting_after=7", Wire.Responses)]
    [InlineData("/v1/messages", Wire.Anthropic)]
    [InlineData("/anthropic/v1/messages?beta=true", Wire.Anthropic)]
    [InlineData("/v1/models", Wire.Models)]
    [InlineData("/v1/completions", Wire.Unknown)]
    public async Task Request_AnyPrefixAndQuery_WireIsTold(string path, Wire wire)
    {
        await using var server = ModelServer.Start().Enqueue(Reply.Json("{}"));
        using var client = new Client(server);

        using var response = await client.PostAsync(path);

        var request = Assert.Single(server.Requests);
        Assert.Equal(wire, request.Wire);
        Assert.Equal(path, request.Target);
        Assert.Equal(path.Split('?')[0], request.Path);
        Assert.Equal(wire == Wire.Unknown ? HttpStatusCode.NotFound : HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Request_Recorded_HasEverythingThatWasSent()
    {
        var time = new FakeTimeProvider();
        await using var server = ModelServer.Start(new() { Time = time }).Enqueue(Reply.Json("{}"), Reply.Json("{}"));
        using var client = new Client(server);

        await client.AskAsync("/v1/messages", """{"a" : "ż"}""");
        time.Advance(TimeSpan.FromSeconds(3));
        await client.AskAsync(body: "not json");

        var (first, second) = (server.Requests[0], server.Requests[1]);
        Assert.Equal((1, 2), (first.Number, second.Number));
        Assert.Equal("POST", first.Method);
        Assert.Equal("application/json", first.Header("Content-Type"));
        Assert.Null(first.Header("authorization"));
        Assert.Equal("""{"a" : "ż"}""", first.BodyText);
        Assert.Equal("""{"a" : "ż"}""", first.Json.GetRawText());
        Assert.ThrowsAny<System.Text.Json.JsonException>(() => second.Json);
        Assert.Equal(TimeSpan.FromSeconds(3), second.At - first.At);
        Assert.Equal(AnswerOutcome.Sent, await first.Ended.Soon());
        Assert.False(first.ClientAborted.IsCompleted);
    }

    [Fact]
    public async Task Request_ChunkedWithExpectContinue_BodyArrivesWhole()
    {
        await using var server = ModelServer.Start().Enqueue(Reply.Json("{}"), Reply.Json("{}"));
        using var http = new HttpClient();
        var body = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"{i},"));
        foreach (var expect in new[] { false, true })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, server.Url("/v1/responses"))
            {
                Content = new StreamContent(new MemoryStream(Encoding.UTF8.GetBytes(body))),
            };
            request.Headers.TransferEncodingChunked = true;
            request.Headers.ExpectContinue = expect;
            using var response = await http.SendAsync(request).Soon();
        }

        Assert.All(server.Requests, request => Assert.Equal(body, request.BodyText));
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task Request_LargerThanTheBound_RefusedAndReported()
    {
        await using var server = ModelServer.Start(new() { MaxBodyBytes = 1000, MaxHeadBytes = 2000 });
        using var client = new Client(server);
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("x-long", new string('x', 3000));

        using var large = await client.PostAsync(body: new string('x', 1001));
        using var longHead = await http.GetAsync(server.Url("/v1/models")).Soon();

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
        Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, longHead.StatusCode);
        Assert.Equal(2, server.Faults.Count);
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData(Framing.Chunked)]
    [InlineData(Framing.ContentLength)]
    [InlineData(Framing.UntilClose)]
    public async Task Framing_Each_BodyArrivesWhole(Framing framing)
    {
        await using var server = ModelServer.Start().Enqueue(Reply.Open("text/plain").Send("żółw").Send("").Send("!").WithFraming(framing));
        using var client = new Client(server);

        using var response = await client.PostAsync();
        var announced = response.Content.Headers.ContentLength;

        Assert.Equal("żółw!", await response.Content.ReadAsStringAsync().Soon());
        Assert.Equal(framing == Framing.Chunked, response.Headers.TransferEncodingChunked == true);
        Assert.Equal(framing == Framing.UntilClose, response.Headers.ConnectionClose == true);
        Assert.Equal(framing == Framing.ContentLength ? 8 : null, announced);
    }

    [Fact]
    public async Task AnnouncedLength_LongerThanTheBody_ClientWaitsForTheRest()
    {
        await using var server = ModelServer.Start().Enqueue(Reply.Json("{}").WithAnnouncedLength(100).End(BodyEnd.CloseWithoutLastChunk));
        using var client = new Client(server);
        using var response = await client.PostAsync();

        var (body, error) = await Client.DrainAsync(response);

        Assert.Equal("{}"u8.ToArray(), body);
        Assert.Equal(HttpRequestError.ResponseEnded, Assert.IsType<HttpIOException>(error).HttpRequestError);
    }

    [Fact]
    public async Task KeepAlive_SeveralRequests_OneConnection()
    {
        await using var server = ModelServer.Start().Respond(request => Reply.Json($"[{request.Number}]"));
        using var client = new Client(server);

        var answers = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            answers.Add(await client.AskAsync());
        }

        Assert.Equal(["[1]", "[2]", "[3]", "[4]", "[5]"], answers);
        Assert.Equal(1, server.Connections);
        Assert.All(server.Requests, request => Assert.Equal(1, request.ConnectionId));
    }

    [Fact]
    public async Task Connections_ManyAtOnce_AllAnswered()
    {
        var gate = new Gate();
        await using var server = ModelServer.Start().Respond(request => Reply.Json(request.BodyText).HeadAfter(gate));
        using var client = new Client(server);

        var asking = Enumerable.Range(0, 40).Select(i => client.AskAsync(body: $"[{i}]")).ToArray();
        await Patience.UntilAsync(() => gate.Arrivals == 40);
        Assert.Equal((40, 40), (server.OpenConnections, server.InFlight));
        gate.Open();

        Assert.Equal(Enumerable.Range(0, 40).Select(i => $"[{i}]"), await Task.WhenAll(asking).Soon());
        await Task.WhenAll(server.Requests.Select(request => request.Ended)).Soon();
        Assert.Equal((40, 0), (server.PeakInFlight, server.InFlight));
    }

    [Fact]
    public async Task Gate_BetweenEvents_FirstHasArrivedBeforeItOpens()
    {
        var gate = new Gate();
        var stream = ChatCompletionsStream.Create().Text("Hel").Wait(gate).Text("lo").Finish("stop").Done();
        await using var server = ModelServer.Start().Enqueue(Reply.Stream(stream));
        using var client = new Client(server);
        using var response = await client.PostAsync();
        await using var body = await response.Content.ReadAsStreamAsync();
        var before = new byte[stream.Chunks[0].Length + stream.Chunks[1].Length];

        await body.ReadExactlyAsync(before).AsTask().Soon();
        await gate.Reached.Soon();
        var next = body.ReadAsync(new byte[1]).AsTask();
        var early = next.IsCompleted;
        gate.Open();
        await next.Soon();

        Assert.False(early);
        Assert.Contains("\"Hel\"", Encoding.UTF8.GetString(before), StringComparison.Ordinal);
        Assert.True(gate.IsOpen);
    }

    [Fact]
    public async Task Delay_OnTheServersClock_HoldsUntilItIsMoved()
    {
        var clock = new ClockDriver();
        await using var server = ModelServer.Start(new() { Time = clock.Time }).Enqueue(
            Reply.Json("{}").HeadAfter(TimeSpan.FromSeconds(30)), Reply.Open().Send("a").Delay(TimeSpan.FromHours(1)).Send("b"));
        using var client = new Client(server);

        var first = client.AskAsync();
        await clock.WaitForTimersAsync();
        Assert.Equal(TimeSpan.FromSeconds(30), clock.UntilNextTimer);
        await clock.RunAsync(first);
        var second = client.AskAsync();
        await clock.RunAsync(second);

        Assert.Equal("ab", await second);
        Assert.Equal(TimeSpan.FromSeconds(3630), clock.Now - new ClockDriver().Now);
    }

    [Fact]
    public async Task Drip_OneByteAtATime_EveryByteAChunkOfItsOwn()
    {
        await using var server = ModelServer.Start().Enqueue(Reply.Open("text/plain").Send("żółw").Drip(1));
        await using var raw = await RawClient.ConnectAsync(server);

        await raw.SendAsync("GET /v1/responses HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
        var answer = await raw.ReadToEndAsync();

        var body = answer[(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
        Assert.Equal(7, body.Split("1\r\n").Length - 1);
        Assert.EndsWith("0\r\n\r\n", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Drip_WithPauses_TakesThatTimeOnTheServersClock()
    {
        var clock = new ClockDriver();
        await using var server = ModelServer.Start(new() { Time = clock.Time })
            .Enqueue(Reply.Open("text/plain").Send("0123456789").Drip(4, TimeSpan.FromSeconds(1)));
        using var client = new Client(server);

        var answer = await clock.RunAsync(client.AskAsync());

        Assert.Equal("0123456789", answer);
        Assert.Equal(TimeSpan.FromSeconds(2), clock.Now - new ClockDriver().Now);
    }

    [Fact]
    public async Task CutInsideAChunk_OnTheWire_ChunkIsAnnouncedWhole()
    {
        await using var server = ModelServer.Start().Enqueue(Reply.Open("text/plain").Send("0123456789abcdef").CutAt(5, BodyEnd.CloseWithoutLastChunk));
        await using var raw = await RawClient.ConnectAsync(server);

        await raw.SendAsync("GET /v1/responses HTTP/1.1\r\nhost: x\r\n\r\n");

        Assert.EndsWith("\r\n\r\n10\r\n01234", await raw.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redirect_Asked_LocationAndNoBody()
    {
        await using var server = ModelServer.Start().Enqueue(Reply.Redirect("https://elsewhere.example/v1"));
        using var client = new Client(server);

        using var response = await client.PostAsync();

        Assert.Equal(HttpStatusCode.TemporaryRedirect, response.StatusCode);
        Assert.Equal("https://elsewhere.example/v1", response.Headers.Location?.ToString());
        Assert.Equal("", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Html_InPlaceOfAnAnswer_ContentTypeSaysSo()
    {
        await using var server = ModelServer.Start().Enqueue(Reply.Html(200, "Sign in"), Reply.Stream("{}"u8.ToArray()).WithContentType("application/json"));
        using var client = new Client(server);

        using var html = await client.PostAsync();
        using var wrong = await client.PostAsync();

        Assert.Equal("text/html", html.Content.Headers.ContentType?.MediaType);
        Assert.Contains("<title>Sign in</title>", await html.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("application/json", wrong.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Throughput_TwoThousandSmallEvents_OneWriteEachAndAllArrive()
    {
        var events = Enumerable.Range(0, 2000).Select(i => Encoding.UTF8.GetBytes($"data: {{\"n\":{i}}}\n\n")).ToArray();
        var whole = events.SelectMany(bytes => bytes).ToArray();
        await using var server = ModelServer.Start().Respond(_ => Reply.Stream(events));
        using var client = new Client(server);
        using (var warmUp = await client.PostAsync())
        {
            await Client.DrainAsync(warmUp);
        }

        var watch = Stopwatch.StartNew();
        using var response = await client.PostAsync();
        var (body, error) = await Client.DrainAsync(response);
        TestContext.Current.TestOutputHelper?.WriteLine($"2000 events in {watch.Elapsed.TotalMilliseconds:f1} ms");

        Assert.Null(error);
        Assert.Equal(whole, body);
    }

    [Fact]
    public async Task SlowReader_SmallSendBuffer_ServerWaits()
    {
        var body = new byte[32 * 1024 * 1024];
        await using var server = ModelServer.Start(new() { SendBufferBytes = 8 * 1024 }).Enqueue(Reply.Open().Send(body).Drip(8 * 1024));
        using var client = new Client(server);
        using var response = await client.PostAsync();
        var request = server.Requests[0];

        await Patience.UntilAsync(() => request.BodyBytesSent > 0);
        Assert.False(request.Ended.IsCompleted);
        var (read, _) = await Client.DrainAsync(response);

        Assert.Equal(body.Length, read.Length);
        Assert.Equal(AnswerOutcome.Sent, await request.Ended.Soon());
    }
}
