using System.Text.Json;

namespace Omega.Gpt.Recording.Format;

/// <summary>Fields of a recording's line.</summary>
internal static class JsonReading
{
    /// <exception cref="JsonException">The field is missing.</exception>
    public static JsonElement Required(this JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) ? value : throw new JsonException($"\"{name}\" is missing");

    /// <exception cref="JsonException">The field is missing, or no text.</exception>
    public static string RequiredText(this JsonElement json, string name) =>
        json.Text(name) ?? throw new JsonException($"\"{name}\" is missing, or is no text");

    /// <summary>The text, or null where there is none.</summary>
    public static string? Text(this JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>The number, or null where there is none.</summary>
    public static double? Number(this JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    /// <summary>Whether the field is there and true.</summary>
    public static bool IsTrue(this JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;
}
