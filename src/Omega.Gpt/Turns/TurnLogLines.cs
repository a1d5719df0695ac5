using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Omega.Gpt.Turns;

/// <summary>
/// The lines of a turn's log: first the header, then an event's JSON as <see cref="GptJson"/> writes it, <c>{"message":{…}}</c>, or
/// <c>{"epoch":2}</c> where another writer took over.
/// </summary>
internal static class TurnLogLines
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
    private static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = GptJson.MaxDepth };

    public static void WriteHeader(IBufferWriter<byte> output, TurnHeader header)
    {
        using var writer = new Utf8JsonWriter(output, Compact);
        writer.WriteStartObject();
        writer.WriteNumber("omega", ConversationDocument.Format);
        writer.WriteString("turn", header.Turn);
        writer.WriteString("conversation", header.Conversation);
        writer.WriteString("model", header.Model);
        writer.WriteString("at", header.At);
        writer.WriteBoolean("keep", header.Keep);
        writer.WriteStartArray("input");
        foreach (var message in header.Input)
            JsonSerializer.Serialize(writer, message, GptJsonContext.Default.Message);
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        EndLine(output);
    }

    public static void WriteEvent(IBufferWriter<byte> output, GptEvent gptEvent)
    {
        GptJson.WriteEvent(output, gptEvent);
        EndLine(output);
    }

    public static void WriteMessage(IBufferWriter<byte> output, Message message)
    {
        using var writer = new Utf8JsonWriter(output, Compact);
        writer.WriteStartObject();
        writer.WritePropertyName("message");
        JsonSerializer.Serialize(writer, message, GptJsonContext.Default.Message);
        writer.WriteEndObject();
        writer.Flush();
        EndLine(output);
    }

    public static void WriteEpoch(IBufferWriter<byte> output, long epoch)
    {
        using var writer = new Utf8JsonWriter(output, Compact);
        writer.WriteStartObject();
        writer.WriteNumber("epoch", epoch);
        writer.WriteEndObject();
        writer.Flush();
        EndLine(output);
    }

    /// <exception cref="JsonException">The line is not a header.</exception>
    public static TurnHeader ReadHeader(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line, ReaderOptions);
        string? turn = null, conversation = null, model = null;
        DateTimeOffset? at = null;
        List<Message>? input = null;
        var keep = false;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("the first line of a turn's log is an object");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString();
            reader.Read();
            switch (name)
            {
                case "omega" when reader.TokenType != JsonTokenType.Number || !reader.TryGetInt32(out var format) || format > ConversationDocument.Format:
                    throw new JsonException("it was written by a newer Omega. Update Omega to read it");
                case "turn":
                    turn = reader.GetString();
                    break;
                case "conversation":
                    conversation = reader.GetString();
                    break;
                case "model":
                    model = reader.GetString();
                    break;
                case "at":
                    at = reader.GetDateTimeOffset();
                    break;
                case "keep":
                    keep = reader.GetBoolean();
                    break;
                case "input":
                    input = JsonSerializer.Deserialize(ref reader, GptJsonContext.Default.ListMessage);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        if (turn is null || conversation is null || model is null || at is null || input is null)
            throw new JsonException("the first line of a turn's log needs \"turn\", \"conversation\", \"model\", \"at\" and \"input\"");
        return new TurnHeader { Turn = turn, Conversation = conversation, Model = model, At = at.Value, Input = input, Keep = keep };
    }

    /// <summary>Reads a line after the first.</summary>
    /// <param name="line">The line, without its end.</param>
    /// <param name="entry">The event or message; both null for an epoch.</param>
    /// <param name="epoch">The epoch; 0 for an event or message.</param>
    /// <exception cref="JsonException">The line is none of these.</exception>
    public static void Read(ReadOnlySpan<byte> line, out TurnEntry entry, out long epoch)
    {
        (entry, epoch) = (default, 0);
        // Events begin with their type; an event of an unknown type may begin with anything, so the type is what decides.
        if (line.StartsWith("{\"type\":"u8) || !TryReadOwn(line, ref entry, ref epoch))
            entry = new TurnEntry(GptJson.ParseEvent(line), null);
    }

    /// <summary>Whether a text is sound JSON, whatever it says.</summary>
    public static bool IsJson(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line, ReaderOptions);
        try
        {
            while (reader.Read())
            {
            }

            return reader.BytesConsumed > 0;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool TryReadOwn(ReadOnlySpan<byte> line, ref TurnEntry entry, ref long epoch)
    {
        var reader = new Utf8JsonReader(line, ReaderOptions);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject || !reader.Read() || reader.TokenType != JsonTokenType.PropertyName)
            return false;
        var isMessage = reader.ValueTextEquals("message"u8);
        if (!isMessage && !reader.ValueTextEquals("epoch"u8))
            return false;
        var rest = reader;
        rest.Skip();
        if (!rest.Read() || rest.TokenType != JsonTokenType.EndObject)
            return false;

        reader.Read();
        if (isMessage)
            entry = new TurnEntry(null, JsonSerializer.Deserialize(ref reader, GptJsonContext.Default.Message) ?? throw new JsonException("a message is an object, not null"));
        else
            epoch = reader.GetInt64();
        return true;
    }

    private static void EndLine(IBufferWriter<byte> output)
    {
        output.GetSpan(1)[0] = (byte)'\n';
        output.Advance(1);
    }
}
