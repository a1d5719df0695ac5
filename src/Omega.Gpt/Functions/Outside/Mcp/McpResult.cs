using System.Globalization;
using System.Text.Json;

namespace Omega.Gpt.Functions.Outside;

/// <summary>What a tool returned, as a function's result. Pure.</summary>
internal static class McpResult
{
    private const int MaxError = 4000;

    /// <summary>Structured content where there is some; else the text (as JSON where it is an object or an array), with what is no text described.</summary>
    /// <param name="tool">The function's name, for the message.</param>
    /// <param name="result">The answer to tools/call.</param>
    /// <exception cref="GptException">The tool says that it failed, or the answer is not one.</exception>
    public static JsonElement Read(string tool, JsonElement result)
    {
        if (result.ValueKind != JsonValueKind.Object)
            throw Failed($"{tool}: the server's answer is no result.");
        List<(string Text, bool IsText)> blocks = [];
        if (result.TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.Array)
            blocks.AddRange(content.EnumerateArray().Select(Block));
        if (result.TryGetProperty("isError", out var error) && error.ValueKind == JsonValueKind.True)
            throw Failed(Cut(blocks.Count > 0 ? Joined(blocks) : "the tool failed and gave no reason."));
        if (result.TryGetProperty("structuredContent", out var structured) && structured.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined))
            return structured.Clone();
        return blocks is [(var text, true)] ? OutsideJson.Parse(text, '{', '[') ?? OutsideJson.String(text) : OutsideJson.String(Joined(blocks));

        static GptException Failed(string message) => new(GptErrorKind.FunctionExecution, message) { Phase = GptPhase.Function };
    }

    private static string Joined(IEnumerable<(string Text, bool IsText)> blocks) => string.Join('\n', blocks.Select(block => block.Text));

    private static (string Text, bool IsText) Block(JsonElement block) => Text(block, "type") switch
    {
        "text" => (Text(block, "text") ?? "", true),
        "image" or "audio" => ($"[{Text(block, "type")} {Text(block, "mimeType")}, {Bytes(Text(block, "data"))}]", false),
        "resource_link" => ($"[resource {Text(block, "name")} {Text(block, "uri")} {Text(block, "mimeType")}".TrimEnd() + "]", false),
        "resource" when block.TryGetProperty("resource", out var resource) => Text(resource, "text") is { } text
            ? (text, true)
            : ($"[resource {Text(resource, "uri")} {Text(resource, "mimeType")}, {Bytes(Text(resource, "blob"))}]", false),
        var other => ($"[{other ?? "something without a type"}]", false),
    };

    // Four characters of base64 are three bytes, less the padding.
    private static string Bytes(string? base64) => base64 is null ? "no data"
        : string.Create(CultureInfo.InvariantCulture, $"{(base64.Length / 4L * 3) - (base64.EndsWith("==", StringComparison.Ordinal) ? 2 : base64.EndsWith('=') ? 1 : 0):N0} bytes");

    private static string? Text(JsonElement block, string name) =>
        block.ValueKind == JsonValueKind.Object && block.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string Cut(string text) => text.Length <= MaxError ? text : text[..(char.IsHighSurrogate(text[MaxError - 1]) ? MaxError - 1 : MaxError)] + "…";
}
