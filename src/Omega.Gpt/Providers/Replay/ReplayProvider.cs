using System.Net;
using System.Runtime.CompilerServices;
using Omega.Gpt.Providers.Anthropic;
using Omega.Gpt.Providers.ChatCompletions;
using Omega.Gpt.Providers.Http;
using Omega.Gpt.Providers.Responses;

namespace Omega.Gpt.Providers.Replay;

/// <summary>
/// Answers every request with a recorded stream: <c>replay/FILE</c>, where FILE holds the server-sent events of any of the three wires
/// as they came. The wire is told from the content. The same reading, errors and cuts as from a server.
/// </summary>
/// <remarks>
/// A comment line <c>: t=SECONDS</c> before an event says when it came, counted from the start; events without one come at once.
/// </remarks>
public sealed class ReplayProvider : IModelProvider
{
    private const long MaxBytes = 256L * 1024 * 1024;

    private readonly double _speed;
    private readonly TimeProvider _time;

    /// <summary>Creates the provider; a request's model is the file's path.</summary>
    /// <param name="speed">1 for the original speed, 2 for twice that; infinity (the default) for no waiting at all.</param>
    /// <param name="time">The clock; null for the system's.</param>
    /// <exception cref="ArgumentOutOfRangeException">The speed is not above 0.</exception>
    public ReplayProvider(double speed = double.PositiveInfinity, TimeProvider? time = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(speed);
        (_speed, _time) = (speed, time ?? TimeProvider.System);
    }

    /// <inheritdoc/>
    public string Name => "replay";

    /// <inheritdoc/>
    public async IAsyncEnumerable<ModelDelta> StreamAsync(ModelRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var bytes = await ReadAsync(request.Model, cancellationToken).ConfigureAwait(false);
        using var client = new HttpClient(new FileHandler(new PacedStream(bytes, _speed, _time)));
        var options = new WireOptions { Name = Name, BaseUrl = "http://replay.invalid/v1", Client = () => client };
        IModelProvider wire = Detect(bytes) switch
        {
            Wire.Anthropic => new AnthropicProvider(options, _time),
            Wire.Responses => new ResponsesProvider(options, _time),
            _ => new ChatCompletionsProvider(options, _time),
        };
        // A recording answers whatever is asked; options that its wire would refuse are not its business.
        var lenient = request with { Options = request.Options with { Lenient = true } };
        await foreach (var delta in wire.StreamAsync(lenient, cancellationToken).ConfigureAwait(false))
            yield return delta;
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

    private static async Task<byte[]> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            if (new FileInfo(path).Length > MaxBytes)
                throw Invalid($"\"{path}\" is larger than {MaxBytes / (1024 * 1024)} MiB.", null);
            return await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Invalid($"The recording \"{path}\" cannot be read: {exception.Message}", exception);
        }

        static GptException Invalid(string message, Exception? cause) => new(GptErrorKind.BadRequest, message, cause) { Phase = GptPhase.Request, Provider = "replay" };
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
