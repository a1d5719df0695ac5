using System.Text.Json;

namespace Omega.Gpt.Functions.Schema;

/// <summary>A keyword that applies other schemas to the same value.</summary>
internal abstract class Applicator
{
    /// <summary>All schemas it may apply to the same value.</summary>
    public abstract IReadOnlyList<SchemaNode> Targets { get; }

    /// <summary>Those that every valid value satisfies.</summary>
    public virtual IReadOnlyList<SchemaNode> Conjuncts => [];

    public abstract bool Check(SchemaNode node, Evaluation run, JsonElement instance, Marks? marks);

    public static IEnumerable<Applicator> Read(KeywordReader reader)
    {
        if (reader.Schemas("allOf") is { } all) yield return new AllOf(all);
        if (reader.Schemas("anyOf") is { } any) yield return new AnyOf(any);
        if (reader.Schemas("oneOf") is { } one) yield return new OneOf(one);
        if (reader.Schema("not") is { } not) yield return new Not(not);
        // A then or else without an if is never applied, but has to be a schema.
        var (then, @else) = (reader.Schema("then"), reader.Schema("else"));
        if (reader.Schema("if") is { } condition) yield return new IfThenElse(condition, then, @else);
    }
}

/// <summary><c>$ref</c>, and a <c>$dynamicRef</c> that the dynamic scope cannot turn.</summary>
internal sealed class Reference(SchemaNode target) : Applicator
{
    public override IReadOnlyList<SchemaNode> Targets { get; } = [target];

    public override IReadOnlyList<SchemaNode> Conjuncts => Targets;

    public override bool Check(SchemaNode node, Evaluation run, JsonElement instance, Marks? marks) =>
        target.Evaluate(run, instance, marks);
}

/// <summary><c>$dynamicRef</c>. Its target is known only when it runs, so it counts as leading nowhere until then.</summary>
internal sealed class DynamicReference(string anchor, SchemaNode fallback) : Applicator
{
    public override IReadOnlyList<SchemaNode> Targets => [];

    public override bool Check(SchemaNode node, Evaluation run, JsonElement instance, Marks? marks) =>
        (run.FindDynamic(anchor) ?? fallback).Evaluate(run, instance, marks);
}

/// <summary><c>allOf</c>.</summary>
internal sealed class AllOf(SchemaNode[] targets) : Applicator
{
    public override IReadOnlyList<SchemaNode> Targets => targets;

    public override IReadOnlyList<SchemaNode> Conjuncts => targets;

    public override bool Check(SchemaNode node, Evaluation run, JsonElement instance, Marks? marks)
    {
        var valid = true;
        foreach (var target in targets)
        {
            if (target.Evaluate(run, instance, marks)) continue;
            valid = false;
            if (!run.Collecting) return false;
        }
        return valid;
    }
}

/// <summary><c>anyOf</c>.</summary>
internal sealed class AnyOf(SchemaNode[] targets) : Applicator
{
    public override IReadOnlyList<SchemaNode> Targets => targets;

    public override bool Check(SchemaNode node, Evaluation run, JsonElement instance, Marks? marks)
    {
        var valid = false;
        foreach (var target in targets)
        {
            var own = marks is null ? null : new Marks();
            if (!run.Test(target, instance, own)) continue;
            if (marks is null) return true;
            marks.Merge(own!);
            valid = true;
        }
        if (!valid && run.Collecting) Alternatives.Explain(node, "anyOf", targets, run, instance);
        return valid;
    }
}

/// <summary><c>oneOf</c>.</summary>
internal sealed class OneOf(SchemaNode[] targets) : Applicator
{
    public override IReadOnlyList<SchemaNode> Targets => targets;

    public override bool Check(SchemaNode node, Evaluation run, JsonElement instance, Marks? marks)
    {
        var first = -1;
        for (var i = 0; i < targets.Length; i++)
        {
            var own = marks is null ? null : new Marks();
            if (!run.Test(targets[i], instance, own)) continue;
            if (first >= 0)
            {
                if (run.Collecting)
                    run.Fail(node, "oneOf", $"exactly one of {targets.Length} alternatives", $"one that matches #{first + 1} and #{i + 1}");
                return false;
            }
            first = i;
            if (own is not null) marks!.Merge(own);
        }
        if (first >= 0) return true;
        if (run.Collecting) Alternatives.Explain(node, "oneOf", targets, run, instance);
        return false;
    }
}

/// <summary><c>not</c>.</summary>
internal sealed class Not(SchemaNode target) : Applicator
{
    public override IReadOnlyList<SchemaNode> Targets { get; } = [target];

    public override bool Check(SchemaNode node, Evaluation run, JsonElement instance, Marks? marks)
    {
        if (!run.Test(target, instance, null)) return true;
        if (run.Collecting) run.Fail(node, "not", $"anything but {Describe.Value(target.Source)}", Describe.Value(instance));
        return false;
    }

}

/// <summary><c>if</c>, <c>then</c>, <c>else</c>.</summary>
internal sealed class IfThenElse(SchemaNode condition, SchemaNode? then, SchemaNode? @else) : Applicator
{
    public override IReadOnlyList<SchemaNode> Targets { get; } = [.. new[] { condition, then, @else }.OfType<SchemaNode>()];

    public override bool Check(SchemaNode node, Evaluation run, JsonElement instance, Marks? marks)
    {
        var own = marks is null ? null : new Marks();
        var holds = run.Test(condition, instance, own);
        if (holds && own is not null) marks!.Merge(own);
        return (holds ? then : @else)?.Evaluate(run, instance, marks) ?? true;
    }
}
