using System.Text.Json;
using Omega.Gpt.Functions.Schema;

namespace Omega.Gpt.Functions.Definition;

/// <summary>
/// What a schema says of a place in a value, by walking beside it. Follows references and every branch of <c>anyOf</c>, and knows no
/// more: enough for the schemas of types.
/// </summary>
internal static class SchemaPlace
{
    /// <summary>The schemas with those they refer to and their branches.</summary>
    public static IReadOnlyList<JsonElement> Expand(IReadOnlyList<JsonElement> schemas, JsonElement root)
    {
        var all = new List<JsonElement>(schemas.Count + 1);
        var followed = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<JsonElement>(schemas);
        while (open.TryPop(out var schema))
        {
            if (schema.ValueKind != JsonValueKind.Object)
                continue;
            all.Add(schema);
            if (schema.TryGetProperty("$ref", out var reference) && reference.GetString() is ['#', ..] target && followed.Add(target)
                && JsonPointer.TryFollow(root, target[1..], out var referred))
            {
                open.Push(referred);
            }

            if (schema.TryGetProperty("anyOf", out var branches) && branches.ValueKind == JsonValueKind.Array)
            {
                foreach (var branch in branches.EnumerateArray())
                    open.Push(branch);
            }
        }

        return all;
    }

    /// <summary>The schemas of an object's member.</summary>
    public static IReadOnlyList<JsonElement> Member(IReadOnlyList<JsonElement> expanded, string name)
    {
        var found = new List<JsonElement>(1);
        foreach (var schema in expanded)
        {
            if (schema.TryGetProperty("properties", out var properties) && properties.TryGetProperty(name, out var member))
                found.Add(member);
            else if (schema.TryGetProperty("additionalProperties", out var others) && others.ValueKind == JsonValueKind.Object)
                found.Add(others);
        }

        return found;
    }

    /// <summary>The schemas of an array's items.</summary>
    public static IReadOnlyList<JsonElement> Items(IReadOnlyList<JsonElement> expanded)
    {
        var found = new List<JsonElement>(1);
        foreach (var schema in expanded)
        {
            if (schema.TryGetProperty("items", out var items))
                found.Add(items);
        }

        return found;
    }

    /// <summary>The names in <c>type</c>; null where it is absent.</summary>
    public static IReadOnlyList<string>? Types(JsonElement schema) => !schema.TryGetProperty("type", out var type)
        ? null
        : type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray().Select(name => name.GetString() ?? "")] : [type.GetString() ?? ""];
}
