using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Omega.Gpt.Providers.ChatCompletions;

/// <summary>
/// The reasoning of one answer as its server wants it back. It is given out once, whole, at the answer's end: the wire has one such
/// field for a message, not a place among its parts, and a server refuses half of one (signatures cover the whole text).
/// </summary>
internal sealed class ReasoningState
{
    /// <summary>The fields of an assistant message, which are also the kinds of the opaque parts.</summary>
    public static readonly string[] Fields = [Content, Plain, ReasoningDetails.Field];

    private const string Content = "reasoning_content";
    private const string Plain = "reasoning";

    private StringBuilder? _content;
    private StringBuilder? _plain;

    /// <summary>What came as <c>reasoning_details</c>.</summary>
    public ReasoningDetails Details { get; } = new();

    /// <summary>Keeps a piece of <c>reasoning_content</c>, an empty one too.</summary>
    public void AddContent(string piece) => (_content ??= new StringBuilder()).Append(piece);

    /// <summary>Keeps a piece of <c>reasoning</c>.</summary>
    public void AddPlain(string piece) => (_plain ??= new StringBuilder()).Append(piece);

    /// <summary>The part to send back; null when there is none. Where a server says the same in several fields, the most exact one.</summary>
    /// <param name="provider">The provider's name.</param>
    /// <param name="model">The model asked.</param>
    /// <param name="withCalls">Whether the answer holds calls. DeepSeek refuses such a message without the field, were it empty.</param>
    public OpaquePart? ToPart(string provider, string model, bool withCalls)
    {
        if (!Details.IsEmpty)
            return new OpaquePart(provider, model, ReasoningDetails.Field, Details.ToJson());
        if (_content is { Length: > 0 } || _content is not null && withCalls)
            return new OpaquePart(provider, model, Content, Quote(_content));
        return _plain is { Length: > 0 } ? new OpaquePart(provider, model, Plain, Quote(_plain)) : null;
    }

    private static string Quote(StringBuilder text)
    {
        var buffer = new ArrayBufferWriter<byte>(text.Length + 2);
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            writer.WriteStringValue(text.ToString());
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
