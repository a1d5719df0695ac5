using System.Runtime.InteropServices;
using System.Text.Json;

namespace Omega.Gpt.Functions.Schema;

/// <summary>The bounds of numbers and <c>multipleOf</c>, all exact.</summary>
internal sealed class NumberRules
{
    private static readonly (string Keyword, string Phrase)[] Keywords =
    [
        ("minimum", "a number at least"),
        ("maximum", "a number at most"),
        ("exclusiveMinimum", "a number greater than"),
        ("exclusiveMaximum", "a number less than"),
        ("multipleOf", "a multiple of"),
    ];

    private readonly Bound[] _bounds;

    private NumberRules(Bound[] bounds) => _bounds = bounds;

    private readonly record struct Bound(int Keyword, JsonNumber Limit, string Text);

    public static NumberRules? Read(KeywordReader reader)
    {
        var bounds = new List<Bound>();
        for (var i = 0; i < Keywords.Length; i++)
        {
            var keyword = Keywords[i].Keyword;
            if (reader.Number(keyword, out var text) is not { } limit) continue;
            if (keyword == "multipleOf" && (limit.IsZero || limit.IsNegative))
                throw reader.Wrong(keyword, $"must be greater than 0, not {text}");
            bounds.Add(new(i, limit, text));
        }
        return bounds.Count == 0 ? null : new([.. bounds]);
    }

    public bool Check(SchemaNode node, Evaluation run, JsonElement instance)
    {
        var number = JsonNumber.Parse(JsonMarshal.GetRawUtf8Value(instance));
        var valid = true;
        foreach (var bound in _bounds)
        {
            if (Satisfies(number, bound)) continue;
            valid = false;
            if (!run.Collecting) return false;
            var (keyword, phrase) = Keywords[bound.Keyword];
            run.Fail(node, keyword, $"{phrase} {bound.Text}", Describe.Value(instance));
        }
        return valid;
    }

    /// <summary>The first bound that a number breaks.</summary>
    public (string Keyword, string Expected)? FindBroken(in JsonNumber number)
    {
        foreach (var bound in _bounds)
            if (!Satisfies(number, bound)) return (Keywords[bound.Keyword].Keyword, $"{Keywords[bound.Keyword].Phrase} {bound.Text}");
        return null;
    }

    private static bool Satisfies(in JsonNumber number, in Bound bound) => bound.Keyword switch
    {
        0 => number.CompareTo(bound.Limit) >= 0,
        1 => number.CompareTo(bound.Limit) <= 0,
        2 => number.CompareTo(bound.Limit) > 0,
        3 => number.CompareTo(bound.Limit) < 0,
        _ => number.IsMultipleOf(bound.Limit),
    };
}
