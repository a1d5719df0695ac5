using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Omega.Gpt.Functions.Schema;

namespace Omega.Gpt.Functions.Definition;

/// <summary>The schema of a function's arguments, which must hold before any call is checked against it.</summary>
internal static class ParameterSchema
{
    /// <summary>The schema of the one object that holds all arguments.</summary>
    /// <exception cref="GptException">The type is no object, or cannot be described.</exception>
    public static JsonElement Of(JsonTypeInfo type, string function)
    {
        var where = $"{function}: its arguments, {type.Type}";
        var schema = TypeSchema.Of(type, where);
        if (!SchemaTypes.Has(schema, "object") || type.Kind != JsonTypeInfoKind.Object)
            throw Wrong($"{where}, are not one object with named members. Use a record with a member for each argument.");
        schema["type"] = "object";
        return Checked(schema, function);
    }

    /// <summary>The schema, once it is known to compile.</summary>
    /// <exception cref="GptException">It does not: a pattern that cannot be run, say.</exception>
    public static JsonElement Checked(JsonObject schema, string function)
    {
        var element = SchemaJson.Element(schema);
        try
        {
            _ = JsonSchema.Compile(element);
            return element;
        }
        catch (JsonSchemaException error)
        {
            throw Wrong($"{function}: the schema of its arguments does not hold at {(error.Path.Length == 0 ? "its root" : error.Path)}: {error.Problem}. Change that parameter or its attribute.", error);
        }
    }

    private static GptException Wrong(string message, Exception? inner = null) => new(GptErrorKind.BadRequest, message, inner) { Phase = GptPhase.Request };
}
