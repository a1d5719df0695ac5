using CsCheck;

namespace Omega.Gpt.Tests.Functions.Schema;

/// <summary>Random schemas and values over few names and texts, so that they often meet.</summary>
internal static class SchemaGen
{
    private static readonly Gen<string> Name = Gen.OneOf("a", "b", "c", "dd", "\\u0061", "é");

    private static readonly Gen<string> Number = Gen.OneOf("0", "1", "-1", "2", "1.0", "1.5", "10e-1", "3e1", "-0", "1e400", "0.1", "12345678901234567890123");

    private static readonly Gen<string> Text = Gen.OneOf(
        "\"\"", "\"a\"", "\"ab\"", "\"abc\"", "\"\\u0061b\"", "\"b\"", "\"😀\"", "\"\\ud83d\\ude00x\"", "\"é\"", "\"\\n\\\"\"");

    private static readonly Gen<string> Scalar = Gen.OneOf(Number, Text, Gen.OneOf("null", "true", "false"));

    private static readonly Gen<string> Space = Gen.OneOf("", "", "", " ", "\n\t");

    private static readonly Gen<string> Type = Gen.OneOf(
        "\"object\"", "\"array\"", "\"string\"", "\"integer\"", "\"number\"", "\"null\"", "[\"string\",\"null\"]", "[\"object\",\"array\"]");

    /// <summary>JSON text of values at most so deep; names within an object may repeat.</summary>
    public static Gen<string> Value(int depth)
    {
        if (depth == 0) return Scalar;
        var inner = Value(depth - 1);
        return Gen.Frequency(
            (2, Scalar),
            (2, Gen.Select(inner.List[0, 3], Space, (items, space) => $"[{space}{string.Join(space + ",", items)}{space}]")),
            (4, Gen.Select(Gen.Select(Name, inner).List[0, 3], Space, Object)));
    }

    /// <summary>JSON text of schemas at most so deep; references lead to <c>#/$defs/x</c> and <c>#/$defs/y</c>.</summary>
    public static Gen<string> Schema(int depth) => Gen.Frequency(
        (1, Gen.OneOf("true", "false", "{}")),
        (8, Keyword(depth).List[1, 4].Select(keywords => $"{{{string.Join(',', keywords.DistinctBy(keyword => keyword.Split(':')[0]))}}}")));

    /// <summary>A schema with the definitions that references lead to.</summary>
    public static Gen<string> Root(int depth) => Gen.Select(Schema(depth), Schema(1), Schema(depth), (x, y, root) =>
        root.Length > 2 && root[0] == '{' ? $"{{\"$defs\":{{\"x\":{x},\"y\":{y}}},{root[1..]}" : $"{{\"$defs\":{{\"x\":{x},\"y\":{y}}}}}");

    private static string Object(List<(string Name, string Value)> members, string space) =>
        $"{{{space}{string.Join(space + ",", members.DistinctBy(member => member.Name == "\\u0061" ? "a" : member.Name).Select(member => $"\"{member.Name}\"{space}:{space}{member.Value}"))}{space}}}";

    private static Gen<string> Keyword(int depth)
    {
        var simple = Gen.OneOf(
            Type.Select(type => $"\"type\":{type}"),
            Value(1).List[1, 4].Select(values => $"\"enum\":[{string.Join(',', values)}]"),
            Value(1).Select(value => $"\"const\":{value}"),
            Gen.Select(Gen.OneOf("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"), Number, (keyword, number) => $"\"{keyword}\":{number}"),
            Gen.OneOf("\"multipleOf\":0.5", "\"multipleOf\":2", "\"uniqueItems\":true", "\"pattern\":\"^a\"", "\"pattern\":\"(?=b)b\""),
            Gen.Select(
                Gen.OneOf("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties", "minContains", "maxContains"),
                Gen.Int[0, 2],
                (keyword, count) => $"\"{keyword}\":{count}"),
            Gen.OneOf("\"required\":[\"a\"]", "\"required\":[\"a\",\"é\"]", "\"dependentRequired\":{\"a\":[\"b\"]}", "\"$ref\":\"#/$defs/x\"", "\"$ref\":\"#/$defs/y\""));
        if (depth == 0) return simple;
        var inner = Schema(depth - 1);
        return Gen.Frequency(
            (4, simple),
            (3, Gen.Select(Gen.OneOf("a", "b", "é"), inner).List[1, 3].Select(list => $"\"properties\":{{{string.Join(',', list.DistinctBy(each => each.Item1).Select(each => $"\"{each.Item1}\":{each.Item2}"))}}}")),
            (2, inner.Select(schema => $"\"additionalProperties\":{schema}")),
            (1, inner.Select(schema => $"\"patternProperties\":{{\"^[ab]$\":{schema}}}")),
            (1, inner.Select(schema => $"\"patternProperties\":{{\"(?!b)d\":{schema}}}")),
            (1, inner.Select(schema => $"\"propertyNames\":{schema}")),
            (1, inner.Select(schema => $"\"dependentSchemas\":{{\"a\":{schema}}}")),
            (2, inner.Select(schema => $"\"items\":{schema}")),
            (1, inner.List[1, 2].Select(list => $"\"prefixItems\":[{string.Join(',', list)}]")),
            (1, inner.Select(schema => $"\"contains\":{schema}")),
            (2, Gen.Select(Gen.OneOf("allOf", "anyOf", "oneOf"), inner.List[1, 3], (keyword, list) => $"\"{keyword}\":[{string.Join(',', list)}]")),
            (1, inner.Select(schema => $"\"not\":{schema}")),
            (1, Gen.Select(inner, inner, inner, (@if, then, @else) => $"\"if\":{@if},\"then\":{then},\"else\":{@else}")),
            (1, Gen.Select(Gen.OneOf("unevaluatedProperties", "unevaluatedItems"), inner, (keyword, schema) => $"\"{keyword}\":{schema}")));
    }
}
