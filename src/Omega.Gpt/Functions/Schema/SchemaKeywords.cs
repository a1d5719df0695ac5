using System.Collections.Frozen;
using System.Text.Json;

namespace Omega.Gpt.Functions.Schema;

/// <summary>Which keywords hold schemas, and how the place of each is named.</summary>
internal static class SchemaKeywords
{
    private enum Holds
    {
        Schema,
        List,
        Map,
    }

    private static readonly FrozenDictionary<string, Holds> Applicators = new Dictionary<string, Holds>
    {
        ["items"] = Holds.Schema,
        ["contains"] = Holds.Schema,
        ["additionalProperties"] = Holds.Schema,
        ["propertyNames"] = Holds.Schema,
        ["unevaluatedItems"] = Holds.Schema,
        ["unevaluatedProperties"] = Holds.Schema,
        ["not"] = Holds.Schema,
        ["if"] = Holds.Schema,
        ["then"] = Holds.Schema,
        ["else"] = Holds.Schema,
        ["contentSchema"] = Holds.Schema,
        ["allOf"] = Holds.List,
        ["anyOf"] = Holds.List,
        ["oneOf"] = Holds.List,
        ["prefixItems"] = Holds.List,
        ["properties"] = Holds.Map,
        ["patternProperties"] = Holds.Map,
        ["dependentSchemas"] = Holds.Map,
        ["$defs"] = Holds.Map,
        // Replaced by $defs, still written by many generators.
        ["definitions"] = Holds.Map,
    }.ToFrozenDictionary();

    /// <summary>The schemas directly inside a schema object, with the pointer that leads from it to each.</summary>
    public static IEnumerable<(string Pointer, JsonElement Schema)> Children(JsonElement schema)
    {
        foreach (var keyword in schema.EnumerateObject())
        {
            if (!Applicators.TryGetValue(keyword.Name, out var holds)) continue;
            if (holds == Holds.Schema)
            {
                yield return ("/" + keyword.Name, keyword.Value);
            }
            else if (holds == Holds.List && keyword.Value.ValueKind == JsonValueKind.Array)
            {
                var index = 0;
                foreach (var item in keyword.Value.EnumerateArray()) yield return ($"/{keyword.Name}/{index++}", item);
            }
            else if (holds == Holds.Map && keyword.Value.ValueKind == JsonValueKind.Object)
            {
                foreach (var member in keyword.Value.EnumerateObject())
                    yield return ($"/{keyword.Name}/{JsonPointer.Escape(member.Name)}", member.Value);
            }
        }
    }
}
