using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Omega.Gpt;

/// <summary>The engine's JSON: snake_case names, absent nulls where a field has no value, any property order, unknown fields ignored.</summary>
public static class GptJson
{
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Deeper than anything a writer lets through (1,000), so that whatever was written can be read.</summary>
    internal const int MaxDepth = 1024;

    private static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = MaxDepth };

    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    // Fields without which an event would be half filled are required. Only reading asks for them, so writing keeps its plain metadata.
    private static readonly JsonTypeInfo<GptEvent> EventReader = (JsonTypeInfo<GptEvent>)new JsonSerializerOptions(GptJsonContext.Default.Options)
    {
        TypeInfoResolver = GptJsonContext.Default.WithAddedModifier(RequireFields),
    }.GetTypeInfo(typeof(GptEvent));

    /// <summary>Reads one event. An event of an unknown type becomes an <see cref="UnknownEvent"/>.</summary>
    /// <param name="utf8Json">One JSON object.</param>
    /// <exception cref="JsonException">The text is not a JSON object with a <c>type</c>, or a known event lacks a field.</exception>
    public static GptEvent ParseEvent(ReadOnlySpan<byte> utf8Json)
    {
        var type = TypeOf(utf8Json) ?? throw new JsonException("an event is a JSON object with a \"type\" that is a string");
        if (KnownTypes.Contains(type))
            return JsonSerializer.Deserialize(utf8Json, EventReader) ?? throw new JsonException("an event is a JSON object, not null");

        var reader = new Utf8JsonReader(utf8Json, ReaderOptions);
        var json = JsonElement.ParseValue(ref reader);
        return new UnknownEvent(type, json)
        {
            Turn = json.TryGetProperty("turn", out var turn) && turn.ValueKind == JsonValueKind.String ? TextOf(turn) : "",
            Sequence = json.TryGetProperty("sequence", out var sequence) && sequence.ValueKind == JsonValueKind.Number && sequence.TryGetInt64(out var number) ? number : 0,
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
        var writer = _writer ??= new Utf8JsonWriter(output, WriterOptions);
        writer.Reset(output);
        if (value is UnknownEvent unknown)
            VerbatimJson.WriteUnchanged(writer, unknown.Json);
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

    private static void RequireFields(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            if (property.AssociatedParameter is { IsMemberInitializer: false, HasDefaultValue: false, IsNullable: false } parameter
                && Nullable.GetUnderlyingType(parameter.ParameterType) is null)
            {
                property.IsRequired = true;
            }
        }
    }

    private static string? TypeOf(ReadOnlySpan<byte> utf8Json)
    {
        var reader = new Utf8JsonReader(utf8Json, ReaderOptions);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isType = reader.ValueTextEquals("type"u8);
            reader.Read();
            if (isType)
                return reader.TokenType == JsonTokenType.String ? TextOf(ref reader) : null;
            reader.Skip();
        }

        return null;
    }

    private static string TextOf(JsonElement text)
    {
        try
        {
            return text.GetString()!;
        }
        catch (InvalidOperationException exception)
        {
            throw new JsonException($"\"turn\" is not sound text: {exception.Message}", exception);
        }
    }

    private static string? TextOf(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException exception)
        {
            throw new JsonException($"\"type\" is not sound text: {exception.Message}", exception);
        }
    }
}

/// <summary>Generated readers and writers for every JSON form of the engine.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowOutOfOrderMetadataProperties = true,
    NumberHandling = JsonNumberHandling.Strict,
    RespectNullableAnnotations = true,
    MaxDepth = GptJson.MaxDepth,
    Converters = [typeof(VerbatimJsonConverter)])]
[JsonSerializable(typeof(GptEvent))]
[JsonSerializable(typeof(Role))]
[JsonSerializable(typeof(MessageState))]
[JsonSerializable(typeof(FinishReason))]
[JsonSerializable(typeof(Part))]
[JsonSerializable(typeof(Message))]
[JsonSerializable(typeof(List<Message>))]
[JsonSerializable(typeof(TokenUsage))]
[JsonSerializable(typeof(Cost))]
internal sealed partial class GptJsonContext : JsonSerializerContext;
