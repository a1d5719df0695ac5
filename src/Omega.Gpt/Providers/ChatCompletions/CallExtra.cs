using System.Text.Json;

namespace Omega.Gpt.Providers.ChatCompletions;

/// <summary>What a server hangs on one call and wants back with it (Gemini's thought signatures): <c>{"index":n,"extra_content":…}</c> in an opaque part.</summary>
internal static class CallExtra
{
    public const string Kind = "tool_call_extra";
    public const string Field = "extra_content";

    /// <summary>The JSON of the opaque part.</summary>
    /// <param name="index">The call's place among the calls of its message.</param>
    /// <param name="json">The field's value as it came.</param>
    public static string Format(int index, string json) => $$"""{"index":{{index}},"extra_content":{{json}}}""";

    /// <summary>The reverse of <see cref="Format"/>, the value byte for byte.</summary>
    /// <exception cref="GptException">The text is something else.</exception>
    public static (int Index, string? Json) Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return (document.RootElement.GetProperty("index").GetInt32(), document.RootElement.GetProperty(Field).GetRawText());
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new GptException(GptErrorKind.BadRequest, $"The conversation holds an opaque part of kind \"{Kind}\" that is not {{\"index\",\"{Field}\"}}: {exception.Message}", exception) { Phase = GptPhase.Request };
        }
    }
}
