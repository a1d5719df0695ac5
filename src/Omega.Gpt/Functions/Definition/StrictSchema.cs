using System.Text.Json;
using Omega.Gpt.Functions.Definition;
using Omega.Gpt.Functions.Schema;

namespace Omega.Gpt;

/// <summary>
/// The strict form of a schema, in which OpenAI and others hold a model to every token: closed objects, every member required, and what
/// was optional may be null instead. What that form cannot say but a person can (lengths, a URI) moves into the description; it is
/// still checked when the answer is there.
/// </summary>
public static class StrictSchema
{
    /// <summary>Converts a schema.</summary>
    /// <param name="schema">A JSON Schema whose type is <c>object</c>.</param>
    /// <param name="strict">The strict form; undefined where there is none.</param>
    /// <param name="obstacles">Why there is none, each with its place as a JSON pointer; empty where there is one.</param>
    /// <returns>Whether there is a strict form.</returns>
    /// <exception cref="JsonSchemaException">It is no valid schema.</exception>
    public static bool TryConvert(JsonElement schema, out JsonElement strict, out IReadOnlyList<string> obstacles)
    {
        _ = JsonSchema.Compile(schema);
        var conversion = new StrictConversion();
        var converted = conversion.Convert(schema);
        obstacles = conversion.Obstacles;
        strict = obstacles.Count == 0 ? SchemaJson.Element(converted) : default;
        return obstacles.Count == 0;
    }

    /// <summary>
    /// Takes out the nulls by which a model in the strict form says "not given", so that the value can be checked against the schema as
    /// it was. Where that schema takes null itself, null stays.
    /// </summary>
    /// <param name="value">What the model wrote.</param>
    /// <param name="schema">The schema before <see cref="TryConvert"/>; a valid one.</param>
    public static JsonElement RemoveNulls(JsonElement value, JsonElement schema) => StrictNulls.Remove(value, schema);
}
