using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Omega.Gpt.Functions.Schema;

/// <summary>Values in words, for errors that a person reads and a model repairs its call by.</summary>
internal static class Describe
{
    private const int MaxLength = 60;
    private const int MaxChoices = 12;

    /// <summary>What a value is: "an object", "a number".</summary>
    public static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => "nothing",
    };

    /// <summary>A value as JSON, cut to about 60 characters.</summary>
    public static string Value(JsonElement value) => Cut(JsonMarshal.GetRawUtf8Value(value));

    /// <summary>A value with its type, where that is what is wrong: <c>the string "12"</c>.</summary>
    public static string Typed(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => "the string " + Value(value),
        JsonValueKind.Number => "the number " + Value(value),
        JsonValueKind.Object => "the object " + Value(value),
        JsonValueKind.Array => "the array " + Value(value),
        _ => Value(value),
    };

    /// <summary>JSON text on one line, cut to about 60 characters.</summary>
    public static string Cut(ReadOnlySpan<byte> json)
    {
        // Four bytes a character at most; the tail of a split character is dropped.
        var head = json[..Math.Min(json.Length, MaxLength * 4)];
        var text = new StringBuilder(MaxLength + 1);
        var blank = false;
        while (head.Length > 0 && text.Length < MaxLength)
        {
            Rune.DecodeFromUtf8(head, out var rune, out var length);
            head = head[length..];
            if (Rune.IsWhiteSpace(rune) || Rune.IsControl(rune))
            {
                blank = true;
                continue;
            }
            if (blank && text.Length > 0) text.Append(' ');
            blank = false;
            text.Append(rune.ToString());
        }
        if (head.Length > 0 || json.Length > MaxLength * 4) text.Append('…');
        return text.ToString();
    }

    /// <summary>Choices in a row, with the rest counted: <c>"a", "b" or 3 more</c>.</summary>
    public static string Choices(IReadOnlyList<string> choices)
    {
        if (choices.Count == 1) return choices[0];
        if (choices.Count <= MaxChoices) return string.Join(", ", choices.Take(choices.Count - 1)) + " or " + choices[^1];
        return string.Join(", ", choices.Take(MaxChoices)) + $" or {choices.Count - MaxChoices} more";
    }

    public static string Count(int count, string thing) => count == 1 ? $"1 {thing}" : $"{count} {Plural(thing)}";

    private static string Plural(string thing) => thing.EndsWith('y') ? thing[..^1] + "ies" : thing + "s";
}
