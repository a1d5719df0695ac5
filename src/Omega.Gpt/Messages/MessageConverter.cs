using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Omega.Gpt;

/// <summary>
/// Reads and writes <see cref="Message"/>s by hand: unknown fields must survive, absent ones must take their defaults, and an error
/// must say which part it is in, none of which generated code does for immutable records.
/// </summary>
internal sealed class MessageConverter : JsonConverter<Message>
{
    public override Message Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException($"a message is an object with \"role\" and \"parts\", not {reader.TokenType}");

        Role? role = null;
        List<Part>? parts = null;
        var message = new Message { Role = default, Parts = [] };
        Dictionary<string, JsonElement>? extra = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            switch (name)
            {
                case "id":
                    message = message with { Id = Text(ref reader, name) ?? "" };
                    break;
                case "role":
                    role = Name(ref reader, name, GptJsonContext.Default.Role);
                    break;
                case "parts":
                    parts = Parts(ref reader);
                    break;
                case "state":
                    message = message with { State = Name(ref reader, name, GptJsonContext.Default.MessageState) ?? default };
                    break;
                case "turn":
                    message = message with { Turn = Text(ref reader, name) };
                    break;
                case "model":
                    message = message with { Model = Text(ref reader, name) };
                    break;
                case "finish_reason":
                    message = message with { FinishReason = Name(ref reader, name, GptJsonContext.Default.FinishReason) };
                    break;
                case "usage":
                    message = message with { Usage = JsonSerializer.Deserialize(ref reader, GptJsonContext.Default.TokenUsage) };
                    break;
                case "cost":
                    message = message with { Cost = JsonSerializer.Deserialize(ref reader, GptJsonContext.Default.Cost) };
                    break;
                default:
                    (extra ??= [])[name] = JsonElement.ParseValue(ref reader);
                    break;
            }
        }

        return message with
        {
            Role = role ?? throw new JsonException("a message needs a \"role\": system, user, assistant or function"),
            Parts = parts ?? throw new JsonException("a message needs \"parts\": an array of objects with a \"type\""),
            Extra = extra,
        };
    }

    public override void Write(Utf8JsonWriter writer, Message value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        if (value.Id.Length > 0)
            writer.WriteString("id", value.Id);
        writer.WritePropertyName("role");
        JsonSerializer.Serialize(writer, value.Role, GptJsonContext.Default.Role);
        writer.WriteStartArray("parts");
        foreach (var part in value.Parts)
            PartConverter.Shared.Write(writer, part, options);
        writer.WriteEndArray();
        writer.WritePropertyName("state");
        JsonSerializer.Serialize(writer, value.State, GptJsonContext.Default.MessageState);
        if (value.Turn is not null)
            writer.WriteString("turn", value.Turn);
        if (value.Model is not null)
            writer.WriteString("model", value.Model);
        if (value.FinishReason is { } reason)
        {
            writer.WritePropertyName("finish_reason");
            JsonSerializer.Serialize(writer, reason, GptJsonContext.Default.FinishReason);
        }

        if (value.Usage is not null)
        {
            writer.WritePropertyName("usage");
            JsonSerializer.Serialize(writer, value.Usage, GptJsonContext.Default.TokenUsage);
        }

        if (value.Cost is not null)
        {
            writer.WritePropertyName("cost");
            JsonSerializer.Serialize(writer, value.Cost, GptJsonContext.Default.Cost);
        }

        if (value.Extra is not null)
        {
            foreach (var (name, element) in value.Extra)
            {
                writer.WritePropertyName(name);
                VerbatimJson.Write(writer, element);
            }
        }

        writer.WriteEndObject();
    }

    private static List<Part> Parts(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new JsonException($"\"parts\" is an array of objects with a \"type\", not {reader.TokenType}", "$.parts", null, null);
        List<Part> parts = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            try
            {
                parts.Add(PartConverter.Shared.Read(ref reader, typeof(Part), GptJsonContext.Default.Options));
            }
            catch (JsonException exception)
            {
                throw new JsonException(exception.Message, $"$.parts[{parts.Count}]", exception.LineNumber, exception.BytePositionInLine, exception);
            }
        }

        return parts;
    }

    private static string? Text(ref Utf8JsonReader reader, string name) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.Null => null,
        var other => throw new JsonException($"\"{name}\" is a string, not {other}", "$." + name, null, null),
    };

    private static T? Name<T>(ref Utf8JsonReader reader, string name, JsonTypeInfo<T> type)
        where T : struct, Enum
    {
        if (reader.TokenType == JsonTokenType.Null)
            return null;
        if (reader.TokenType != JsonTokenType.String)
            throw new JsonException($"\"{name}\" is a string, not {reader.TokenType}", "$." + name, null, null);
        var text = reader.GetString()!;
        var known = Names<T>.Of(type);
        return known.TryGetValue(text, out var value)
            ? value
            : throw new JsonException($"\"{name}\" is \"{text}\", which is none of {string.Join(", ", known.Keys)}", "$." + name, null, null);
    }

    /// <summary>An enum's JSON names, asked of its generated writer once.</summary>
    private static class Names<T>
        where T : struct, Enum
    {
        private static Dictionary<string, T>? _names;

        public static Dictionary<string, T> Of(JsonTypeInfo<T> type) =>
            _names ??= Enum.GetValues<T>().ToDictionary(value => JsonSerializer.SerializeToElement(value, type).GetString()!);
    }
}
