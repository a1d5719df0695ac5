using System.Text.Json;
using System.Text.Json.Nodes;
using Omega.Gpt.Functions.Schema;

namespace Omega.Gpt.Functions.Definition;

/// <summary>
/// One conversion to the strict form. Parts keep their places, so that references hold; those that point into the middle of the schema
/// get a definition of their own, as the strict form knows references to the root and to <c>$defs</c> only. Used once.
/// </summary>
/// <param name="boundsInWords">Whether ranges, counts and patterns go into words too, for providers that refuse them.</param>
internal sealed class StrictConversion(bool boundsInWords = false)
{
    private const int MaxNesting = 10;

    private static readonly HashSet<string> Kept = new(StringComparer.Ordinal)
    {
        "type", "title", "description", "enum",
    };

    private static readonly HashSet<string> Bounds = new(StringComparer.Ordinal)
    {
        "pattern", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minItems", "maxItems",
    };

    private static readonly HashSet<string> Formats = new(StringComparer.Ordinal)
    {
        "date-time", "time", "date", "duration", "email", "hostname", "ipv4", "ipv6", "uuid",
    };

    private static readonly HashSet<string> Unsayable = new(StringComparer.Ordinal)
    {
        "allOf", "oneOf", "not", "if", "then", "else", "patternProperties", "prefixItems", "contains", "dependentRequired", "dependentSchemas",
        "propertyNames", "unevaluatedProperties", "unevaluatedItems", "$dynamicRef", "$id", "$anchor",
    };

    private readonly List<string> _obstacles = [];
    private readonly Dictionary<string, string> _definitions = new(StringComparer.Ordinal);
    private readonly Queue<string> _open = [];
    private JsonElement _root;

    public IReadOnlyList<string> Obstacles => _obstacles;

    /// <summary>Whether the schema refers to a part of itself.</summary>
    public bool HasReferences { get; private set; }

    public JsonObject Convert(JsonElement schema)
    {
        _root = schema;
        if (schema.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("type", out var type) || type.ValueKind != JsonValueKind.String || type.GetString() != "object")
            Add("", "the root must be of type object");
        if (_obstacles.Count > 0)
            return [];
        var strict = Node(schema, "", 0);
        while (_open.TryDequeue(out var target))
        {
            if (!JsonPointer.TryFollow(_root, target[1..], out var part))
            {
                Add(target, "nothing is there to refer to");
                continue;
            }

            var definitions = strict["$defs"] as JsonObject ?? [];
            strict["$defs"] = definitions;
            definitions[_definitions[target]] = Node(part, target[1..], 0);
        }

        return strict;
    }

    private JsonObject Node(JsonElement schema, string place, int depth)
    {
        var strict = new JsonObject();
        if (depth > MaxNesting)
            return Add(place, $"it nests deeper than {MaxNesting} levels");
        if (schema.ValueKind != JsonValueKind.Object)
            return Add(place, "any value is allowed; a type is needed");
        List<string> inWords = [];
        foreach (var keyword in schema.EnumerateObject())
        {
            if (Kept.Contains(keyword.Name) || Bounds.Contains(keyword.Name) && !boundsInWords)
                strict[keyword.Name] = JsonNode.Parse(keyword.Value.GetRawText());
            else if (keyword.Name == "const")
                strict["enum"] = new JsonArray(JsonNode.Parse(keyword.Value.GetRawText()));
            else if (keyword.Name == "format" && Formats.Contains(keyword.Value.GetString() ?? ""))
                strict["format"] = keyword.Value.GetString();
            else if (Unsayable.Contains(keyword.Name))
                Add(place, $"\"{keyword.Name}\" has no strict form");
            else if (Words(keyword.Name, keyword.Value) is { } words)
                inWords.Add(words);
        }

        if (schema.TryGetProperty("$ref", out var reference))
            Refer(strict, reference.GetString() ?? "");
        else if (schema.TryGetProperty("anyOf", out var branches) && branches.ValueKind == JsonValueKind.Array)
            Branch(strict, schema, branches, place, depth);
        else if (schema.TryGetProperty("properties", out _) || SchemaTypes.Has(strict, "object"))
            Close(strict, schema, place, depth);
        else if (!strict.ContainsKey("type") && !strict.ContainsKey("enum"))
            Add(place, "any value is allowed; a type is needed");
        if (SchemaTypes.Has(strict, "array"))
        {
            if (schema.TryGetProperty("items", out var items))
                strict["items"] = Node(items, place + "/items", depth + 1);
            else
                Add(place, "the items of the array have no schema");
        }

        if (inWords.Count > 0)
            SchemaNotes.Describe(strict, string.Join(' ', inWords.Prepend(strict["description"]?.GetValue<string>()).Where(text => !string.IsNullOrEmpty(text))));
        return strict;
    }

