using System.Text.Json;

namespace Omega.TestKit;

/// <summary>What Chat Completions servers want back.</summary>
public static class ChatCompletionsDemands
{
    /// <summary>
    /// An assistant message carries exactly this <c>reasoning_content</c> (DeepSeek, xAI).
    /// </summary>
    /// <param name="exact">The whole reasoning of that step.</param>
    /// <param name="back">Which assistant message: 0 the last, 1 the one before it, …</param>
    public static Demand ReasoningContent(string exact, int back = 0) => StringField("reasoning_content", exact, back);

    /// <summary>An assistant message carries exactly this <c>reasoning</c> (OpenRouter, Groq).</summary>
    public static Demand Reasoning(string exact, int back = 0) => StringField("reasoning", exact, back);

    /// <summary>An assistant message carries <c>reasoning_details</c> whose JSON is this text, byte for byte.</summary>
    public static Demand ReasoningDetails(string json, int back = 0) => Demand.That(request =>
        OnAssistant(request, back, message => JsonDemand.RawField(message, "reasoning_details", json)));

    /// <summary>
    /// The call of that name in an assistant message carries <c>extra_content</c> (thought signatures of Gemini) whose JSON
    /// is this text, byte for byte.
    /// </summary>
    public static Demand ExtraContent(string functionName, string json, int back = 0) => Demand.That(request =>
        OnAssistant(request, back, message =>
        {
            foreach (var call in JsonDemand.Items(message, "tool_calls"))
            {
                if (call.TryGetProperty("function", out var function) && JsonDemand.Is(function, "name", functionName))
                {
                    return JsonDemand.RawField(call, "extra_content", json);
                }
            }

            return $"the assistant message has no call of {functionName}";
        }));

    /// <summary>Every call of an assistant message is answered by tool messages right after it, and no tool message by itself.</summary>
    public static Demand CallsAnswered() => Demand.That(request =>
    {
        HashSet<string> open = [];
        var number = 0;
        foreach (var message in JsonDemand.Items(request.Json, "messages"))
        {
            var where = $"messages[{number++}]";
            if (JsonDemand.Is(message, "role", "tool"))
            {
                if (!open.Remove(JsonDemand.Text(message, "tool_call_id") ?? ""))
                {
                    return $"{where}: a tool message must answer a tool call of the assistant message before it";
                }

                continue;
            }

            if (open.Count > 0)
            {
                return $"{where}: no tool message answers {string.Join(", ", open)}";
            }

            foreach (var call in JsonDemand.Items(message, "tool_calls"))
            {
                if (JsonDemand.Text(call, "id") is not { Length: > 0 } id || !open.Add(id))
                {
                    return $"{where}: a tool call has no id, or the id of another";
                }
            }
        }

        return open.Count > 0 ? $"no tool message answers {string.Join(", ", open)}" : null;
    });

    private static Demand StringField(string name, string exact, int back) => Demand.That(request =>
        OnAssistant(request, back, message => JsonDemand.StringField(message, name, exact)));

    private static string? OnAssistant(ReceivedRequest request, int back, Func<JsonElement, string?> check)
    {
        var assistants = JsonDemand.Items(request.Json, "messages").Where(message => JsonDemand.Is(message, "role", "assistant")).ToArray();
        return assistants.Length <= back
            ? $"messages: there are {assistants.Length} assistant messages, wanted the one {back} before the last"
            : check(assistants[^(back + 1)]) is { } missing ? "messages: the assistant message: " + missing : null;
    }
}
