using System.Text;

namespace Omega.TestKit.Tests;

public sealed class FaultTests
{
    private static readonly WireStream Hello = ChatCompletionsStream.Create().Text("Hel", "lo").Finish("stop").Done();

    public static TheoryData<int> Cuts => [0, 1, 7, Hello.Chunks[0].Length - 1, Hello.Chunks[0].Length, Hello.Chunks[0].Length + 1, Hello.Bytes.Length];

    [Theory]
    [MemberData(nameof(Cuts))]
    public async Task CutAt_CloseWithoutLastChunk_DeliversExactlyThatManyBytesThenResponseEnded(int bytes)
    {
        await using var server = ModelServer.Start().Enqueue(Reply.Stream(Hello).CutAt(bytes, BodyEnd.CloseWithoutLastChunk));
        using var client = new Client(server);
        using var response = await client.PostAsync();

        var (body, error) = await Client.DrainAsync(response);

        Assert.Equal(Hello.Bytes[..bytes], body);
        Assert.Equal(HttpRequestError.ResponseEnded, Assert.IsType<HttpIOException>(error).HttpRequestError);
        Assert.Equal(AnswerOutcome.CutByScript, await server.Requests[0].Ended.Soon());
        Assert.Equal(bytes, server.Requests[0].BodyBytesSent);
    }

    [Theory]
    [MemberData(nameof(Cuts))]
    public async Task CutAt_Reset_DeliversExactlyThatManyBytesThenConnectionReset(int bytes)
    {
        await using var server = ModelServer.Start().Enqueue(Reply.Stream(Hello).CutAt(bytes, BodyEnd.Reset));
        using var client = new Client(server);
        using var response = await client.PostAsync();

        var (body, error) = await Client.DrainAsync(response);

        Assert.Equal(Hello.Bytes[..bytes], body);
        Assert.True(Client.IsReset(error), $"{error}");
        Assert.Equal(AnswerOutcome.CutByScript, await server.Requests[0].Ended.Soon());
    }

    [Fact]
    public async Task CutAt_ResetOfMoreThanTheBuffersHold_StillDeliversEveryByte()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux tells when the client's side has everything");
        var whole = new byte[24 * 1024 * 1024];
        whole.AsSpan().Fill(7);
        await using var server = ModelServer.Start().Enqueue(Reply.Open().Send(whole).CutAt(whole.Length - 9, BodyEnd.Reset));
        using var client = new Client(server);
        using var response = await client.PostAsync();

        var (body, error) = await Client.DrainAsync(response);

        Assert.Equal(whole.Length - 9, body.Length);
        Assert.True(Client.IsReset(error), $"{error}");
    }

    [Theory]
    [MemberData(nameof(Cuts))]
    public async Task CutAt_EndCleanly_DeliversExactlyThatManyBytesAndNoError(int bytes)
    {
        await using var server = ModelServer.Start().Enqueue(Reply.Stream(Hello).CutAt(bytes, BodyEnd.EndCleanly), Reply.Json("{}"));
        using var client = new Client(server);
        using var response = await client.PostAsync();

        var (body, error) = await Client.DrainAsync(response);

        Assert.Equal(Hello.Bytes[..bytes], body);
        Assert.Null(error);
        Assert.Equal("{}", await client.AskAsync());
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task CutAt_Stall_DeliversTheBytesThenSilenceUntilTheClientLeaves()
    {
        await using var server = ModelServer.Start().Enqueue(Reply.Stream(Hello).CutAt(40, BodyEnd.Stall));
        using var client = new Client(server);
        var response = await client.PostAsync();
        var stream = await response.Content.ReadAsStreamAsync();
        var body = new byte[40];
        await stream.ReadExactlyAsync(body).AsTask().Soon();
        var more = stream.ReadAsync(new byte[1]).AsTask();
        Assert.False(more.IsCompleted);

        response.Dispose();

        await server.Requests[0].ClientAborted.Soon();
        Assert.Equal(Hello.Bytes[..40], body);
        await Assert.ThrowsAnyAsync<Exception>(() => more.Soon());
    }

    [Fact]
    public async Task ContentLength_CutAndClosed_ResponseEnded()
    {
        await using var server = ModelServer.Start().Enqueue(Reply.Json("""{"a":1}""").CutAt(3, BodyEnd.CloseWithoutLastChunk));
        using var client = new Client(server);
        using var response = await client.PostAsync();

        var (body, error) = await Client.DrainAsync(response);

        Assert.Equal("""{"a""", Encoding.UTF8.GetString(body));
        Assert.Equal(HttpRequestError.ResponseEnded, Assert.IsType<HttpIOException>(error).HttpRequestError);
    }

    [Fact]
    public async Task UntilClose_CutAndClosed_LooksWhole()
    {
        await using var server = ModelServer.Start().Enqueue(
            Reply.Stream(Hello).WithFraming(Framing.UntilClose).CutAt(30, BodyEnd.CloseWithoutLastChunk));
        using var client = new Client(server);
        using var response = await client.PostAsync();

        var (body, error) = await Client.DrainAsync(response);

        Assert.Equal(30, body.Length);
        Assert.Null(error);
    }

    [Fact]
    public async Task ResetBeforeHead_Asked_ConnectionReset()
    {
        await using var server = ModelServer.Start().Enqueue(Reply.ResetBeforeHead());
        using var client = new Client(server);

        var error = await Assert.ThrowsAsync<HttpRequestException>(() => client.PostAsync());

        Assert.True(Client.IsReset(error), $"{error}");
    }

    [Fact]
    public async Task CloseBeforeHead_Asked_ResponseEnded()
    {
        await using var server = ModelServer.Start().Enqueue(Reply.CloseBeforeHead());
        using var client = new Client(server);

        var error = await Assert.ThrowsAsync<HttpRequestException>(() => client.PostAsync());

        Assert.Equal(HttpRequestError.ResponseEnded, error.HttpRequestError);
    }

    [Fact]
    public async Task Silence_ClientGivesUp_ClientAborted()
    {
        await using var server = ModelServer.Start().Enqueue(Reply.Silence());
        using var client = new Client(server);
        using var giveUp = new CancellationTokenSource();
        var asking = client.PostAsync(cancellationToken: giveUp.Token);
        var request = await server.WaitForRequestAsync();
        Assert.False(request.ClientAborted.IsCompleted);

        await giveUp.CancelAsync();

        await request.ClientAborted.Soon();
        Assert.Equal(AnswerOutcome.ClientAborted, await request.Ended);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
    }

    [Fact]
    public async Task Garbage_InPlaceOfChunkSize_InvalidResponse()
    {
        await using var server = ModelServer.Start().Enqueue(Reply.Stream(Hello).Garbage("\u0001\u0002 not a size\r\n"));
        using var client = new Client(server);
        using var response = await client.PostAsync();

        var (body, error) = await Client.DrainAsync(response);

        Assert.Equal(Hello.Bytes, body);
        Assert.Equal(HttpRequestError.InvalidResponse, Assert.IsType<HttpIOException>(error).HttpRequestError);
    }

    [Fact]
    public async Task Raw_NotHttp_InvalidResponse()
    {
        await using var server = ModelServer.Start().Enqueue(Reply.Raw("SSH-2.0-OpenSSH_9.2\r\n"));
        using var client = new Client(server);

        var error = await Assert.ThrowsAsync<HttpRequestException>(() => client.PostAsync());

        Assert.Equal(HttpRequestError.InvalidResponse, error.HttpRequestError);
    }
}
