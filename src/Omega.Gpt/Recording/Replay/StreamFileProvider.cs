using System.Net;
using Omega.Gpt.Providers;
using Omega.Gpt.Providers.Anthropic;
using Omega.Gpt.Providers.ChatCompletions;
using Omega.Gpt.Providers.Http;
using Omega.Gpt.Providers.Responses;

namespace Omega.Gpt.Recording.Replay;

/// <summary>
/// Answers every request with one stream of server-sent events, read as from a server: the same errors and cuts. The wire is told from the
/// content. A comment line <c>: t=SECONDS</c> before an event says when it came, counted from the start; events without one come at once.
/// </summary>
internal static class StreamFileProvider
{
    public static IAsyncEnumerable<ModelDelta> StreamAsync(string name, byte[] bytes, ModelRequest request, double speed, TimeProvider time, CancellationToken cancellationToken)
    {
        var options = new WireOptions { Name = name, BaseUrl = "http://replay.invalid/v1", Client = () => new HttpClient(new FileHandler(new PacedStream(bytes, speed, time))) };
        IModelProvider wire = Detect(bytes) switch
        {
            Wire.Anthropic => new AnthropicProvider(options, time),
            Wire.Responses => new ResponsesProvider(options, time),
            _ => new ChatCompletionsProvider(options, time),
        };
        // A recording answers whatever is asked; options that its wire would refuse are not its business.
        return wire.StreamAsync(request with { Options = request.Options with { Lenient = true } }, cancellationToken);
    }

    private enum Wire
    {
        ChatCompletions,
        Responses,
        Anthropic,
    }

    private static Wire Detect(ReadOnlySpan<byte> bytes)
    {
        var head = bytes[..Math.Min(bytes.Length, 64 * 1024)];
        if (head.IndexOf("\"message_start\""u8) >= 0)
            return Wire.Anthropic;
        return head.IndexOf("\"response.created\""u8) >= 0 || head.IndexOf("event: response."u8) >= 0 ? Wire.Responses : Wire.ChatCompletions;
    }

    private sealed class FileHandler(PacedStream body) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = new StreamContent(body) { Headers = { ContentType = new("text/event-stream") } },
            });
    }
}
