using System.Text.Json;

namespace Omega.TestKit;

/// <summary>Looks into a request's JSON without throwing on other shapes; checks say what is wrong, or null.</summary>
internal static class JsonDemand
{
    public static IEnumerable<JsonElement> Items(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray()
            : [];

    public static string? Text(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    public static bool Is(JsonElement parent, string name, string value) => Text(parent, name) == value;

    public static string? StringField(JsonElement parent, string name, string exact) => Text(parent, name) switch
    {
        null => $"{name} is missing",
        var text when text != exact => $"{name} is not what was given out (it differs at character {DifferAt(text, exact)})",
        _ => null,
    };

    public static string? RawField(JsonElement parent, string name, string json)
    {
        if (parent.ValueKind != JsonValueKind.Object || !parent.TryGetProperty(name, out var value))
        {
            return $"{name} is missing";
        }

        var raw = value.GetRawText();
        return raw == json ? null : $"{name} is not byte for byte what was given out (it differs at character {DifferAt(raw, json)})";
    }

    private static int DifferAt(string left, string right) => left.AsSpan().CommonPrefixLength(right);
}
