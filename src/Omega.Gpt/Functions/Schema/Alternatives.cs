using System.Text.Json;

namespace Omega.Gpt.Functions.Schema;

/// <summary>Says why no alternative of <c>anyOf</c> or <c>oneOf</c> matched, by way of the one that came nearest.</summary>
internal static class Alternatives
{
    public static void Explain(SchemaNode node, string keyword, SchemaNode[] targets, Evaluation run, JsonElement instance)
    {
        var reasons = targets.Select(target => run.Collect(target, instance)).ToArray();
        var error = run.Error(node, keyword, "", Describe.Typed(instance));
        if (reasons.All(errors => IsTypeAlone(errors, error.InstancePath)))
        {
            run.Add(error with { Expected = string.Join(" or ", reasons.Select(errors => errors[0].Expected).Distinct()) });
            return;
        }
        var nearest = 0;
        for (var i = 1; i < reasons.Length; i++)
            if (Distance(reasons[i], error.InstancePath).CompareTo(Distance(reasons[nearest], error.InstancePath)) < 0) nearest = i;
        run.Add((error with { Expected = $"one of {targets.Length} alternatives" })
            .Saying($"matches none of {targets.Length} alternatives; nearest is #{nearest + 1}, whose errors follow"));
        foreach (var reason in reasons[nearest]) run.Add(reason);
    }

    private static bool IsTypeAlone(List<SchemaError> errors, string path) =>
        errors.Count == 1 && errors[0].Keyword == "type" && errors[0].InstancePath == path;

    /// <summary>
    /// The wrong type is furthest off, then a wrong fixed value (it tells alternatives apart), then the number of errors.
    /// </summary>
    private static (bool Type, bool Fixed, int Errors) Distance(List<SchemaError> errors, string path) => (
        errors.Exists(error => error.Keyword is "type" or "false" && error.InstancePath == path),
        errors.Exists(error => error.Keyword is "const" or "enum"),
        errors.Count);
}
