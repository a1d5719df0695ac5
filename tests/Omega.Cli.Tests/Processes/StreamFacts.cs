using System.Text;
using System.Text.Json;
using Omega.TestKit;

namespace Omega.Cli.Tests.Processes;

/// <summary>
/// What a recorded stream holds, read again by other means: the whole text at once, split at blank lines, and from each wire's own
/// summary where it gives one. Shares nothing with the program.
/// </summary>
internal sealed record StreamFacts
{
    public string Text { get; private init; } = "";

    public string Reasoning { get; private init; } = "";

    public IReadOnlyList<(string Name, string Arguments)> Calls { get; private init; } = [];

    public long? Input { get; private init; }

    public long? Output { get; private init; }

    public static StreamFacts Read(RecordedStream stream)
    {
        var events = Encoding.UTF8.GetString(stream.Bytes).ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
            .Select(block => string.Join('\n', block.Split('\n').Where(line => line.StartsWith("data:", StringComparison.Ordinal)).Select(line => line[5..].TrimStart(' '))))
            .Where(data => data.Length > 0 && data != "[DONE]")
            .Select(data => JsonElement.Parse(data))
            .ToList();
        return stream.Wire switch
        {
            Wire.Anthropic => Anthropic(events),
            Wire.Responses => Responses(events),
            _ => ChatCompletions(events),
        };
    }

    private static StreamFacts ChatCompletions(List<JsonElement> events)
    {
        var deltas = events.Where(chunk => chunk.TryGetProperty("choices", out var choices) && choices.GetArrayLength() > 0).Select(chunk => chunk.GetProperty("choices")[0].GetProperty("delta")).ToList();
        var calls = new SortedDictionary<int, (string Name, string Arguments)>();
        foreach (var call in deltas.SelectMany(delta => Items(delta, "tool_calls")))
        {
            var index = call.GetProperty("index").GetInt32();
            var before = calls.GetValueOrDefault(index, ("", ""));
            var function = call.GetProperty("function");
            calls[index] = (before.Item1 + Str(function, "name"), before.Item2 + Str(function, "arguments"));
        }

        var usage = events.Select(chunk => chunk.TryGetProperty("usage", out var found) ? found : default).LastOrDefault(found => found.ValueKind == JsonValueKind.Object);
        var facts = new StreamFacts
        {
            Text = string.Concat(deltas.Select(delta => Str(delta, "content"))),
            Reasoning = string.Concat(deltas.Select(delta => Str(delta, "reasoning_content") + Str(delta, "reasoning"))),
            Calls = [.. calls.Values],
        };
        if (usage.ValueKind != JsonValueKind.Object)
            return facts;
        var (input, total) = (usage.GetProperty("prompt_tokens").GetInt64(), usage.GetProperty("total_tokens").GetInt64());
        // What is billed as output is what is not input, whether or not a provider counts reasoning among its completion tokens.
        return facts with { Input = input, Output = total - input };
    }

    private static StreamFacts Responses(List<JsonElement> events)
    {
        var response = events.Where(item => item.TryGetProperty("response", out _)).Select(item => item.GetProperty("response")).Last();
        var items = Items(response, "output").ToList();
        var usage = response.TryGetProperty("usage", out var found) ? found : default;
        return new StreamFacts
        {
            Text = string.Concat(items.Where(item => Str(item, "type") == "message").SelectMany(item => Items(item, "content")).Select(part => Str(part, "text"))),
            Reasoning = string.Concat(items.Where(item => Str(item, "type") == "reasoning").SelectMany(item => Items(item, "summary")).Select(part => Str(part, "text"))),
            Calls = [.. items.Where(item => Str(item, "type") == "function_call").Select(item => (Str(item, "name"), Str(item, "arguments")))],
            Input = usage.ValueKind == JsonValueKind.Object ? usage.GetProperty("input_tokens").GetInt64() : null,
            Output = usage.ValueKind == JsonValueKind.Object ? usage.GetProperty("output_tokens").GetInt64() : null,
        };
    }

    private static StreamFacts Anthropic(List<JsonElement> events)
    {
        var blocks = new SortedDictionary<int, (string Type, string Name, StringBuilder Text)>();
        foreach (var item in events)
        {
            if (Str(item, "type") == "content_block_start")
                blocks[item.GetProperty("index").GetInt32()] = (Str(item.GetProperty("content_block"), "type"), Str(item.GetProperty("content_block"), "name"), new StringBuilder());
            else if (Str(item, "type") == "content_block_delta")
                blocks[item.GetProperty("index").GetInt32()].Text.Append(Str(item.GetProperty("delta"), "text") + Str(item.GetProperty("delta"), "partial_json") + Str(item.GetProperty("delta"), "thinking"));
        }

        var usage = events.Last(item => item.TryGetProperty("usage", out _)).GetProperty("usage");
        return new StreamFacts
        {
            Text = Joined("text"),
            Reasoning = Joined("thinking"),
            Calls = [.. blocks.Values.Where(block => block.Type == "tool_use").Select(block => (block.Name, block.Text.Length == 0 ? "{}" : block.Text.ToString()))],
            Input = usage.GetProperty("input_tokens").GetInt64() + usage.GetProperty("cache_read_input_tokens").GetInt64() + usage.GetProperty("cache_creation_input_tokens").GetInt64(),
            Output = usage.GetProperty("output_tokens").GetInt64(),
        };

        string Joined(string type) => string.Concat(blocks.Values.Where(block => block.Type == type).Select(block => block.Text));
    }

    private static JsonElement.ArrayEnumerator Items(JsonElement element, string name) =>
        element.TryGetProperty(name, out var items) && items.ValueKind == JsonValueKind.Array ? items.EnumerateArray() : default;

    private static string Str(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "";
}
