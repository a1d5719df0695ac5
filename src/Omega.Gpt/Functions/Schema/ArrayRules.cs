using System.Globalization;
using System.Text.Json;

namespace Omega.Gpt.Functions.Schema;

/// <summary>All that applies to the items of an array.</summary>
internal sealed class ArrayRules
{
    private readonly SchemaNode[] _prefix;
    private readonly SchemaNode? _items;
    private readonly SchemaNode? _contains;
    private readonly int _minContains;
    private readonly int _maxContains;
    private readonly int _minItems;
    private readonly bool _unique;

    private ArrayRules(KeywordReader reader)
    {
        var applicators = reader.Vocabulary.HasFlag(Vocabulary.Applicator);
        var validation = reader.Vocabulary.HasFlag(Vocabulary.Validation);
        _prefix = (applicators ? reader.Schemas("prefixItems") : null) ?? [];
        _items = applicators ? reader.Schema("items") : null;
        _contains = applicators ? reader.Schema("contains") : null;
        _minContains = (validation ? reader.Count("minContains") : null) ?? 1;
        _maxContains = (validation ? reader.Count("maxContains") : null) ?? int.MaxValue;
        _minItems = (validation ? reader.Count("minItems") : null) ?? 0;
        MaxItems = (validation ? reader.Count("maxItems") : null) ?? int.MaxValue;
        _unique = validation && reader.Flag("uniqueItems");
    }

    public int MaxItems { get; }

    private bool IsEmpty =>
        _prefix.Length == 0 && _items is null && _contains is null && _minItems == 0 && MaxItems == int.MaxValue && !_unique;

    public static ArrayRules? Read(KeywordReader reader)
    {
        var rules = new ArrayRules(reader);
        return rules.IsEmpty ? null : rules;
    }

    /// <summary>The schema of the item at a position, or null where any item will do.</summary>
    public SchemaNode? ItemAt(int index) => index < _prefix.Length ? _prefix[index] : _items;

    public bool Check(SchemaNode node, Evaluation run, JsonElement instance, Marks? marks)
    {
        var count = instance.GetArrayLength();
        var valid = true;
        if (count < _minItems || count > MaxItems)
        {
            valid = false;
            if (!run.Collecting) return false;
            var (keyword, expected) = count < _minItems
                ? ("minItems", "at least " + Describe.Count(_minItems, "item"))
                : ("maxItems", "at most " + Describe.Count(MaxItems, "item"));
            run.Fail(node, keyword, expected, count.ToString(CultureInfo.InvariantCulture));
        }
        if (_prefix.Length > 0 || _items is not null) valid &= CheckItems(run, instance, marks);
        if (!valid && !run.Collecting) return false;
        if (_contains is not null) valid &= CheckContains(_contains, node, run, instance, marks);
        if (_unique && (valid || run.Collecting)) valid &= CheckUnique(node, run, instance, count);
        return valid;
    }

    private bool CheckItems(Evaluation run, JsonElement instance, Marks? marks)
    {
        var valid = true;
        var index = 0;
        foreach (var item in instance.EnumerateArray())
        {
            if (ItemAt(index) is not { } schema) break;
            if (!run.EvaluateItem(schema, item, index))
            {
                valid = false;
                if (!run.Collecting) return false;
            }
            marks?.Set(index);
            index++;
        }
        return valid;
    }

    private bool CheckContains(SchemaNode contains, SchemaNode node, Evaluation run, JsonElement instance, Marks? marks)
    {
        int found = 0, index = 0;
        foreach (var item in instance.EnumerateArray())
        {
            if (run.Test(contains, item, null))
            {
                found++;
                marks?.Set(index);
                // Marks are wanted for every match, a count only until it is decided.
                if (marks is null && found >= _minContains && _maxContains == int.MaxValue) return true;
            }
            index++;
        }
        if (found >= _minContains && found <= _maxContains) return true;
        if (!run.Collecting) return false;
        var (keyword, expected) = found > _maxContains ? ("maxContains", $"at most {Describe.Count(_maxContains, "item")}")
            : (_minContains == 1 ? "contains" : "minContains", $"at least {Describe.Count(_minContains, "item")}");
        run.Fail(node, keyword, $"{expected} of the kind that \"contains\" describes", $"{found} of {index}");
        return false;
    }

    private static bool CheckUnique(SchemaNode node, Evaluation run, JsonElement instance, int count)
    {
        if (count < 2) return true;
        if (!run.Spend(count)) return false;
        var seen = new Dictionary<JsonElement, int>(count, JsonEquality.Instance);
        var index = 0;
        foreach (var item in instance.EnumerateArray())
        {
            if (!seen.TryAdd(item, index))
            {
                if (run.Collecting)
                    run.Fail(node, "uniqueItems", "items that all differ", $"items {seen[item]} and {index} alike: {Describe.Value(item)}");
                return false;
            }
            index++;
        }
        return true;
    }
}
