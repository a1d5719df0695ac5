using System.Text.Json;

namespace Omega.TestKit;

/// <summary>What the Anthropic wire wants back.</summary>
public static class AnthropicDemands
{
    /// <summary>
    /// An assistant message holds exactly these thinking blocks in this order (interleaved with other blocks or not) and none
    /// else; those before the first <c>tool_use</c> of the original stand before it again.
    /// </summary>
    /// <param name="blocks">The blocks as they were given out.</param>
    /// <param name="back">Which assistant message: 0 the last, 1 the one before it, …</param>
    public static Demand Thinking(IReadOnlyList<ThinkingBlock> blocks, int back = 0) => Demand.That(request =>
        OnAssistant(request, back, content =>
        {
            var found = content.Select((block, at) => (Block: block, At: at))
                .Where(entry => JsonDemand.Text(entry.Block, "type") is "thinking" or "redacted_thinking").ToArray();
            if (found.Length != blocks.Count)
            {
                return $"{found.Length} thinking blocks, given out were {blocks.Count}";
            }

            var firstCall = Array.FindIndex(content, block => JsonDemand.Is(block, "type", "tool_use"));
            for (var i = 0; i < blocks.Count; i++)
            {
                if (blocks[i].Missing(found[i].Block) is { } missing)
                {
                    return $"content[{found[i].At}]: {missing}";
                }

                if (blocks[i].BeforeCalls && firstCall >= 0 && found[i].At > firstCall)
                {
                    return $"content[{found[i].At}]: the thinking block must stand before tool_use";
                }
            }

            return null;
        }));

    /// <summary>An assistant message's content holds these blocks one after another, each byte for byte this JSON.</summary>
    public static Demand Blocks(IReadOnlyList<string> json, int back = 0) => Demand.That(request =>
        OnAssistant(request, back, content =>
        {
            var raw = content.Select(block => block.GetRawText()).ToArray();
            for (var at = 0; at + json.Count <= raw.Length; at++)
            {
                if (raw.AsSpan(at, json.Count).SequenceEqual(json.ToArray()))
                {
                    return null;
                }
            }

            return "the blocks given out are not there byte for byte and in order: " + string.Join(", ", json);
        }));

    /// <summary>Every <c>tool_use</c> is answered by a <c>tool_result</c> in the message right after it, and no result by itself.</summary>
    public static Demand CallsAnswered() => Demand.That(request =>
    {
        HashSet<string> open = [];
        var number = 0;
        foreach (var message in JsonDemand.Items(request.Json, "messages"))
        {
            var where = $"messages.{number++}";
            foreach (var block in JsonDemand.Items(message, "content"))
            {
                if (JsonDemand.Is(block, "type", "tool_result") && !open.Remove(JsonDemand.Text(block, "tool_use_id") ?? ""))
                {
                    return $"{where}: unexpected `tool_use_id` found in `tool_result` blocks";
                }
            }

            if (open.Count > 0)
            {
                return $"{where}: `tool_use` ids were found without `tool_result` blocks immediately after: {string.Join(", ", open)}";
            }

            foreach (var block in JsonDemand.Items(message, "content"))
            {
                if (JsonDemand.Is(block, "type", "tool_use") && !open.Add(JsonDemand.Text(block, "id") ?? ""))
                {
                    return $"{where}: `tool_use` ids must be unique";
                }
            }
        }

        return open.Count > 0
            ? $"`tool_use` ids were found without `tool_result` blocks immediately after: {string.Join(", ", open)}"
            : null;
    });

    private static string? OnAssistant(ReceivedRequest request, int back, Func<JsonElement[], string?> check)
    {
        var assistants = JsonDemand.Items(request.Json, "messages").Where(message => JsonDemand.Is(message, "role", "assistant")).ToArray();
        return assistants.Length <= back
            ? $"messages: there are {assistants.Length} assistant messages, wanted the one {back} before the last"
            : check([.. JsonDemand.Items(assistants[^(back + 1)], "content")]) is { } missing ? "messages: the assistant message: " + missing : null;
    }
}
