using System.Buffers;
using System.Text.Json;

namespace Omega.Gpt.Functions.Definition;

/// <summary>Takes the nulls that stand for "not given" out of a value in the strict form.</summary>
internal static class StrictNulls
{
    // Deeper than any schema in the strict form goes without references; validation bounds what those allow.
    private const int MaxDepth = 128;

    private const int MaxNesting = 1000;

    /// <summary>The value without them; the same value where there are none.</summary>
    public static JsonElement Remove(JsonElement value, JsonElement schema)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var changed = false;
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { MaxDepth = MaxNesting, SkipValidation = true }))
            Write(value, [schema], schema, writer, 0, ref changed);
        return changed ? JsonElement.Parse(buffer.WrittenSpan, new JsonDocumentOptions { MaxDepth = MaxNesting }) : value;
    }

    private static void Write(JsonElement value, IReadOnlyList<JsonElement> schemas, JsonElement root, Utf8JsonWriter writer, int depth, ref bool changed)
    {
        if (depth >= MaxDepth || value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array))
        {
            value.WriteTo(writer);
            return;
        }

        var candidates = SchemaPlace.Expand(schemas, root);
        if (value.ValueKind == JsonValueKind.Array)
        {
            writer.WriteStartArray();
            var items = SchemaPlace.Items(candidates);
            foreach (var item in value.EnumerateArray())
                Write(item, items, root, writer, depth + 1, ref changed);
            writer.WriteEndArray();
            return;
        }

        writer.WriteStartObject();
        foreach (var member in value.EnumerateObject())
        {
            var members = SchemaPlace.Member(candidates, member.Name);
            if (member.Value.ValueKind == JsonValueKind.Null && members.Count > 0 && !IsRequired(candidates, member.Name) && !TakesNull(members, root))
            {
                changed = true;
                continue;
            }

            writer.WritePropertyName(member.Name);
            Write(member.Value, members, root, writer, depth + 1, ref changed);
        }

        writer.WriteEndObject();
    }

    private static bool IsRequired(IReadOnlyList<JsonElement> candidates, string name) =>
        candidates.Any(schema => schema.TryGetProperty("properties", out var properties) && properties.TryGetProperty(name, out _)
            && schema.TryGetProperty("required", out var required) && required.EnumerateArray().Any(one => one.ValueEquals(name)));

    private static bool TakesNull(IReadOnlyList<JsonElement> schemas, JsonElement root) =>
        SchemaPlace.Expand(schemas, root).Any(schema => SchemaPlace.Types(schema) is { } types
            ? types.Contains("null")
            : !schema.TryGetProperty("anyOf", out _) && !schema.TryGetProperty("$ref", out _) && !schema.TryGetProperty("enum", out _));
}
