using System.Text.Json;
using System.Text.Json.Serialization;

namespace Omega.Gpt;

/// <summary>Reads and writes <see cref="Part"/>s by hand: unknown types and unknown fields must survive, which generated polymorphism cannot do.</summary>
internal sealed class PartConverter : JsonConverter<Part>
{
    public static readonly PartConverter Shared = new();

    public override Part Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var json = JsonElement.ParseValue(ref reader);
        if (json.ValueKind != JsonValueKind.Object)
            throw new JsonException($"a part is an object with a \"type\", not {json.ValueKind}");
        if (!json.TryGetProperty("type", out var type) || type.ValueKind != JsonValueKind.String)
            throw new JsonException("a part needs a \"type\" that is a string");

        return type.GetString() switch
        {
            "text" => new TextPart(Required(json, "text")) { Extra = Extra(json, "text") },
            "reasoning" => new ReasoningPart(Required(json, "text")) { Extra = Extra(json, "text") },
            "refusal" => new RefusalPart(Required(json, "text")) { Extra = Extra(json, "text") },
            "image" => new ImagePart
            {
                Data = Bytes(json),
                Url = Optional(json, "url"),
                MediaType = Optional(json, "media_type"),
                Detail = Optional(json, "detail"),
                Extra = Extra(json, "data", "url", "media_type", "detail"),
            },
            "file" => new FilePart
            {
                Data = Bytes(json),
                Url = Optional(json, "url"),
                MediaType = Optional(json, "media_type"),
                Name = Optional(json, "name"),
                Extra = Extra(json, "data", "url", "media_type", "name"),
            },
            "function_call" => new FunctionCallPart(Required(json, "call"), Required(json, "name"), Required(json, "arguments"))
            {
                Extra = Extra(json, "call", "name", "arguments"),
            },
            "function_result" => new FunctionResultPart(
                Required(json, "call"),
                Optional(json, "name") ?? "",
                json.TryGetProperty("result", out var result) ? result : throw new JsonException("a function_result needs a \"result\""))
            {
                IsError = json.TryGetProperty("is_error", out var error) && error.ValueKind == JsonValueKind.True,
                Extra = Extra(json, "call", "name", "result", "is_error"),
            },
            "opaque" => new OpaquePart(Required(json, "provider"), Required(json, "model"), Required(json, "kind"), Required(json, "json"))
            {
                Extra = Extra(json, "provider", "model", "kind", "json"),
            },
            var unknown => new UnknownPart(unknown!, json),
        };
    }

    public override void Write(Utf8JsonWriter writer, Part value, JsonSerializerOptions options)
    {
        if (value is UnknownPart unknown)
        {
            VerbatimJson.Write(writer, unknown.Json);
            return;
        }

        writer.WriteStartObject();
        switch (value)
        {
            case TextPart text:
                WriteText(writer, "text", text.Text);
                break;
            case ReasoningPart reasoning:
                WriteText(writer, "reasoning", reasoning.Text);
                break;
            case RefusalPart refusal:
                WriteText(writer, "refusal", refusal.Text);
                break;
            case ImagePart image:
                WriteMedia(writer, "image", image.MediaType, image.Data, image.Url);
                if (image.Detail is not null)
                    writer.WriteString("detail", image.Detail);
                break;
            case FilePart file:
                WriteMedia(writer, "file", file.MediaType, file.Data, file.Url);
                if (file.Name is not null)
                    writer.WriteString("name", file.Name);
                break;
            case FunctionCallPart call:
                writer.WriteString("type", "function_call");
                writer.WriteString("call", call.Call);
                writer.WriteString("name", call.Name);
                writer.WriteString("arguments", call.Arguments);
                break;
            case FunctionResultPart result:
                writer.WriteString("type", "function_result");
                writer.WriteString("call", result.Call);
                writer.WriteString("name", result.Name);
                writer.WritePropertyName("result");
                VerbatimJson.Write(writer, result.Result);
                if (result.IsError)
                    writer.WriteBoolean("is_error", true);
                break;
            case OpaquePart opaque:
                writer.WriteString("type", "opaque");
                writer.WriteString("provider", opaque.Provider);
                writer.WriteString("model", opaque.Model);
                writer.WriteString("kind", opaque.Kind);
                writer.WriteString("json", opaque.Json);
                break;
            default:
                throw new NotSupportedException($"no JSON form for {value.GetType().Name}");
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

    private static void WriteText(Utf8JsonWriter writer, string type, string text)
    {
        writer.WriteString("type", type);
        writer.WriteString("text", text);
    }

    private static void WriteMedia(Utf8JsonWriter writer, string type, string? mediaType, ReadOnlyMemory<byte>? data, string? url)
    {
        writer.WriteString("type", type);
        if (mediaType is not null)
            writer.WriteString("media_type", mediaType);
        if (data is { } bytes)
            writer.WriteBase64String("data", bytes.Span);
        if (url is not null)
            writer.WriteString("url", url);
    }

    private static string Required(JsonElement json, string name) =>
        Optional(json, name) ?? throw new JsonException($"a {json.GetProperty("type").GetString()} part needs a \"{name}\" that is a string");

    private static string? Optional(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static ReadOnlyMemory<byte>? Bytes(JsonElement json)
    {
        if (!json.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.String)
            return null;
        return data.TryGetBytesFromBase64(out var bytes) ? bytes : throw new JsonException("\"data\" is not base64");
    }

    private static Dictionary<string, JsonElement>? Extra(JsonElement json, params ReadOnlySpan<string> known)
    {
        Dictionary<string, JsonElement>? extra = null;
        foreach (var property in json.EnumerateObject())
        {
            if (property.Name != "type" && !known.Contains(property.Name))
                (extra ??= [])[property.Name] = property.Value;
        }

        return extra;
    }
}
