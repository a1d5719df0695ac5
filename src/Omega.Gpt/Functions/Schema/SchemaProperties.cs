using System.Text.Json;

namespace Omega.Gpt.Functions.Schema;

/// <summary>Reads what a schema says about the properties of an object, for programs that show forms or fill in arguments.</summary>
public static class SchemaProperties
{
    /// <summary>The properties that a schema names, in its order; empty where it names none.</summary>
    /// <param name="schema">
    /// A schema of objects. <c>$ref</c> and <c>allOf</c> are followed; of <c>anyOf</c> and <c>oneOf</c> the first alternative but null.
    /// </param>
    public static IReadOnlyList<SchemaProperty> Of(JsonSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        return Of(schema.Node);
    }

    internal static IReadOnlyList<SchemaProperty> Of(SchemaNode node)
    {
        var rules = Facets(node).Select(facet => facet.Object).OfType<ObjectRules>().ToArray();
        var required = rules.SelectMany(each => each.Required).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. rules.SelectMany(each => each.Properties).DistinctBy(property => property.Name)
                .Where(property => property.Schema.Always != false)
                .Select(property => new SchemaProperty(property.Name, property.Schema, required.Contains(property.Name))),
        ];
    }

    /// <summary>The schemas that say something about a value, nearest first.</summary>
    internal static IReadOnlyCollection<SchemaNode> Facets(SchemaNode node)
    {
        var facets = new OrderedDictionary<SchemaNode, bool>();
        var unread = new Queue<SchemaNode>([node]);
        while (unread.TryDequeue(out var next))
        {
            foreach (var conjunct in next.Conjuncts)
            {
                if (!facets.TryAdd(conjunct, true)) continue;
                foreach (var applicator in conjunct.Applicators)
                {
                    if (applicator is not (AnyOf or OneOf)) continue;
                    var first = applicator.Targets.FirstOrDefault(target => target.AllowedTypes != JsonTypes.Null);
                    if (first is not null) unread.Enqueue(first);
                }
            }
        }
        return facets.Keys;
    }
}

/// <summary>
/// What a schema says about one property. Where several schemas apply to it, the nearest that speaks of a matter is heard.
/// </summary>
public sealed class SchemaProperty
{
    private readonly SchemaNode _node;

    internal SchemaProperty(string name, SchemaNode node, bool isRequired) => (Name, _node, IsRequired) = (name, node, isRequired);

    /// <summary>The property's name; "" for the items of an array.</summary>
    public string Name { get; }

    /// <summary>Whether an object must have it.</summary>
    public bool IsRequired { get; }

    /// <summary>The schema of the property as it stands, its own references unresolved.</summary>
    public JsonElement Schema => _node.Source;

    /// <summary>The types that the value may have.</summary>
    public JsonTypes Types => _node.AllowedTypes;

    /// <summary>The values allowed by <c>enum</c> or <c>const</c>; empty where any will do.</summary>
    public IReadOnlyList<JsonElement> Enum =>
        SchemaProperties.Facets(_node).SelectMany(facet => facet.Value?.Choices ?? []).Select(choice => choice.Choice.Values)
            .MinBy(values => values.Count) ?? [];

    /// <summary>The description, or null.</summary>
    public string? Description => Find("description") is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>The default, or null where there is none; a default of JSON null is an element of that kind.</summary>
    public JsonElement? Default => Find("default");

    /// <summary>The bound by <c>minimum</c>, or null where there is none that a decimal holds.</summary>
    public decimal? Minimum => Number("minimum");

    /// <summary>The bound by <c>maximum</c>, or null where there is none that a decimal holds.</summary>
    public decimal? Maximum => Number("maximum");

    /// <summary>The bound by <c>exclusiveMinimum</c>, which the value may not reach, or null.</summary>
    public decimal? ExclusiveMinimum => Number("exclusiveMinimum");

    /// <summary>The bound by <c>exclusiveMaximum</c>, which the value may not reach, or null.</summary>
    public decimal? ExclusiveMaximum => Number("exclusiveMaximum");

    /// <summary>The name of the <c>format</c>, or null.</summary>
    public string? Format => Find("format") is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>The properties of the value, where it is an object that names some.</summary>
    public IReadOnlyList<SchemaProperty> Properties => SchemaProperties.Of(_node);

    /// <summary>The items of the value (the first one's schema where they differ), where it is an array that describes them.</summary>
    public SchemaProperty? Items
    {
        get
        {
            foreach (var facet in SchemaProperties.Facets(_node))
                if (facet.Array?.ItemAt(0) is { Always: not false } item) return new("", item, false);
            return null;
        }
    }

    private decimal? Number(string keyword) =>
        Find(keyword) is { ValueKind: JsonValueKind.Number } number && number.TryGetDecimal(out var value) ? value : null;

    private JsonElement? Find(string keyword)
    {
        foreach (var facet in SchemaProperties.Facets(_node))
            if (facet.Source.ValueKind == JsonValueKind.Object && facet.Source.TryGetProperty(keyword, out var value)) return value;
        return null;
    }
}
