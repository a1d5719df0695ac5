using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Omega.Gpt.Functions.Schema;

/// <summary>
/// The types of JSON Schema as a set. A schema that allows every number has both <see cref="Number"/> and <see cref="Integer"/>.
/// </summary>
[Flags]
[SuppressMessage("Naming", "CA1720", Justification = "These are the names that JSON Schema gives its types.")]
public enum JsonTypes
{
    /// <summary>No type.</summary>
    None = 0,

    /// <summary><c>null</c>.</summary>
    Null = 1,

    /// <summary><c>true</c> and <c>false</c>.</summary>
    Boolean = 2,

    /// <summary>Objects.</summary>
    Object = 4,

    /// <summary>Arrays.</summary>
    Array = 8,

    /// <summary>Numbers with a fractional part.</summary>
    Number = 16,

    /// <summary>Strings.</summary>
    String = 32,

    /// <summary>Numbers without a fractional part, however written: <c>1</c>, <c>1.0</c>, <c>1e3</c>.</summary>
    Integer = 64,

    /// <summary>Every type.</summary>
    Any = Null | Boolean | Object | Array | Number | String | Integer,
}

internal static class JsonTypeNames
{
    private static readonly (JsonTypes Type, string Name, string Phrase)[] Known =
    [
        (JsonTypes.String, "string", "a string"),
        (JsonTypes.Number | JsonTypes.Integer, "number", "a number"),
        (JsonTypes.Integer, "integer", "an integer"),
        (JsonTypes.Boolean, "boolean", "true or false"),
        (JsonTypes.Object, "object", "an object"),
        (JsonTypes.Array, "array", "an array"),
        (JsonTypes.Null, "null", "null"),
    ];

    /// <summary>The type of that name; <see cref="JsonTypes.None"/> for a name that is none.</summary>
    public static JsonTypes Parse(string? name)
    {
        foreach (var known in Known)
            if (known.Name == name) return known.Type;
        return JsonTypes.None;
    }

    /// <summary>The set in words: "a string or null".</summary>
    public static string Describe(JsonTypes types)
    {
        var phrases = new List<string>();
        foreach (var known in Known)
        {
            if ((types & known.Type) != known.Type) continue;
            phrases.Add(known.Phrase);
            types &= ~known.Type;
        }
        return phrases.Count switch
        {
            0 => "nothing",
            1 => phrases[0],
            _ => string.Join(", ", phrases.Take(phrases.Count - 1)) + " or " + phrases[^1],
        };
    }

    /// <summary>The type of a value as far as its first byte tells it: a number counts as both kinds.</summary>
    public static JsonTypes Of(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Null => JsonTypes.Null,
        JsonValueKind.True or JsonValueKind.False => JsonTypes.Boolean,
        JsonValueKind.Object => JsonTypes.Object,
        JsonValueKind.Array => JsonTypes.Array,
        JsonValueKind.Number => JsonTypes.Number | JsonTypes.Integer,
        JsonValueKind.String => JsonTypes.String,
        _ => JsonTypes.None,
    };
}
