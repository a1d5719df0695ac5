using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Omega.Gpt;

/// <summary>The engine's JSON: snake_case names, absent nulls where a field has no value, any property order, unknown fields ignored.</summary>
public static class GptJson
{
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    [ThreadStatic]
    private static Utf8JsonWriter? t_writer;

    /// <summary>Reads one event. An event of an unknown type becomes an <see cref="UnknownEvent"/>.</summary>
    /// <param name="utf8Json">One JSON object.</param>
    /// <exception cref="JsonException">The text is not a JSON object with a <c>type</c>, or a known event lacks a field.</exception>
    public static GptEvent ParseEvent(ReadOnlySpan<byte> utf8Json)
    {
        var type = TypeOf(utf8Json) ?? throw new JsonException("an event is a JSON object with a \"type\" that is a string");
        if (KnownTypes.Contains(type))
            return JsonSerializer.Deserialize(utf8Json, GptJsonContext.Default.GptEvent) ?? throw new JsonException("an event is a JSON object, not null");

        var reader = new Utf8JsonReader(utf8Json);
        var json = JsonElement.ParseValue(ref reader);
        return new UnknownEvent(type, json)
        {
            Turn = json.TryGetProperty("turn", out var turn) && turn.ValueKind == JsonValueKind.String ? turn.GetString()! : "",
            Sequence = json.TryGetProperty("sequence", out var sequence) && sequence.TryGetInt64(out var number) ? number : 0,
            At = json.TryGetProperty("at", out var at) && at.ValueKind == JsonValueKind.String && at.TryGetDateTimeOffset(out var time) ? time : default,
        };
    }

    /// <inheritdoc cref="ParseEvent(ReadOnlySpan{byte})"/>
    /// <param name="json">One JSON object.</param>
    public static GptEvent ParseEvent(string json) => ParseEvent(Encoding.UTF8.GetBytes(json));

    /// <summary>Writes one event as a JSON object on one line, without a line end.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="value">The event.</param>
    public static void WriteEvent(IBufferWriter<byte> output, GptEvent value)
    {
        var writer = t_writer ??= new Utf8JsonWriter(output, WriterOptions);
        writer.Reset(output);
        if (value is UnknownEvent unknown)
            unknown.Json.WriteTo(writer);
        else
            JsonSerializer.Serialize(writer, value, GptJsonContext.Default.GptEvent);
        writer.Flush();
    }

    /// <summary>One event as a JSON object on one line.</summary>
    /// <param name="value">The event.</param>
    public static string ToJson(GptEvent value)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        WriteEvent(buffer, value);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static readonly HashSet<string> KnownTypes =
        [.. typeof(GptEvent).GetCustomAttributes(typeof(JsonDerivedTypeAttribute), inherit: false).Cast<JsonDerivedTypeAttribute>().Select(a => (string)a.TypeDiscriminator!)];

    private static string? TypeOf(ReadOnlySpan<byte> utf8Json)
    {
        var reader = new Utf8JsonReader(utf8Json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isType = reader.ValueTextEquals("type"u8);
            reader.Read();
            if (isType)
                return reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
            reader.Skip();
        }

        return null;
    }
}

/// <summary>Generated readers and writers for every JSON form of the engine.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowOutOfOrderMetadataProperties = true,
    NumberHandling = JsonNumberHandling.Strict)]
[JsonSerializable(typeof(GptEvent))]
[JsonSerializable(typeof(Message))]
[JsonSerializable(typeof(List<Message>))]
[JsonSerializable(typeof(TokenUsage))]
[JsonSerializable(typeof(Cost))]
internal sealed partial class GptJsonContext : JsonSerializerContext;
