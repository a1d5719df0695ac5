using System.Collections.Frozen;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Omega.Gpt.Functions.Schema;

/// <summary><c>type</c>, <c>enum</c> and <c>const</c>.</summary>
internal sealed class ValueRules
{
    private const string EnumKeyword = "enum";
    private const string ConstKeyword = "const";

    private readonly Choice? _enum;
    private readonly Choice? _const;

    private ValueRules(JsonTypes types, Choice? @enum, Choice? @const) => (Types, _enum, _const) = (types, @enum, @const);

    /// <summary>The types allowed.</summary>
    public JsonTypes Types { get; }

    /// <summary>The values allowed by <c>enum</c> and by <c>const</c>; a value has to be in each.</summary>
    public IEnumerable<(string Keyword, Choice Choice)> Choices
    {
        get
        {
            if (_enum is not null) yield return (EnumKeyword, _enum);
            if (_const is not null) yield return (ConstKeyword, _const);
        }
    }

    public static ValueRules? Read(KeywordReader reader)
    {
        var types = ReadTypes(reader);
        var values = reader.Array(EnumKeyword) is { } list ? new Choice([.. list.EnumerateArray()]) : null;
        var value = reader.TryGet(ConstKeyword, out var only) ? new Choice([only]) : null;
        return types == JsonTypes.Any && values is null && value is null ? null : new(types, values, value);
    }

    public bool Check(SchemaNode node, Evaluation run, JsonElement instance)
    {
        if (Types != JsonTypes.Any && !Allows(Types, instance))
        {
            if (run.Collecting) run.Fail(node, "type", JsonTypeNames.Describe(Types), Describe.Typed(instance));
            return false;
        }
        return (_enum is null || CheckChoice(_enum, EnumKeyword, node, run, instance)) &&
            (_const is null || CheckChoice(_const, ConstKeyword, node, run, instance));
    }

    private static bool Allows(JsonTypes types, JsonElement instance)
    {
        var kind = JsonTypeNames.Of(instance.ValueKind);
        if (instance.ValueKind != JsonValueKind.Number || types.HasFlag(kind)) return (types & kind) != 0;
        return types.HasFlag(JsonTypes.Integer) && IsInteger(JsonMarshal.GetRawUtf8Value(instance));
    }

    private static bool IsInteger(ReadOnlySpan<byte> number) =>
        number.IndexOfAny((byte)'.', (byte)'e', (byte)'E') < 0 || JsonNumber.Parse(number).IsInteger;

    private static bool CheckChoice(Choice choice, string keyword, SchemaNode node, Evaluation run, JsonElement instance)
    {
        if (choice.Has(instance)) return true;
        if (run.Collecting) run.Add(choice.Explain(run.Error(node, keyword, choice.Describe(), Schema.Describe.Value(instance))));
        return false;
    }

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

/// <summary>A set of allowed values.</summary>
internal sealed class Choice
{
    private readonly JsonElement[] _values;
    private readonly FrozenSet<JsonElement>? _others;
    private readonly NameTable _texts;

    public Choice(JsonElement[] values)
    {
        _values = values;
        _texts = new([.. values.Where(value => value.ValueKind == JsonValueKind.String).Select(value => value.GetString()!).Distinct()]);
        var others = values.Where(value => value.ValueKind != JsonValueKind.String).ToArray();
        _others = others.Length == 0 ? null : others.ToFrozenSet(JsonEquality.Instance);
        Texts = [.. _texts.Names.Select(System.Text.Encoding.UTF8.GetBytes).Order(Comparer<byte[]>.Create((a, b) => a.AsSpan().SequenceCompareTo(b)))];
        Types = values.Aggregate(JsonTypes.None, (types, value) => types | JsonTypeNames.Of(value.ValueKind));
    }

    /// <summary>The types of the values; a number counts as both kinds.</summary>
    public JsonTypes Types { get; }

    /// <summary>The strings among the values, as UTF-8 in byte order.</summary>
    public byte[][] Texts { get; }

    public bool Has(JsonElement value) => value.ValueKind == JsonValueKind.String
        ? _texts.FindEscaped(JsonText.Raw(value)) >= 0
        : _others is not null && _others.Contains(value);

    /// <summary>The values in words.</summary>
    public string Describe()
    {
        if (_values.Length == 0) return "no value here (the enum is empty)";
        var choices = Schema.Describe.Choices([.. _values.Select(Schema.Describe.Value)]);
        return _values.Length == 1 ? choices : "one of " + choices;
    }

    /// <summary>The error with the value that was probably meant, where one is near.</summary>
    public SchemaError Explain(SchemaError error)
    {
        if (error.Found.Length < 2 || error.Found[0] != '"' || error.Found[^1] != '"') return error;
        var near = NearName.Find(error.Found[1..^1], _texts.Names);
        return near is null ? error : error.Saying($"expected {error.Expected}, found {error.Found}; did you mean \"{near}\"?");
    }
}
