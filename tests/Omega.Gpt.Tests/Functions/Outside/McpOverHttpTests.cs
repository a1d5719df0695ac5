using System.Text.Json;
using Omega.TestKit;
using Omega.TestKit.Mcp;

namespace Omega.Gpt.Tests.Functions.Outside;

/// <summary>Against a real server over HTTP.</summary>
public sealed class McpOverHttpTests : IAsyncLifetime
{
    private readonly HttpMcpServer _server = HttpMcpServer.Start();
    private readonly OutsideCall _call = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private Task<McpConnection> ConnectAsync() => McpConnection.ConnectAsync(
        new McpOptions("web", new McpAddress(_server.Url) { Headers = new Dictionary<string, string> { ["Authorization"] = "Bearer k-1" } }) { ConnectTimeout = TimeSpan.FromSeconds(15) },
        cancellationToken: TestContext.Current.CancellationToken).Soon();

    private Task<JsonElement> CallAsync(McpConnection server, string name, string arguments, CancellationToken cancellationToken = default) =>
        _call.RunAsync(server.Functions.Single(function => function.Definition.Name == name), arguments, cancellationToken).AsTask().Soon();

    [Fact]
    public async Task Call_OverHttp_AnswersWithProgressAndSendsTheHeaders()
    {
        await using var server = await ConnectAsync();

        Assert.Equal("""{"sum":3}""", (await CallAsync(server, "web_add", """{"a": 1, "b": 2}""")).GetRawText());
        Assert.Equal("counted to 20", (await CallAsync(server, "web_count", """{"to": 20}""")).GetString());
        Assert.Equal(Enumerable.Range(1, 20), _call.Reported.Select(part => (int)JsonElement.Parse(part).GetProperty("progress").GetDouble()));
        Assert.Null(server.ProcessId);
        Assert.All(_server.Keys, key => Assert.Equal("Bearer k-1", key));
    }

    [Fact]
    public async Task Call_Cancelled_EndsAtOnce()
    {
        await using var server = await ConnectAsync();
        using var cancel = new CancellationTokenSource();
        var hanging = CallAsync(server, "web_hang", "{}", cancel.Token);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hanging);
    }

    [Fact]
    public async Task Call_ServerGone_Fails()
    {
        await using var server = await ConnectAsync();
        await _server.DisposeAsync();

        var error = await Assert.ThrowsAsync<GptException>(() => CallAsync(server, "web_echo", """{"text": "hi"}"""));

        Assert.Equal(GptErrorKind.Connection, error.Kind);
        Assert.StartsWith("The MCP server \"web\" ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connect_Redirect_IsNotFollowedSoThatKeysStayHere()
    {
        await using var elsewhere = HttpMcpServer.Start();
        _server.RedirectsTo = elsewhere.Url;

        await Assert.ThrowsAsync<GptException>(ConnectAsync);

        Assert.Empty(elsewhere.Keys);
    }
}
