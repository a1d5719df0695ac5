using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace Omega.TestKit.Tests;

/// <summary>A plain client: what the framework does with an answer, and what is left of the body when it breaks off.</summary>
internal sealed class Client(ModelServer server) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, ResponseDrainTimeout = TimeSpan.Zero })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    public void Dispose() => _http.Dispose();

    public Task<HttpResponseMessage> PostAsync(
        string path = "/v1/chat/completions", string body = """{"model":"m","stream":true}""", CancellationToken cancellationToken = default)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var request = new HttpRequestMessage(HttpMethod.Post, server.Url(path)) { Content = content };
        return _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).Soon();
    }

    public async Task<string> AskAsync(string path = "/v1/chat/completions", string body = "{}")
    {
        using var response = await PostAsync(path, body);
        return await response.Content.ReadAsStringAsync().Soon();
    }

    /// <summary>The body as far as it came, and the exception that ended it, if one did.</summary>
    public static async Task<(byte[] Body, Exception? Error)> DrainAsync(HttpResponseMessage response)
    {
        using var body = new MemoryStream();
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync();
            await stream.CopyToAsync(body).Soon();
            return (body.ToArray(), null);
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            return (body.ToArray(), exception);
        }
    }

    /// <summary>Whether the connection was reset rather than closed.</summary>
    public static bool IsReset(Exception? exception) => exception switch
    {
        null => false,
        SocketException socket => socket.SocketErrorCode == SocketError.ConnectionReset,
        _ => IsReset(exception.InnerException),
    };
}
