using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Omega.Gpt.Providers.Sse;
using Omega.Gpt.Resilience.Resuming;

namespace Omega.Gpt.Providers.Http;

/// <summary>What every HTTP wire shares: one POST, the answer checked, its events parsed the moment their bytes arrive.</summary>
internal abstract class WireProvider : IModelProvider
{
    /// <summary>Bytes of an error body that are read; the rest is left on the wire.</summary>
    private const int ErrorBodyLimit = 64 * 1024;

    internal static readonly HttpClient SharedClient = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        // No span of the client's own: it would quote a header that cannot be read, with whatever the server put there. The call has its span.
        ActivityHeadersPropagator = null,
        ConnectTimeout = TimeSpan.FromSeconds(15),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        MaxResponseHeadersLength = 64,
    })
    { Timeout = Timeout.InfiniteTimeSpan };

    private readonly TimeProvider _time;
    private readonly WireSecrets _secrets;

    protected WireProvider(WireOptions options, TimeProvider? time)
    {
        Options = options;
        Endpoint = BaseUrl.Endpoint(options.BaseUrl, Path);
        _secrets = WireSecrets.Of(Endpoint);
        _time = time ?? TimeProvider.System;
    }

    public string Name => Options.Name;

    /// <summary>Where requests go.</summary>
    internal Uri Endpoint { get; }

    protected WireOptions Options { get; }

    /// <summary>The endpoint under the base URL, without a leading slash.</summary>
    protected abstract string Path { get; }

    public async IAsyncEnumerable<ModelDelta> StreamAsync(ModelRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var tap = request.Attempt?.Tap;
        var body = request.Attempt?.Resumes is null ? WriteBody(request) : [];
        using var message = request.Attempt?.Resumes is { } place ? ReadOn(place) : Post(body);
        var secrets = _secrets.With(await AddHeadersAsync(message, request, cancellationToken).ConfigureAwait(false), Options.Keys?.Invoke());
        if (request.Attempt is { } attempt)
            attempt.Secrets = secrets;
        if (tap is not null)
        {
            foreach (var secret in secrets.All)
                tap.Hide(secret);
            tap.Sending(message.RequestUri!, body);
        }

        request.Attempt?.Sending(_time.GetTimestamp());
        using var response = await SendAsync(message, request, secrets, cancellationToken).ConfigureAwait(false);
        var requestId = (Header(response, "x-request-id") ?? Header(response, "request-id")) is { } id ? secrets.Redact(id) : null;
        var failure = new FailureContext(request.Model, requestId, secrets, tap);
        request.Attempt?.Answered((int)response.StatusCode, response.Headers, _time.GetTimestamp());
        await CheckAsync(response, failure, cancellationToken).ConfigureAwait(false);

        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        using var reading = new Reading(request.Attempt, request.Attempt?.Resumes?.TakeParser() ?? CreateParser(request, requestId));
        var parser = reading.Parser;
        using var reader = new SseReader();
        var filter = SecretFilter.Of(secrets);
        var deltas = new List<ModelDelta>(4);
        while (true)
        {
            while (ParseNext(reader, parser, deltas, failure))
            {
                var passage = filter?.Apply(deltas) ?? SecretPassage.Clear;
                tap?.Passed(reader.PassedBytes, passage);
                for (var i = 0; i < deltas.Count; i++)
                    yield return deltas[i];
                // An error in the middle of an event surfaces only after the deltas that precede it were seen.
                if (failure.Pending is not null)
                    throw failure.Pending;
                deltas.Clear();
                if (parser.IsFinished)
                    yield break;
            }

            tap?.Passed(reader.PassedBytes, filter is { IsOpen: true } ? SecretPassage.Open : SecretPassage.Clear);
            var read = await ReadAsync(stream, reader, failure, cancellationToken).ConfigureAwait(false);
            if (read > 0)
                continue;

            parser.EndOfStream(deltas);
            filter?.Apply(deltas);
            for (var i = 0; i < deltas.Count; i++)
                yield return deltas[i];
            if (parser.IsFinished)
                yield break;
            throw Interrupted(failure, reader.TotalBytes == 0
                ? "the server closed the connection without sending anything"
                : "the stream ended before its last event");
        }
    }

    /// <summary>Writes the request's JSON body.</summary>
    /// <exception cref="GptException">The wire cannot carry the request.</exception>
    protected abstract void WriteBody(Utf8JsonWriter writer, ModelRequest request);

    /// <summary>A parser for one answer.</summary>
    protected abstract WireParser CreateParser(ModelRequest request, string? requestId);

    /// <summary>Headers that the wire itself needs.</summary>
    protected virtual void AddHeaders(HttpRequestHeaders headers, ModelRequest request)
    {
    }

    /// <summary>The body as it goes out, extra fields merged in.</summary>
    internal byte[] WriteBody(ModelRequest request)
    {
        using var buffer = new PooledBuffer();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            WriteBody(writer, request);
        if (request.Options.ExtraBody is not { Count: > 0 } extra)
            return buffer.Span.ToArray();

        // Fields that stay are copied as they were written: state that goes back to a model stays the same to the byte.
        using var body = JsonDocument.Parse(buffer.Memory, new JsonDocumentOptions { MaxDepth = JsonText.MaxDepth });
        using var merged = new PooledBuffer();
        using (var writer = new Utf8JsonWriter(merged, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            foreach (var field in body.RootElement.EnumerateObject().Where(field => !extra.ContainsKey(field.Name)))
            {
                writer.WritePropertyName(field.Name);
                writer.WriteRawValue(field.Value.GetRawText(), skipInputValidation: true);
            }

            foreach (var (name, value) in extra)
            {
                writer.WritePropertyName(name);
                if (value is null)
                    writer.WriteNullValue();
                else
                    value.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return merged.Span.ToArray();
    }

    private HttpRequestMessage Post(byte[] body) =>
        new(HttpMethod.Post, Endpoint) { Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } } };

    /// <summary>Asks for the rest of an answer that the server keeps.</summary>
    private HttpRequestMessage ReadOn(StreamPlace place)
    {
        var rest = new Uri(FormattableString.Invariant(
            $"{Endpoint.GetLeftPart(UriPartial.Path)}/{Uri.EscapeDataString(place.Response)}{Endpoint.Query}{(Endpoint.Query.Length == 0 ? '?' : '&')}stream=true&starting_after={place.Sequence}"));
        return new HttpRequestMessage(HttpMethod.Get, rest);
    }

    private async ValueTask<string?> AddHeadersAsync(HttpRequestMessage message, ModelRequest request, CancellationToken cancellationToken)
    {
        message.Headers.TryAddWithoutValidation("Accept", "text/event-stream");
        message.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
        AddHeaders(message.Headers, request);
        foreach (var (name, value) in (Options.Headers ?? EmptyHeaders).Concat(request.Options.ExtraHeaders ?? EmptyHeaders))
        {
            if (!TrySet(message.Headers, name, value))
                throw new GptException(GptErrorKind.BadRequest, $"\"{name}\" is not a header that can be added to a request.") { Phase = GptPhase.Request };
        }

        if ((request.Attempt?.Auth ?? Options.Auth) is not { } auth)
            return null;
        var (header, secret) = await auth.GetAsync(cancellationToken).ConfigureAwait(false);
        if (!TrySet(message.Headers, auth.HeaderName, header))
            throw new GptException(GptErrorKind.Authentication, $"The key for {Name} has characters that a header cannot carry.") { Phase = GptPhase.Request, Provider = Name };
        return secret;
    }

    // Removing a name that is malformed, or one of a body's headers, throws; adding it only says no.
    private static bool TrySet(HttpRequestHeaders headers, string name, string value)
    {
        if (value.AsSpan().ContainsAny('\r', '\n', '\0'))
            return false;
        if (headers.NonValidated.Contains(name))
            headers.Remove(name);
        return headers.TryAddWithoutValidation(name, value);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage message, ModelRequest request, WireSecrets secrets, CancellationToken cancellationToken)
    {
        try
        {
            return await (Options.Client?.Invoke() ?? SharedClient)
                .SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException exception)
        {
            throw new GptException(GptErrorKind.Connection, $"Could not reach {Name} at {Shown(UriComponents.SchemeAndServer)}: {secrets.Redact(exception.InnerException?.Message ?? exception.Message)}", secrets.Clean(exception))
            {
                Phase = GptPhase.Connect,
                Provider = Name,
                Model = request.Model,
                IsRetryable = true,
            };
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new GptException(GptErrorKind.Timeout, $"{Name} at {Shown(UriComponents.SchemeAndServer)} did not accept a connection in time.", exception)
            {
                Phase = GptPhase.Connect,
                Provider = Name,
                Model = request.Model,
                IsRetryable = true,
            };
        }
    }

    private async ValueTask CheckAsync(HttpResponseMessage response, FailureContext failure, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        var mediaType = response.Content.Headers.ContentType?.MediaType;
        if (response.StatusCode == HttpStatusCode.OK && (mediaType is null || mediaType.Equals("text/event-stream", StringComparison.OrdinalIgnoreCase)))
            return;

        if (status is >= 300 and < 400)
        {
            throw Fail(GptErrorKind.BadRequest, $"the server redirects to {response.Headers.Location}; give that as the base URL if you trust it (redirects are not followed, so that keys go nowhere else)");
        }

        var (text, json) = await ReadErrorAsync(response, failure.Tap, cancellationToken).ConfigureAwait(false);
        if (json is { } document && (status == 200 ? ProviderError.FindInAnswer(document) : ProviderError.Find(document)) is { } error)
        {
            var found = ProviderError.From(error, status == 200 ? null : status, Name, failure.Model);
            throw Fail(found.Kind, found.Message[(Name.Length + 2)..]);
        }

        var address = Shown(UriComponents.SchemeAndServer | UriComponents.Path);
        if (status == 200)
        {
            // A web page or a whole document under 200 is another place than the one that streams; asking it again gives the same.
            throw Fail(
                GptErrorKind.StreamProtocol,
                $"{address} answered with {mediaType}, not with an event stream. The base URL is probably wrong (another path, a website, a login page), or the server there cannot stream. It began: {Excerpt(text, failure.Secrets)}",
                retryable: false);
        }

        throw Fail(ProviderError.Classify(status, null, null, text), $"HTTP {status} from {address}: {Excerpt(text, failure.Secrets)}");

        GptException Fail(GptErrorKind kind, string said, bool? retryable = null) => new(kind, $"{Name}: {failure.Secrets.Redact(said)}")
        {
            Phase = GptPhase.Connect,
            Provider = Name,
            Model = failure.Model,
            StatusCode = status,
            RequestId = failure.RequestId,
            IsRetryable = retryable ?? ProviderError.IsRetryable(kind),
            RetryAfter = ProviderError.RetryAfter(response.Headers, _time),
        };
    }

    internal static async ValueTask<(string Text, JsonElement? Json)> ReadErrorAsync(HttpResponseMessage response, IWireTap? tap, CancellationToken cancellationToken)
    {
        var buffer = new byte[ErrorBodyLimit];
        var length = 0;
        try
        {
            var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            tap?.Received(buffer.AsSpan(0, length));
            using var document = JsonDocument.Parse(buffer.AsMemory(0, length));
            return (Encoding.UTF8.GetString(buffer, 0, length), document.RootElement.Clone());
        }
        catch (Exception exception) when (exception is JsonException or IOException or HttpRequestException)
        {
            return (Encoding.UTF8.GetString(buffer, 0, length), null);
        }
    }

    private bool ParseNext(SseReader reader, WireParser parser, List<ModelDelta> deltas, FailureContext failure)
    {
        try
        {
            if (!reader.TryRead(out var sse))
                return false;
            try
            {
                parser.Parse(sse.Name, sse.Data, deltas);
            }
            catch (JsonException exception)
            {
                failure.Pending = Fail(GptErrorKind.StreamProtocol, $"{Name} sent an event that is not the JSON its wire promises: {Excerpt(Encoding.UTF8.GetString(sse.Data[..Math.Min(sse.Data.Length, ErrorBodyLimit)]), failure.Secrets)}", exception);
            }
        }
        catch (SseFormatException exception)
        {
            failure.Pending = Fail(GptErrorKind.StreamProtocol, $"{Name}: {exception.Message}", exception);
        }
        catch (GptException exception)
        {
            failure.Pending = new GptException(exception.Kind, failure.Secrets.Redact(exception.Message), failure.Secrets.Clean(exception.InnerException))
            {
                Phase = exception.Phase,
                Provider = Name,
                Model = failure.Model,
                StatusCode = exception.StatusCode,
                RequestId = failure.RequestId,
                IsRetryable = exception.IsRetryable,
                RetryAfter = exception.RetryAfter,
            };
        }

        return true;

        GptException Fail(GptErrorKind kind, string said, Exception cause) => new(kind, failure.Secrets.Redact(said), failure.Secrets.Clean(cause))
        {
            Phase = GptPhase.Step,
            Provider = Name,
            Model = failure.Model,
            RequestId = failure.RequestId,
            IsRetryable = true,
        };
    }

    // Bytes that are there already cost no state machine; a stream of many small events is mostly that.
    private ValueTask<int> ReadAsync(Stream body, SseReader reader, FailureContext failure, CancellationToken cancellationToken)
    {
        try
        {
            var memory = reader.GetMemory();
            var read = body.ReadAsync(memory, cancellationToken);
            if (!read.IsCompletedSuccessfully)
                return AwaitAsync(read, memory, reader, failure, cancellationToken);
            var count = read.Result;
            failure.Tap?.Received(memory.Span[..count]);
            reader.Advance(count);
            return new ValueTask<int>(count);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            throw Broken(failure, exception, cancellationToken);
        }
    }

    private async ValueTask<int> AwaitAsync(ValueTask<int> pending, Memory<byte> memory, SseReader reader, FailureContext failure, CancellationToken cancellationToken)
    {
        try
        {
            var count = await pending.ConfigureAwait(false);
            failure.Tap?.Received(memory.Span[..count]);
            reader.Advance(count);
            return count;
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            throw Broken(failure, exception, cancellationToken);
        }
    }

    private GptException Broken(FailureContext failure, Exception exception, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Interrupted(failure, "the connection broke before the stream's last event", exception);
    }

    private GptException Interrupted(FailureContext failure, string what, Exception? cause = null) => new(GptErrorKind.StreamInterrupted, $"{Name}: {what}.", failure.Secrets.Clean(cause))
    {
        Phase = GptPhase.Step,
        Provider = Name,
        Model = failure.Model,
        RequestId = failure.RequestId,
        IsRetryable = true,
    };

    // Without user name, password and query, where keys may stand.
    private string Shown(UriComponents parts) => Endpoint.GetComponents(parts, UriFormat.UriEscaped);

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    // Keys are taken out of the whole: a cut through the middle of one would hide the rest from the search, and show the half.
    private static string Excerpt(string text, WireSecrets secrets)
    {
        var line = string.Join(' ', secrets.Redact(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length == 0 ? "(nothing)" : line.Length <= 200 ? line : line[..200] + "…";
    }

    private static readonly Dictionary<string, string> EmptyHeaders = [];

    private static readonly string UserAgent = $"omega/{typeof(WireProvider).Assembly.GetName().Version?.ToString(3)}";

    /// <summary>Holds the parser while the stream is read, and leaves it with the attempt where the stream broke and the rest can be asked for.</summary>
    private readonly struct Reading(Attempt? attempt, WireParser parser) : IDisposable
    {
        public WireParser Parser => parser;

        public void Dispose()
        {
            if (attempt is { KeepsPlace: true } && !parser.IsFinished && parser.Place is { } place)
                attempt.Place = new StreamPlace(place.Response, place.Sequence, parser);
            else
                parser.Dispose();
        }
    }

    /// <summary>What an error of this request needs to say.</summary>
    private sealed record FailureContext(string Model, string? RequestId, WireSecrets Secrets, IWireTap? Tap)
    {
        public GptException? Pending { get; set; }
    }
}
