using System.Text.Json;
using Omega.Gpt.Functions.Schema;

namespace Omega.Gpt;

/// <summary>One function of a set: what the model is told, who runs it if anybody does, and the compiled schema of its arguments.</summary>
internal sealed class FunctionEntry
{
    public FunctionEntry(GptFunction function) => (Definition, Function, Schema) = (function.Definition, function, function.Schema);

    /// <param name="definition">What the model is told.</param>
    /// <param name="isChecked">Whether calls are held to the schema here; not where somebody else answers for the definition.</param>
    public FunctionEntry(FunctionDefinition definition, bool isChecked) =>
        (Definition, Schema) = (definition, isChecked ? Compile(definition) : null);

    public FunctionDefinition Definition { get; }

    /// <summary>Null where the caller answers the calls.</summary>
    public GptFunction? Function { get; }

    /// <summary>Null where calls are not held to the schema here.</summary>
    public JsonSchema? Schema { get; }

    /// <summary>Compiles a function's schema.</summary>
    /// <exception cref="GptException">It is none, or not one of an object.</exception>
    public static JsonSchema Compile(FunctionDefinition definition)
    {
        var schema = definition.Parameters;
        if (schema.ValueKind != JsonValueKind.Object)
            throw Invalid("", $"the schema is {(schema.ValueKind == JsonValueKind.Undefined ? "missing" : schema.GetRawText())}; it must be an object with \"type\": \"object\"", null);
        if (schema.TryGetProperty("type", out var type) && !(type.ValueKind == JsonValueKind.String && type.GetString() == "object"))
            throw Invalid("/type", $"the type is {type.GetRawText()}; arguments are always an \"object\"", null);
        try
        {
            return JsonSchema.Compile(schema);
        }
        catch (JsonSchemaException exception)
        {
            throw Invalid(exception.Path, exception.Problem, exception);
        }

        GptException Invalid(string path, string problem, Exception? cause) =>
            new(GptErrorKind.BadRequest, $"Function \"{definition.Name}\", parameters{(path.Length > 0 ? " at " + path : "")}: {problem}. Mend the schema.", cause) { Phase = GptPhase.Request };
    }
}
