using System.Runtime.InteropServices;
using System.Text.Json;

namespace Omega.Gpt.Functions.Schema;

/// <summary>Reads the keywords of one schema object, each in its proper shape or with an error that names its place.</summary>
internal readonly struct KeywordReader(SchemaCompiler compiler, SchemaNode node)
{
    public SchemaNode Node => node;

    public Vocabulary Vocabulary => node.Resource.Vocabulary;

    public JsonSchemaOptions Options => compiler.Options;

    public bool TryGet(string keyword, out JsonElement value) => node.Source.TryGetProperty(keyword, out value);

    public JsonSchemaException Wrong(string keyword, string problem, Exception? inner = null) => new(Place(keyword), problem, inner);

    public string? Text(string keyword)
    {
        if (!TryGet(keyword, out var value)) return null;
        return value.ValueKind == JsonValueKind.String ? value.GetString() : throw Shape(keyword, "a string", value);
    }

    public bool Flag(string keyword)
    {
        if (!TryGet(keyword, out var value)) return false;
        return value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean()
            : throw Shape(keyword, "true or false", value);
    }

    /// <summary>A non-negative integer; larger than an int counts as <see cref="int.MaxValue"/>.</summary>
    public int? Count(string keyword)
    {
        if (!TryGet(keyword, out var value)) return null;
        return value.ValueKind == JsonValueKind.Number && Number(value).TryGetCount(out var count)
            ? count
            : throw Shape(keyword, "a non-negative integer", value);
    }

    public JsonNumber? Number(string keyword, out string text)
    {
        text = "";
        if (!TryGet(keyword, out var value)) return null;
        if (value.ValueKind != JsonValueKind.Number) throw Shape(keyword, "a number", value);
        text = Describe.Value(value);
        return Number(value);
    }

    public JsonElement? Array(string keyword)
    {
        if (!TryGet(keyword, out var value)) return null;
        return value.ValueKind == JsonValueKind.Array ? value : throw Shape(keyword, "an array", value);
    }

    /// <summary>An array of different strings.</summary>
    public string[]? Names(string keyword) => TryGet(keyword, out var value) ? Names(keyword, value) : null;

    public string[] Names(string keyword, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array) throw Shape(keyword, "an array of strings", value);
        var names = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in value.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.String) throw Shape(keyword, "an array of strings", value);
            var name = item.GetString()!;
            if (!seen.Add(name)) throw Wrong(keyword, $"has \"{name}\" twice");
            names.Add(name);
        }
        return [.. names];
    }

    public SchemaNode? Schema(string keyword) => TryGet(keyword, out var value) ? compiler.NodeInside(node, "/" + keyword, value) : null;

    public SchemaNode[]? Schemas(string keyword)
    {
        if (Array(keyword) is not { } list) return null;
        if (list.GetArrayLength() == 0) throw Wrong(keyword, "must hold at least one schema");
        var nodes = new SchemaNode[list.GetArrayLength()];
        for (var i = 0; i < nodes.Length; i++) nodes[i] = compiler.NodeInside(node, $"/{keyword}/{i}", list[i]);
        return nodes;
    }

    public List<(string Name, SchemaNode Schema)> Map(string keyword)
    {
        var map = new List<(string, SchemaNode)>();
        if (!TryGet(keyword, out var value)) return map;
        foreach (var (name, schema) in Members(keyword, value))
            map.Add((name, compiler.NodeInside(node, $"/{keyword}/{JsonPointer.Escape(name)}", schema)));
        return map;
    }

    /// <summary>The members of an object, whose names must differ.</summary>
    public List<(string Name, JsonElement Value)> Members(string keyword, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object) throw Shape(keyword, "an object", value);
        var members = new List<(string, JsonElement)>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
        {
            if (!seen.Add(member.Name)) throw Wrong(keyword, $"has \"{member.Name}\" twice");
            members.Add((member.Name, member.Value));
        }
        return members;
    }

    public SchemaPattern Pattern(string keyword, string pattern)
    {
        try
        {
            return new SchemaPattern(pattern, Options.PatternTimeout);
        }
        catch (FormatException e)
        {
            throw Wrong(keyword, $"the pattern {pattern} does not work: {e.Message}", e);
        }
    }

    public SchemaNode Reference(string keyword, string reference) => compiler.Follow(node, keyword, reference);

    private string Place(string keyword) => node.Resource.Document.Describe($"{node.Pointer}/{keyword}");

    private JsonSchemaException Shape(string keyword, string expected, JsonElement value) =>
        Wrong(keyword, $"must be {expected}, not {Describe.Typed(value)}");

    private static JsonNumber Number(JsonElement value) => JsonNumber.Parse(JsonMarshal.GetRawUtf8Value(value));
}
