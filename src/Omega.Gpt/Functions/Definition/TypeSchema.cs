using System.ComponentModel;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace Omega.Gpt.Functions.Definition;

/// <summary>
/// The JSON Schema of a type: what System.Text.Json says of it, with descriptions and validation attributes, closed objects, named
/// enums, and without members that cannot be set.
/// </summary>
internal sealed class TypeSchema
{
    private readonly string _where;

    private TypeSchema(string where) => _where = where;

    /// <param name="type">The type's metadata, of options made by <see cref="ModelJson"/>.</param>
    /// <param name="where">What needs the schema, for messages.</param>
    /// <exception cref="GptException">A type in it cannot be described; the message names it and the remedy.</exception>
    public static JsonObject Of(JsonTypeInfo type, string where)
    {
        var schema = new TypeSchema(where);
        try
        {
            var options = new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = schema.Enrich };
            return (JsonObject)type.GetJsonSchemaAsNode(options);
        }
        catch (Exception error) when (error is NotSupportedException or InvalidOperationException)
        {
            throw schema.Wrong(type.Type, $"cannot be described: {error.Message}", error);
        }
    }

    /// <summary>Makes a schema's references right for its new place inside another: <c>#/items</c> becomes <c>#/properties/x/items</c>.</summary>
    /// <param name="schema">The schema, or a part of it.</param>
    /// <param name="place">Its new place, as a JSON pointer.</param>
    public static void Rebase(JsonNode? schema, string place)
    {
        switch (schema)
        {
            case JsonObject node:
                if (node["$ref"] is JsonValue reference && reference.TryGetValue<string>(out var target) && target.StartsWith('#'))
                    node["$ref"] = "#" + place + target[1..];
                foreach (var (_, child) in node)
                    Rebase(child, place);
                break;
            case JsonArray list:
                foreach (var child in list)
                    Rebase(child, place);
                break;
        }
    }

    private JsonObject Enrich(JsonSchemaExporterContext context, JsonNode node)
    {
        // "true" is "anything", which takes a description only as an object.
        var schema = node as JsonObject ?? [];
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        var place = context.Path.Length == 0 ? _where : $"{_where}, {string.Join('/', context.Path.ToArray().Where(step => step != "properties"))}";
        if (schema.ContainsKey("not"))
            throw Wrong(type, "cannot be read from JSON. Use a type that JSON can hold.", null, place);
        if (!schema.ContainsKey("$ref"))
        {
            ByType(schema, type, place);
            if (context.TypeInfo.Kind == JsonTypeInfoKind.Object)
                Close(schema, context, type, place);
            if (context.TypeInfo.Kind == JsonTypeInfoKind.Object || type.IsEnum)
                SchemaNotes.Apply(schema, type.GetCustomAttributes(typeof(DescriptionAttribute), inherit: false), context.TypeInfo, place);
        }

        SchemaNotes.Apply(schema, AttributesOf(context.PropertyInfo), context.TypeInfo, place);
        return schema;
    }

    private void ByType(JsonObject schema, Type type, string place)
    {
        if (type.IsEnum)
        {
            if (SchemaTypes.Has(schema, "integer"))
                throw Wrong(type, "would be a bare number to the model. Write it by name: UseStringEnumConverter on the context, or [JsonConverter(typeof(JsonStringEnumConverter<…>))] on the enum.", null, place);
            if (!schema.ContainsKey("type"))
                schema.Insert(0, "type", schema["enum"] is JsonArray names && names.Contains(null) ? new JsonArray("string", "null") : "string");
        }
        else if (type == typeof(TimeOnly))
        {
            // "time" asks for an offset, which TimeOnly does not take.
            schema.Remove("format");
            schema["pattern"] = @"^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,7})?)?$";
        }
        else if (type == typeof(TimeSpan))
        {
            schema.Remove("$comment");
            SchemaNotes.Describe(schema, "A duration: days.hours:minutes:seconds, such as 1.02:30:00.");
        }
        else if (type == typeof(byte[]))
        {
            schema["contentEncoding"] = "base64";
        }
        else if (SmallestAndLargest(type) is { } bounds)
        {
            schema["minimum"] = bounds.Smallest;
            if (bounds.Largest is { } largest)
                schema["maximum"] = largest;
        }
    }

    private void Close(JsonObject schema, JsonSchemaExporterContext context, Type type, string place)
    {
        var polymorphic = context.TypeInfo.PolymorphismOptions is not null;
        if ((type.IsInterface || type.IsAbstract) && !polymorphic)
            throw Wrong(type, "is abstract, so that no value of it can be made. Use a concrete type, or [JsonDerivedType].", null, place);
        if (polymorphic && !schema.ContainsKey("properties"))
            return;
        if (schema["properties"] is JsonObject properties)
        {
            foreach (var property in context.TypeInfo.Properties)
            {
                if (property is { Set: null, AssociatedParameter: null })
                    properties.Remove(property.Name);
            }
        }

        if (!context.TypeInfo.Properties.Any(property => property.IsExtensionData))
            schema["additionalProperties"] = false;
        else
            schema.Remove("additionalProperties");
    }

    private static IEnumerable<object> AttributesOf(JsonPropertyInfo? property)
    {
        if (property is null)
            return [];
        // Attributes of a positional record stand on the constructor's parameter unless they say otherwise.
        var parameter = property.AssociatedParameter?.AttributeProvider?.GetCustomAttributes(inherit: true) ?? [];
        return [.. parameter, .. property.AttributeProvider?.GetCustomAttributes(inherit: true) ?? []];
    }

    private static (long Smallest, long? Largest)? SmallestAndLargest(Type type) => Type.GetTypeCode(type) switch
    {
        _ when type.IsEnum => null,
        TypeCode.Byte => (byte.MinValue, byte.MaxValue),
        TypeCode.SByte => (sbyte.MinValue, sbyte.MaxValue),
        TypeCode.Int16 => (short.MinValue, short.MaxValue),
        TypeCode.UInt16 => (ushort.MinValue, ushort.MaxValue),
        TypeCode.UInt32 => (0, uint.MaxValue),
        TypeCode.UInt64 => (0, null),
        _ => null,
    };

    private GptException Wrong(Type type, string problem, Exception? inner = null, string? place = null) =>
        new(GptErrorKind.BadRequest, $"{place ?? _where}: the type {type} {problem}", inner) { Phase = GptPhase.Request };
}
