using System.Text.Json.Nodes;

namespace Omega.Gpt.Functions.Definition;

/// <summary>The <c>type</c> keyword, which is a name or a list of names.</summary>
internal static class SchemaTypes
{
    public static bool Has(JsonObject schema, string type) => Of(schema).Contains(type);

    public static IEnumerable<string> Of(JsonObject schema) => schema["type"] switch
    {
        JsonValue one => [one.GetValue<string>()],
        JsonArray many => many.Select(name => name!.GetValue<string>()),
        _ => [],
    };

    /// <summary>Lets a schema take null besides what it takes.</summary>
    public static void AllowNull(JsonObject schema)
    {
        if (schema.ContainsKey("$ref"))
        {
            var reference = schema["$ref"]!.GetValue<string>();
            schema.Remove("$ref");
            schema["anyOf"] = new JsonArray(new JsonObject { ["$ref"] = reference }, new JsonObject { ["type"] = "null" });
            return;
        }

        var types = Of(schema).ToList();
        if (types.Count > 0 && !types.Contains("null"))
            schema["type"] = new JsonArray([.. types.Append("null").Select(name => (JsonNode?)name)]);
        else if (types.Count == 0 && schema["anyOf"] is JsonArray branches && !branches.Any(branch => branch is JsonObject option && Has(option, "null")))
            branches.Add((JsonNode)new JsonObject { ["type"] = "null" });
        if (schema["enum"] is JsonArray values && !values.Contains(null))
            values.Add((JsonNode?)null);
    }
}
