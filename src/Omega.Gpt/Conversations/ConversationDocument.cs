using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Omega.Gpt;

/// <summary>
/// A conversation as JSON: <c>{"omega":1,"id","title","model","created","updated","version","messages":[…]}</c>, header first so that a
/// list need not read the messages. <see cref="ConversationReader"/> reads it.
/// </summary>
internal static class ConversationDocument
{
    /// <summary>The number of this format; a document with a higher one is refused.</summary>
    public const int Format = 1;

    /// <summary>Ids of turns whose logs the document contains though no message names them.</summary>
    public const string MergedField = "merged";

    private const int FlushBytes = 64 * 1024;

    private static readonly JsonWriterOptions Indented = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = GptJson.MaxDepth,
    };

    /// <summary>Writes the document.</summary>
    /// <param name="output">Where to; not closed.</param>
    /// <param name="conversation">What to write.</param>
    /// <param name="version">The version to write.</param>
    /// <param name="without">Turns whose messages stay out, because their logs tell more.</param>
    /// <param name="merged">Turns to name in <see cref="MergedField"/>.</param>
    public static void Write(Stream output, Conversation conversation, long version, IReadOnlySet<string>? without = null, IReadOnlyCollection<string>? merged = null)
    {
        var buffer = new ArrayBufferWriter<byte>(FlushBytes);
        using var writer = new Utf8JsonWriter(buffer, Indented);
        writer.WriteStartObject();
        writer.WriteNumber("omega", Format);
        writer.WriteString("id", conversation.Id);
        writer.WriteString("title", conversation.Title);
        writer.WriteString("model", conversation.Model);
        writer.WriteString("created", conversation.Created);
        writer.WriteString("updated", conversation.Updated);
        writer.WriteNumber("version", version);
        if (merged is { Count: > 0 })
        {
            writer.WriteStartArray(MergedField);
            foreach (var turn in merged)
                writer.WriteStringValue(turn);
            writer.WriteEndArray();
        }

        writer.WriteStartArray("messages");
        foreach (var message in conversation.Messages)
        {
            if (message.Turn is not null && without is not null && without.Contains(message.Turn))
                continue;
            JsonSerializer.Serialize(writer, message, GptJsonContext.Default.Message);
            if (buffer.WrittenCount + writer.BytesPending > FlushBytes)
                Flush();
        }

        writer.WriteEndArray();
        foreach (var (name, value) in conversation.Extra)
        {
            writer.WritePropertyName(name);
            VerbatimJson.Write(writer, value);
        }

        writer.WriteEndObject();
        Flush();
        output.WriteByte((byte)'\n');

        void Flush()
        {
            writer.Flush();
            ReadableJson.Copy(output, buffer.WrittenSpan);
            buffer.ResetWrittenCount();
        }
    }
}
