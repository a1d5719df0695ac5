using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Omega.Gpt.Functions.Schema;

/// <summary>One compiled schema: its rules by the kind of value they apply to. Filled by the compiler, never changed afterwards.</summary>
internal sealed class SchemaNode(SchemaResource resource, string pointer, JsonElement source)
{
    private const int MaxConjuncts = 64;

    private SchemaNode[]? _conjuncts;
    private int _allowedTypes = -1;

    public SchemaResource Resource => resource;

    /// <summary>The place in its document.</summary>
    public string Pointer => pointer;

    public JsonElement Source => source;

    /// <summary>Set for the schemas <c>true</c> and <c>false</c>.</summary>
    public bool? Always { get; } = source.ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => null };

    public ValueRules? Value { get; set; }

    public NumberRules? Number { get; set; }

    public StringRules? Text { get; set; }

    public ArrayRules? Array { get; set; }

    public ObjectRules? Object { get; set; }

    public Applicator[] Applicators { get; set; } = [];

    public SchemaNode? UnevaluatedItems { get; set; }

    public SchemaNode? UnevaluatedProperties { get; set; }

    /// <summary>
    /// This schema and those that a valid value must satisfy as well, whatever the value is: behind <c>$ref</c> and <c>allOf</c>; the
    /// nearest 64.
    /// </summary>
    public SchemaNode[] Conjuncts => _conjuncts ??= CollectConjuncts();

    /// <summary>The types a value may have as far as <c>type</c>, <c>enum</c> and <c>const</c> say, alternatives taken together.</summary>
    public JsonTypes AllowedTypes => (JsonTypes)(_allowedTypes < 0 ? _allowedTypes = (int)CollectAllowedTypes() : _allowedTypes);

    public bool Evaluate(Evaluation run, JsonElement instance, Marks? marks)
    {
        if (Always is { } always) return always || run.Refuse(this, instance);
        if (!run.Enter(this)) return false;
        var valid = Check(run, instance, marks);
        run.Leave();
        return valid;
    }

    private bool Check(Evaluation run, JsonElement instance, Marks? marks)
    {
        // A value of the wrong type breaks most other rules too; saying so would only hide the cause.
        if (Value is not null && !Value.Check(this, run, instance)) return false;
        var kind = instance.ValueKind;
        var unevaluated = kind switch
        {
            JsonValueKind.Object => UnevaluatedProperties,
            JsonValueKind.Array => UnevaluatedItems,
            _ => null,
        };
        var own = unevaluated is null ? marks : new Marks();
        var valid = kind switch
        {
            JsonValueKind.Object => Object is null || Object.Check(this, run, instance, own),
            JsonValueKind.Array => Array is null || Array.Check(this, run, instance, own),
            JsonValueKind.String => Text is null || Text.Check(this, run, instance),
            JsonValueKind.Number => Number is null || Number.Check(this, run, instance),
            _ => true,
        };
        if (!valid && !run.Collecting) return false;
        var applied = true;
        foreach (var applicator in Applicators)
        {
            if (applicator.Check(this, run, instance, own)) continue;
            applied = false;
            if (!run.Collecting) return false;
        }
        if (unevaluated is null || !applied) return valid && applied;
        valid &= kind == JsonValueKind.Object
            ? Unevaluated.CheckProperties(this, unevaluated, run, instance, own!)
            : Unevaluated.CheckItems(unevaluated, run, instance, own!);
        // Every property and item has now been looked at.
        marks?.SetAll();
        return valid;
    }

    private JsonTypes CollectAllowedTypes()
    {
        var types = JsonTypes.Any;
        // A chain of alternatives may be longer than the stack; what lies behind it is left open.
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack()) return types;
        foreach (var conjunct in Conjuncts)
        {
            if (conjunct.Always == false) return JsonTypes.None;
            if (conjunct.Value is { } value)
            {
                types &= value.Types;
                foreach (var (_, choice) in value.Choices) types &= choice.Types;
            }
            foreach (var applicator in conjunct.Applicators)
            {
                if (applicator is not (AnyOf or OneOf)) continue;
                types &= applicator.Targets.Aggregate(JsonTypes.None, (all, target) => all | target.AllowedTypes);
            }
        }
        return types;
    }

    private SchemaNode[] CollectConjuncts()
    {
        var found = new List<SchemaNode> { this };
        for (var i = 0; i < found.Count && found.Count < MaxConjuncts; i++)
        {
            foreach (var applicator in found[i].Applicators)
            {
                foreach (var target in applicator.Conjuncts)
                    if (found.Count < MaxConjuncts && !found.Contains(target)) found.Add(target);
            }
        }
        return [.. found];
    }
}
