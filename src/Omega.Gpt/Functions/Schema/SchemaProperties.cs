using System.Text.Json;

namespace Omega.Gpt.Functions.Schema;

/// <summary>Reads what a schema says about the properties of an object, for programs that show forms or fill in arguments.</summary>
public static class SchemaProperties
{
    /// <summary>The properties that a schema names, in its order; empty where it names none.</summary>
    /// <param name="schema">A schema of objects. <c>$ref</c> and <c>allOf</c> are followed; of <c>anyOf</c> and <c>oneOf</c> the first alternative but null.</param>
    public static IReadOnlyList<SchemaProperty> Of(JsonSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        return Of(schema.Node);
    }

    internal static IReadOnlyList<SchemaProperty> Of(SchemaNode node)
    {
        var rules = node.Facets().Select(facet => facet.Object).OfType<ObjectRules>().ToArray();
        var required = rules.SelectMany(each => each.Required).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. rules.SelectMany(each => each.Properties).DistinctBy(property => property.Name)
                .Where(property => property.Schema.Always != false)
                .Select(property => new SchemaProperty(property.Name, property.Schema, required.Contains(property.Name))),
        ];
    }

    /// <summary>The schemas that say something about a value, nearest first.</summary>
    internal static IEnumerable<SchemaNode> Facets(this SchemaNode node)
    {
        foreach (var conjunct in node.Conjuncts) yield return conjunct;
        foreach (var applicator in node.Conjuncts.SelectMany(conjunct => conjunct.Applicators))
        {
            if (applicator is not (AnyOf or OneOf)) continue;
            var first = applicator.Targets.FirstOrDefault(target => target.AllowedTypes() != JsonTypes.Null);
            if (first is null) continue;
            foreach (var facet in first.Facets()) yield return facet;
        }
    }

    /// <summary>The types a value may have as far as <c>type</c>, <c>enum</c> and <c>const</c> say, alternatives taken together.</summary>
    internal static JsonTypes AllowedTypes(this SchemaNode node)
    {
        var types = JsonTypes.Any;
        foreach (var conjunct in node.Conjuncts)
        {
            if (conjunct.Always == false) return JsonTypes.None;
            if (conjunct.Value is { } value)
            {
                types &= value.Types;
                foreach (var (_, choice) in value.Choices) types &= choice.Types;
            }
            foreach (var applicator in conjunct.Applicators)
            {
                if (applicator is AnyOf or OneOf)
                    types &= applicator.Targets.Aggregate(JsonTypes.None, (all, target) => all | target.AllowedTypes());
            }
        }
        return types;
    }
}

/// <summary>What a schema says about one property. Where several schemas apply to it, the nearest that speaks of a matter is heard.</summary>
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
    public JsonTypes Types => _node.AllowedTypes();

    /// <summary>The values allowed by <c>enum</c> or <c>const</c>; empty where any will do.</summary>
    public IReadOnlyList<JsonElement> Enum =>
        _node.Facets().SelectMany(facet => facet.Value?.Choices ?? []).Select(choice => choice.Choice.Values).MinBy(values => values.Count) ?? [];

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
            foreach (var facet in _node.Facets())
                if (facet.Array?.ItemAt(0) is { Always: not false } item) return new("", item, false);
            return null;
        }
    }

    private decimal? Number(string keyword) =>
        Find(keyword) is { ValueKind: JsonValueKind.Number } number && number.TryGetDecimal(out var value) ? value : null;

    private JsonElement? Find(string keyword)
    {
        foreach (var facet in _node.Facets())
            if (facet.Source.ValueKind == JsonValueKind.Object && facet.Source.TryGetProperty(keyword, out var value)) return value;
        return null;
    }
}
