using System.Text.Json;

namespace Omega.Gpt.Functions.Schema;

/// <summary>
/// <c>unevaluatedProperties</c> and <c>unevaluatedItems</c>: what is left once all other keywords of a schema have been applied.
/// </summary>
internal static class Unevaluated
{
    public static bool CheckProperties(SchemaNode node, SchemaNode rest, Evaluation run, JsonElement instance, Marks marks)
    {
        var valid = true;
        var index = 0;
        foreach (var property in instance.EnumerateObject())
        {
            if (marks.Has(index++)) continue;
            if (rest.Always == false)
            {
                valid = false;
                if (!run.Collecting) return false;
                var error = run.PropertyError(node, "unevaluatedProperties", property, "a known property", $"`{property.Name}`");
                run.Add(error.Saying(node.Object?.ExplainUnknown(property.Name) ?? $"unknown property `{property.Name}`"));
            }
            else if (!run.EvaluateProperty(rest, property))
            {
                valid = false;
                if (!run.Collecting) return false;
            }
        }
        return valid;
    }

    public static bool CheckItems(SchemaNode rest, Evaluation run, JsonElement instance, Marks marks)
    {
        var valid = true;
        var index = -1;
        foreach (var item in instance.EnumerateArray())
        {
            index++;
            if (marks.Has(index) || run.EvaluateItem(rest, item, index)) continue;
            valid = false;
            if (!run.Collecting) return false;
        }
        return valid;
    }
}
