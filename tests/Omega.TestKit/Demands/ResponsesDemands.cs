using System.Text.Json;

namespace Omega.TestKit;

/// <summary>What the Responses wire wants back when the server keeps nothing (<c>store: false</c>).</summary>
public static class ResponsesDemands
{
    /// <summary>
    /// The input holds the reasoning item with exactly this id and encrypted content and, where <paramref name="beforeCall"/>
    /// is given, the next item is the function call with that call id.
    /// </summary>
    public static Demand Reasoning(string id, string encryptedContent, string? beforeCall = null) => Demand.That(request =>
    {
        var items = Input(request);
        var at = Array.FindIndex(items, item => JsonDemand.Is(item, "type", "reasoning") && JsonDemand.Is(item, "id", id));
        if (at < 0)
        {
            return $"input: the reasoning item {id} is missing";
        }

        if (JsonDemand.StringField(items[at], "encrypted_content", encryptedContent) is { } missing)
        {
            return $"input[{at}]: {missing}";
        }

        if (beforeCall is null)
        {
            return null;
        }

        return at + 1 < items.Length && JsonDemand.Is(items[at + 1], "type", "function_call") && JsonDemand.Is(items[at + 1], "call_id", beforeCall)
            ? null
            : $"input[{at}]: reasoning item {id} was provided without its required following item, function_call {beforeCall}";
    });

    /// <summary>The assistant's message with this text carries this phase.</summary>
    public static Demand Phase(string text, string phase) => Demand.That(request =>
    {
        foreach (var item in Input(request))
        {
            if (JsonDemand.Is(item, "role", "assistant") && TextOf(item) == text)
            {
                return JsonDemand.StringField(item, "phase", phase) is { } missing ? $"input: the message \"{text}\": {missing}" : null;
            }
        }

        return $"input: the assistant's message \"{text}\" is missing";
    });

    /// <summary>The input holds these items one after another, each byte for byte this JSON.</summary>
    public static Demand Items(params string[] json) => Demand.That(request =>
    {
        var items = Input(request).Select(item => item.GetRawText()).ToArray();
        for (var at = 0; at + json.Length <= items.Length; at++)
        {
            if (items.AsSpan(at, json.Length).SequenceEqual(json))
            {
                return null;
            }
        }

        return "input: the items given out are not there byte for byte and in order: " + string.Join(", ", json);
    });

    /// <summary>Every function call has an output with its call id after it, and every output a call before it.</summary>
    public static Demand CallsAnswered() => Demand.That(request =>
    {
        HashSet<string> open = [];
        var number = 0;
        foreach (var item in Input(request))
        {
            var where = $"input[{number++}]";
            var id = JsonDemand.Text(item, "call_id") ?? "";
            if (JsonDemand.Is(item, "type", "function_call") && (id == "" || !open.Add(id)))
            {
                return $"{where}: the function call has no call id, or the id of another";
            }

            if (JsonDemand.Is(item, "type", "function_call_output") && !open.Remove(id))
            {
                return $"{where}: no function call with call id {id} was found before its output";
            }
        }

        return open.Count > 0 ? $"No tool output found for function call {string.Join(", ", open)}." : null;
    });

    private static JsonElement[] Input(ReceivedRequest request) => [.. JsonDemand.Items(request.Json, "input")];

    private static string? TextOf(JsonElement item) => JsonDemand.Text(item, "content")
        ?? string.Concat(JsonDemand.Items(item, "content").Select(part => JsonDemand.Text(part, "text") ?? JsonDemand.Text(part, "refusal")));
}
