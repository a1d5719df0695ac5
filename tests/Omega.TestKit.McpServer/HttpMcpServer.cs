using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Omega.TestKit.Mcp;

/// <summary>The sound server over HTTP on a loopback port: each request is answered by a server of its own.</summary>
public sealed class HttpMcpServer : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    // Without a timer it holds nothing that would have to be given back, and a server may be ended twice.
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;

    private HttpMcpServer(int port)
    {
        Url = new Uri($"http://127.0.0.1:{port}/mcp");
        _listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        _listener.Start();
        _serving = ServeAsync();
    }

    public Uri Url { get; }

    /// <summary>What each request carried as <c>Authorization</c>.</summary>
    public ConcurrentQueue<string?> Keys { get; } = [];

    /// <summary>Where requests are sent on to, with 307; null answers them.</summary>
    public Uri? RedirectsTo { get; set; }

    public static HttpMcpServer Start()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        return new(port);
    }

    public async ValueTask DisposeAsync()
    {
        if (_serving.IsCompleted)
            return;
        await _stop.CancelAsync();
        _listener.Close();
        await _serving;
    }

    private async Task ServeAsync()
    {
        List<Task> answering = [];
        try
        {
            while (true)
                answering.Add(AnswerAsync(await _listener.GetContextAsync()));
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            await Task.WhenAll(answering);
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var response = context.Response;
        try
        {
            Keys.Enqueue(context.Request.Headers["Authorization"]);
            if (RedirectsTo is { } elsewhere)
            {
                response.StatusCode = 307;
                response.RedirectLocation = elsewhere.AbsoluteUri;
            }
            else if (context.Request.HttpMethod != "POST")
            {
                response.StatusCode = 405;
            }
            else
            {
                await AnswerPostAsync(context.Request, response);
            }

            response.Close();
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException or OperationCanceledException or IOException)
        {
            response.Abort();
        }
    }

    private async Task AnswerPostAsync(HttpListenerRequest request, HttpListenerResponse response)
    {
        var message = await JsonSerializer.DeserializeAsync<JsonRpcMessage>(request.InputStream, McpJsonUtilities.DefaultOptions, _stop.Token);
        await using var transport = new StreamableHttpServerTransport { Stateless = true };
        await using var server = McpServer.Create(transport, TestTools.Options());
        var running = server.RunAsync(_stop.Token);
        response.ContentType = "text/event-stream";
        response.SendChunked = true;
        if (!await transport.HandlePostRequestAsync(message!, response.OutputStream, _stop.Token))
            response.StatusCode = 202;
        await transport.DisposeAsync();
        await running;
    }
}
