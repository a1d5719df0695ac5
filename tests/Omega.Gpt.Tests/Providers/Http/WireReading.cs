using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Omega.Gpt.Providers;
using Omega.Gpt.Providers.Http;
using Omega.Gpt.Providers.Sse;

namespace Omega.Gpt.Tests.Providers.Http;

/// <summary>What a stream gave until its terminal event, its end or its error.</summary>
internal sealed record WireOutcome(IReadOnlyList<ModelDelta> Deltas, Exception? Error, bool IsFinished)
{
    public string Text => string.Concat(Deltas.OfType<TextDelta>().Select(delta => delta.Text));

    public string Reasoning => string.Concat(Deltas.OfType<ReasoningDelta>().Select(delta => delta.Text));

    public string Refusal => string.Concat(Deltas.OfType<RefusalDelta>().Select(delta => delta.Text));

    public TokenUsage? Usage => Deltas.OfType<UsageDelta>().LastOrDefault()?.Usage;

    public FinishedDelta? Finished => Deltas.OfType<FinishedDelta>().SingleOrDefault();

    public IReadOnlyList<OpaquePart> Opaque => [.. Deltas.OfType<OpaqueDelta>().Select(delta => delta.Part)];

    /// <summary>Name and arguments of each call, in index order.</summary>
    public IReadOnlyList<(string Name, string Arguments)> Calls => [.. Deltas.OfType<CallStartedDelta>().Select(call =>
        (call.Name, string.Concat(Deltas.OfType<CallArgumentsDelta>().Where(delta => delta.Index == call.Index).Select(delta => delta.Delta))))];

    /// <summary>The deltas without their wire's numbers, for comparison with deltas written by hand.</summary>
    public IReadOnlyList<ModelDelta> Plain => [.. Deltas.Select(delta => delta with { WireSequence = null })];

    /// <summary>The message that the deltas make, as a conversation holds it; calls are named <c>t.1.INDEX</c>.</summary>
    public Message ToMessage()
    {
        var parts = new List<Part>();
        foreach (var delta in Deltas)
        {
            switch (delta)
            {
                case TextDelta text when parts is [.., TextPart last]:
                    parts[^1] = new TextPart(last.Text + text.Text);
                    break;
                case TextDelta text:
                    parts.Add(new TextPart(text.Text));
                    break;
                case ReasoningDelta reasoning:
                    parts.Add(new ReasoningPart(reasoning.Text));
                    break;
                case RefusalDelta refusal:
                    parts.Add(new RefusalPart(refusal.Text));
                    break;
                case OpaqueDelta opaque:
                    parts.Add(opaque.Part);
                    break;
                case CallStartedDelta call:
                    parts.Add(new FunctionCallPart($"t.1.{call.Index}", call.Name, Calls[call.Index].Arguments));
                    break;
            }
        }

        return new Message { Role = Role.Assistant, Parts = parts };
    }

    public void AssertBroken(string because)
    {
        var error = Assert.IsType<GptException>(Error);
        Assert.Equal(GptErrorKind.StreamProtocol, error.Kind);
        Assert.Contains(because, error.Message, StringComparison.Ordinal);
        Assert.False(IsFinished);
        Assert.Null(Finished);
    }

    public bool Agrees(WireOutcome other) => Deltas.SequenceEqual(other.Deltas) && IsFinished == other.IsFinished && Error?.Message == other.Error?.Message;
}

/// <summary>Feeds streams to a wire's parser the way its provider does.</summary>
internal static class WireReading
{
    /// <summary>A stream of events; each is its JSON, and is named as its <c>type</c> says.</summary>
    public static byte[] Stream(params IEnumerable<string> events) => Encoding.UTF8.GetBytes(string.Concat(events.Select(data =>
    {
        var type = JsonNode.Parse(data) is JsonObject json && json["type"] is { } named ? $"event: {named.GetValue<string>()}\n" : "";
        return $"{type}data: {data.ReplaceLineEndings("")}\n\n";
    })));

    /// <summary>Reads a stream in reads of <paramref name="sizes"/> bytes, over and over; no sizes: all at once.</summary>
    public static WireOutcome Read(WireParser parser, ReadOnlySpan<byte> stream, params int[] sizes)
    {
        using var reader = new SseReader();
        var deltas = new List<ModelDelta>();
        try
        {
            for (var (at, i) = (0, 0); at < stream.Length && !parser.IsFinished; i++)
            {
                var size = Math.Min(sizes.Length == 0 ? stream.Length : sizes[i % sizes.Length], stream.Length - at);
                reader.Feed(stream.Slice(at, size));
                at += size;
                while (!parser.IsFinished && reader.TryRead(out var sse))
                    parser.Parse(sse.Name, sse.Data, deltas);
            }

            if (!parser.IsFinished)
                parser.EndOfStream(deltas);
        }
        catch (Exception exception) when (exception is GptException or JsonException)
        {
            return new WireOutcome(deltas, exception, parser.IsFinished);
        }

        return new WireOutcome(deltas, null, parser.IsFinished);
    }

    /// <summary>The body that a provider sends, and an expectation of it, compared as JSON values (the order of fields does not matter).</summary>
    public static void AssertBody(string expected, WireProvider provider, ModelRequest request)
    {
        var actual = JsonNode.Parse(provider.WriteBody(request));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), $"The body is {actual}");
    }

    /// <summary>The body that a provider sends.</summary>
    public static JsonNode Body(WireProvider provider, ModelRequest request) => JsonNode.Parse(provider.WriteBody(request))!;

    /// <summary>The recorded streams of a wire, from the folder that OMEGA_STREAMS names.</summary>
    public static IReadOnlyList<(string Name, byte[] Bytes)> Recorded(string wire)
    {
        var folder = Environment.GetEnvironmentVariable("OMEGA_STREAMS");
        Assert.SkipWhen(string.IsNullOrEmpty(folder), "OMEGA_STREAMS names no folder of recorded streams (*.sse).");
        var files = Directory.GetFiles(Path.Combine(folder, wire), "*.sse");
        Assert.NotEmpty(files);
        return [.. files.Order(StringComparer.Ordinal).Select(file => (Path.GetFileName(file), File.ReadAllBytes(file)))];
    }

    /// <summary>The data of a recorded stream's events: one line each, read without the engine's reader.</summary>
    public static IEnumerable<JsonElement> Events(byte[] stream) => Encoding.UTF8.GetString(stream).Split('\n')
        .Where(line => line.StartsWith("data: ", StringComparison.Ordinal)).Select(line => JsonElement.Parse(line["data: ".Length..]));
}

/// <summary>A server in memory that answers every request with one stream, and keeps what it was sent.</summary>
internal sealed class StreamHandler(byte[] stream) : HttpMessageHandler
{
    public HttpRequestMessage? Request { get; private set; }

    public string? Body { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Request = request;
        Body = await request.Content!.ReadAsStringAsync(cancellationToken);
        return new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(stream) { Headers = { ContentType = new("text/event-stream") } } };
    }
}
