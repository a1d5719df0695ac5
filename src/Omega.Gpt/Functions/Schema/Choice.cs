using System.Collections.Frozen;
using System.Text;
using System.Text.Json;

namespace Omega.Gpt.Functions.Schema;

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
        Texts = [.. _texts.Names.Select(Encoding.UTF8.GetBytes).Order(Comparer<byte[]>.Create((a, b) => a.AsSpan().SequenceCompareTo(b)))];
        Types = values.Aggregate(JsonTypes.None, (types, value) => types | JsonTypeNames.Of(value.ValueKind));
    }

    public IReadOnlyList<JsonElement> Values => _values;

    /// <summary>The types of the values; a number counts as both kinds.</summary>
    public JsonTypes Types { get; }

    /// <summary>The strings among the values, as UTF-8 in byte order.</summary>
    public byte[][] Texts { get; }

    public bool Has(JsonElement value) => value.ValueKind == JsonValueKind.String
        ? _texts.FindEscaped(JsonText.Raw(value)) >= 0
        : _others is not null && _others.Contains(value);

    /// <summary>The values in words.</summary>
    public string InWords()
    {
        if (_values.Length == 0) return "no value here (the enum is empty)";
        var choices = Describe.Choices([.. _values.Select(Describe.Value)]);
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
