using System.Text.Json;

namespace Omega.Gpt.Providers.Http;

/// <summary>Fields of JSON that others wrote: a field of another kind than expected counts as absent.</summary>
internal static class JsonFields
{
    /// <summary>Parses one value.</summary>
    /// <param name="json">The value and nothing else.</param>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static JsonElement Parse(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = JsonText.MaxDepth });
        return JsonElement.ParseValue(ref reader);
    }

    /// <summary>A string; null when there is none.</summary>
    public static string? Text(this JsonElement json, string name) => json.Member(name, JsonValueKind.String)?.GetString();

    /// <summary>A whole number; null when there is none.</summary>
    public static long? Number(this JsonElement json, string name) =>
        json.Member(name, JsonValueKind.Number) is { } number && number.TryGetInt64(out var value) ? value : null;

    /// <summary>An object; null when there is none.</summary>
    public static JsonElement? Object(this JsonElement json, string name) => json.Member(name, JsonValueKind.Object);

    /// <summary>The elements of an array; none when there is none.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement json, string name) =>
        json.Member(name, JsonValueKind.Array) is { } array ? array.EnumerateArray() : [];

    /// <summary>A field of a given kind; null when there is none.</summary>
    public static JsonElement? Member(this JsonElement json, string name, JsonValueKind kind) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == kind ? value : null;
}
