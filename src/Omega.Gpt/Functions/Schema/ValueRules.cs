using System.Runtime.InteropServices;
using System.Text.Json;

namespace Omega.Gpt.Functions.Schema;

/// <summary><c>type</c>, <c>enum</c> and <c>const</c>.</summary>
internal sealed class ValueRules
{
    private ValueRules(JsonTypes types, (string, Choice)[] choices) => (Types, Choices) = (types, choices);

    /// <summary>The types allowed.</summary>
    public JsonTypes Types { get; }

    /// <summary>The values allowed by <c>enum</c> and by <c>const</c>; a value has to be in each.</summary>
    public (string Keyword, Choice Choice)[] Choices { get; }

    public static ValueRules? Read(KeywordReader reader)
    {
        var types = ReadTypes(reader);
        var choices = new List<(string, Choice)>();
        if (reader.Array("enum") is { } list) choices.Add(("enum", new([.. list.EnumerateArray()])));
        if (reader.TryGet("const", out var value)) choices.Add(("const", new([value])));
        return types == JsonTypes.Any && choices.Count == 0 ? null : new(types, [.. choices]);
    }

    public bool Check(SchemaNode node, Evaluation run, JsonElement instance)
    {
        if (Types != JsonTypes.Any && !Allows(Types, instance))
        {
            if (run.Collecting) run.Fail(node, "type", JsonTypeNames.Describe(Types), Describe.Typed(instance));
            return false;
        }
        foreach (var (keyword, choice) in Choices)
        {
            if (choice.Has(instance)) continue;
            if (run.Collecting) run.Add(choice.Explain(run.Error(node, keyword, choice.InWords(), Describe.Value(instance))));
            return false;
        }
        return true;
    }

    private static bool Allows(JsonTypes types, JsonElement instance)
    {
        var kind = JsonTypeNames.Of(instance.ValueKind);
        if (instance.ValueKind != JsonValueKind.Number || types.HasFlag(kind)) return (types & kind) != 0;
        return types.HasFlag(JsonTypes.Integer) && IsInteger(JsonMarshal.GetRawUtf8Value(instance));
    }

    private static bool IsInteger(ReadOnlySpan<byte> number) =>
        number.IndexOfAny((byte)'.', (byte)'e', (byte)'E') < 0 || JsonNumber.Parse(number).IsInteger;

    private static JsonTypes ReadTypes(KeywordReader reader)
    {
        if (!reader.TryGet("type", out var value)) return JsonTypes.Any;
        if (value.ValueKind == JsonValueKind.String) return ReadType(reader, value.GetString()!);
        var names = reader.Names("type", value);
        if (names.Length == 0) throw reader.Wrong("type", "must name at least one type");
        return names.Aggregate(JsonTypes.None, (types, name) => types | ReadType(reader, name));
    }

    private static JsonTypes ReadType(KeywordReader reader, string name)
    {
        var type = JsonTypeNames.Parse(name);
        if (type != JsonTypes.None) return type;
        const string Known = "string, number, integer, boolean, object, array, null";
        var near = NearName.Find(name, Known.Split(", "));
        throw reader.Wrong("type", $"\"{name}\" is no type{(near is null ? "" : $"; did you mean \"{near}\"?")} Known: {Known}");
    }
}
