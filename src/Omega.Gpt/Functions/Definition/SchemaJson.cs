using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Omega.Gpt.Functions.Definition;

/// <summary>A schema as it is sent: without escapes that JSON does not ask for, which would only cost tokens.</summary>
internal static class SchemaJson
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonElement Element(JsonNode schema)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Plain))
            schema.WriteTo(writer);
        return JsonElement.Parse(buffer.WrittenSpan);
    }
}