    private void Close(JsonObject strict, JsonElement schema, string place, int depth)
    {
        if (!strict.ContainsKey("type"))
            strict["type"] = "object";
        var hasProperties = schema.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object;
        if (!schema.TryGetProperty("additionalProperties", out var others) ? !hasProperties : others.ValueKind != JsonValueKind.False)
        {
            Add(place, "its members have no fixed names (a dictionary)");
            return;
        }

        var required = schema.TryGetProperty("required", out var names) && names.ValueKind == JsonValueKind.Array
            ? names.EnumerateArray().Select(name => name.GetString()!).ToHashSet(StringComparer.Ordinal)
            : [];
        var members = new JsonObject();
        foreach (var property in hasProperties ? [.. properties.EnumerateObject()] : Array.Empty<JsonProperty>())
        {
            var member = Node(property.Value, $"{place}/properties/{JsonPointer.Escape(property.Name)}", depth + 1);
            if (!required.Contains(property.Name))
                SchemaTypes.AllowNull(member);
            members[property.Name] = member;
        }

        strict["properties"] = members;
        strict["required"] = new JsonArray([.. members.Select(member => (JsonNode?)member.Key)]);
        strict["additionalProperties"] = false;
    }

    private void Branch(JsonObject strict, JsonElement schema, JsonElement branches, string place, int depth)
    {
        if (place.Length == 0)
            Add(place, "the root cannot be one of several");
        if (schema.TryGetProperty("properties", out _))
            Add(place, "\"anyOf\" beside \"properties\" has no strict form");
        var mayBeNull = SchemaTypes.Has(strict, "null");
        strict.Remove("type");
        strict["anyOf"] = new JsonArray([.. branches.EnumerateArray().Select((branch, index) => (JsonNode?)Node(branch, $"{place}/anyOf/{index}", depth))]);
        if (mayBeNull)
            SchemaTypes.AllowNull(strict);
    }

    private void Refer(JsonObject strict, string reference)
    {
        var target = reference;
        HasReferences = true;
        if (reference.Length > 1)
        {
            if (!_definitions.TryGetValue(reference, out var name))
            {
                _definitions[reference] = name = $"type{_definitions.Count + 1}";
                _open.Enqueue(reference);
            }

            target = $"#/$defs/{name}";
        }

        // A reference stands alone in the strict form; what is said beside it goes around it.
        if (strict.Count == 0)
            strict["$ref"] = target;
        else
            strict["anyOf"] = new JsonArray(new JsonObject { ["$ref"] = target });
    }

    /// <summary>A keyword that the strict form leaves out, in words for the model; null where they would help nobody.</summary>
    private static string? Words(string keyword, JsonElement value) => keyword switch
    {
        "minLength" when value.GetRawText() != "0" => $"At least {value} characters.",
        "maxLength" => $"At most {value} characters.",
        "minimum" => $"At least {value}.",
        "maximum" => $"At most {value}.",
        "exclusiveMinimum" => $"Above {value}.",
        "exclusiveMaximum" => $"Below {value}.",
        "multipleOf" => $"A multiple of {value}.",
        "minItems" => $"At least {value} items.",
        "maxItems" => $"At most {value} items.",
        "pattern" => $"Matches {value}.",
        "uniqueItems" when value.ValueKind == JsonValueKind.True => "Each item once.",
        "format" when value.GetString() == "uri" => "An absolute URI.",
        "contentEncoding" => $"Encoded as {value}.",
        "default" when value.ValueKind != JsonValueKind.Null => $"Default: {value.GetRawText()}.",
        _ => null,
    };

    private JsonObject Add(string place, string problem)
    {
        _obstacles.Add($"{(place.Length == 0 ? "(root)" : place)}: {problem}");
        return [];
    }
}
