using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Omega.TestKit;

namespace Omega.Gpt.Tests.Promises;

/// <summary>Streams that say something else than they said.</summary>
internal static class StreamMutations
{
    /// <summary>The stream with another reason for its end: the output limit, or the filter.</summary>
    public static byte[] EndingWith(Wire wire, byte[] bytes, bool isFilter) => Join(StepTruth.Split(bytes).Select(block => Edit(block, json =>
    {
        switch (wire)
        {
            case Wire.ChatCompletions when json["choices"] is JsonArray { Count: > 0 } choices && choices[0]!["finish_reason"] is JsonValue:
                choices[0]!["finish_reason"] = isFilter ? "content_filter" : "length";
                break;
            case Wire.Anthropic when json["delta"] is { } delta && delta["stop_reason"] is JsonValue:
                delta["stop_reason"] = isFilter ? "refusal" : "max_tokens";
                break;
            case Wire.Responses when json["type"] is { } type && type.GetValue<string>() == "response.completed":
                json["type"] = "response.incomplete";
                json["response"]!["status"] = "incomplete";
                json["response"]!["incomplete_details"] = new JsonObject { ["reason"] = isFilter ? "content_filter" : "max_output_tokens" };
                return "response.incomplete";
        }

        return null;
    })));

    /// <summary>Each stream with one event twice, with two neighbours changed over, and with one event missing.</summary>
    public static IEnumerable<(string Name, byte[] Bytes)> OfEachEvent(byte[] bytes)
    {
        var events = StepTruth.Split(bytes);
        for (var i = 0; i < events.Count; i++)
        {
            yield return ("duplicated", Join([.. events[..(i + 1)], events[i], .. events[(i + 1)..]]));
            yield return ("dropped", Join([.. events[..i], .. events[(i + 1)..]]));
            if (i + 1 < events.Count)
                yield return ("reordered", Join([.. events[..i], events[i + 1], events[i], .. events[(i + 2)..]]));
        }
    }

    private static byte[] Join(IEnumerable<byte[]> events) => [.. events.SelectMany(bytes => bytes)];

    private static byte[] Edit(byte[] block, Func<JsonNode, string?> edit)
    {
        var text = Encoding.UTF8.GetString(block);
        var lines = text.Split('\n');
        var at = Array.FindIndex(lines, line => line.StartsWith("data:", StringComparison.Ordinal));
        if (at < 0 || lines.Count(line => line.StartsWith("data:", StringComparison.Ordinal)) != 1)
            return block;
        try
        {
            var json = JsonNode.Parse(lines[at][5..])!;
            var before = json.ToJsonString();
            var name = edit(json);
            if (json.ToJsonString() == before)
                return block;
            lines[at] = "data: " + json.ToJsonString() + (lines[at].EndsWith('\r') ? "\r" : "");
            if (name is not null && Array.FindIndex(lines, line => line.StartsWith("event:", StringComparison.Ordinal)) is >= 0 and var named)
                lines[named] = "event: " + name + (lines[named].EndsWith('\r') ? "\r" : "");
            return Encoding.UTF8.GetBytes(string.Join('\n', lines));
        }
        catch (JsonException)
        {
            return block;
        }
    }
}
