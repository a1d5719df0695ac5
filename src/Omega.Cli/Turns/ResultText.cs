using System.Text.Json;

namespace Omega.Cli.Turns;

/// <summary>A function's result in a few words, and where its figures come from. Pure.</summary>
internal static class ResultText
{
    /// <summary>Its own summary, or why it could not be computed; else the JSON.</summary>
    public static string Of(JsonElement result)
    {
        if (Text(result, "summary") is { } summary)
            return summary;
        if (result.ValueKind == JsonValueKind.Object && result.TryGetProperty("error", out var error) && Text(error, "message") is { } message)
            return $"refused: {message}";
        return result.GetRawText();
    }

    /// <summary>The source that it names; null where it names none.</summary>
    public static string? SourceOf(JsonElement result) => Text(result, "source");

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;
}
