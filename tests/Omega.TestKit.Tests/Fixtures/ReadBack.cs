using System.Net.ServerSentEvents;
using System.Text.Json;

namespace Omega.TestKit.Tests;

/// <summary>
/// Reads a whole stream the plain way, with the framework's own parser: slow, unbounded, and written without a look at the
/// builders, so that the two can be wrong only apart.
/// </summary>
internal static class ReadBack
{
    /// <param name="wire">Its wire.</param>
    /// <param name="bytes">The whole body.</param>
    /// <param name="abridged">Whether events may have been left out, as in some recordings.</param>
    public static ExpectedOutcome Of(Wire wire, byte[] bytes, bool abridged = false)
    {
        var events = SseParser.Create(new MemoryStream(bytes)).Enumerate().Select(item => (item.EventType, item.Data)).ToArray();
        return wire switch
        {
            Wire.ChatCompletions => Chat(events),
            Wire.Responses => Responses(events, abridged),
            _ => Anthropic(events),
        };
    }

    private static ExpectedOutcome Chat((string Type, string Data)[] events)
    {
        var outcome = new ExpectedOutcome();
        var calls = new SortedDictionary<int, ExpectedCall>();
        foreach (var (_, data) in events.TakeWhile(entry => entry.Data != "[DONE]"))
        {
            var chunk = Parse(data);
            foreach (var choice in List(chunk, "choices").Where(choice => choice.GetProperty("index").GetInt32() == 0))
            {
                var delta = choice.GetProperty("delta");
                outcome = outcome with
                {
                    Text = outcome.Text + Str(delta, "content"),
                    Reasoning = outcome.Reasoning + Str(delta, "reasoning_content") + Str(delta, "reasoning"),
                    Refusal = outcome.Refusal + Str(delta, "refusal"),
                    RawFinishReason = Str(choice, "finish_reason") ?? outcome.RawFinishReason,
                };
                foreach (var piece in List(delta, "tool_calls"))
                {
                    var index = piece.GetProperty("index").GetInt32();
                    var call = calls.GetValueOrDefault(index) ?? new(null, "", "");
                    var function = piece.GetProperty("function");
                    calls[index] = new(
                        Str(piece, "id") ?? call.Id,
                        Str(function, "name") is { Length: > 0 } name ? name : call.Name,
                        call.Arguments + Str(function, "arguments"));
                }
            }

            var usage = Obj(chunk, "usage") ?? (Obj(chunk, "x_groq") is { } groq ? Obj(groq, "usage") : null);
            if (usage is { } figures)
            {
                var reasoning = Obj(figures, "completion_tokens_details") is { } details ? Int(details, "reasoning_tokens") ?? 0 : 0;
                var output = Int(figures, "completion_tokens")!.Value;
                var input = Int(figures, "prompt_tokens")!.Value;
                var apart = Int(figures, "total_tokens") == input + output + reasoning;
                var cached = Obj(figures, "prompt_tokens_details") is { } prompt ? Int(prompt, "cached_tokens") ?? 0 : 0;
                outcome = outcome with { Usage = new(input, apart ? output + reasoning : output, cached, Reasoning: reasoning) };
            }

            if (Obj(chunk, "error") is { } error)
            {
                var code = error.GetProperty("code");
                outcome = outcome with
                {
                    Error = new(code.ValueKind == JsonValueKind.Null ? Str(error, "type") : code.ToString(), Str(error, "message")!),
                };
                break;
            }
        }

        return Close(outcome with { Calls = [.. calls.Values] });
    }

    private static ExpectedOutcome Responses((string Type, string Data)[] events, bool abridged)
    {
        var outcome = new ExpectedOutcome();
        var calls = new SortedDictionary<int, ExpectedCall>();
        for (var i = 0; i < events.Length && outcome.Error is null; i++)
        {
            var data = Parse(events[i].Data);
            Assert.Equal(events[i].Type, Str(data, "type"));
            Assert.True(abridged || Int(data, "sequence_number") == i, events[i].Data);
            var delta = Str(data, "delta");
            switch (events[i].Type)
            {
                case "response.output_text.delta":
                    outcome = outcome with { Text = outcome.Text + delta };
                    break;
                case "response.refusal.delta":
                    outcome = outcome with { Refusal = outcome.Refusal + delta };
                    break;
                case "response.reasoning_summary_text.delta" or "response.reasoning_text.delta":
                    outcome = outcome with { Reasoning = outcome.Reasoning + delta };
                    break;
                case "response.output_item.added" when Obj(data, "item") is { } item && Str(item, "type") == "function_call":
                    calls[Int(data, "output_index")!.Value] = new(Str(item, "call_id"), Str(item, "name")!, "");
                    break;
                case "response.function_call_arguments.delta":
                    var call = calls[Int(data, "output_index")!.Value];
                    calls[Int(data, "output_index")!.Value] = call with { Arguments = call.Arguments + delta };
                    break;
                case "error":
                    var error = Obj(data, "error") ?? data;
                    outcome = outcome with { Error = new(Str(error, "code"), Str(error, "message")!) };
                    break;
                case "response.completed" or "response.incomplete" or "response.failed":
                    var response = data.GetProperty("response");
                    if (!abridged)
                    {
                        CompareOutput(outcome, calls.Values, List(response, "output"));
                    }

                    outcome = Last(outcome, response);
                    break;
            }
        }

        return Close(outcome with { Calls = [.. calls.Values] });
    }

    /// <summary>The final response repeats what the deltas said.</summary>
    private static void CompareOutput(ExpectedOutcome outcome, IEnumerable<ExpectedCall> calls, JsonElement[] items)
    {
        var finished = items.Where(item => Str(item, "type") == "function_call")
            .Select(item => new ExpectedCall(Str(item, "call_id"), Str(item, "name")!, Str(item, "arguments")!));
        var texts = items.SelectMany(item => List(item, "content")).Where(part => Str(part, "type") == "output_text");
        Assert.Equal(calls, finished);
        Assert.Equal(outcome.Text, string.Concat(texts.Select(part => Str(part, "text"))));
    }

    private static ExpectedOutcome Last(ExpectedOutcome outcome, JsonElement response) => outcome with
    {
        RawFinishReason = Obj(response, "incomplete_details") is { } why ? Str(why, "reason") : Str(response, "status"),
        Error = Obj(response, "error") is { } error ? new(Str(error, "code"), Str(error, "message")!) : null,
        Usage = Obj(response, "usage") is { } usage
            ? new(
                Int(usage, "input_tokens")!.Value, Int(usage, "output_tokens")!.Value,
                Int(usage.GetProperty("input_tokens_details"), "cached_tokens")!.Value,
                Int(usage.GetProperty("input_tokens_details"), "cache_write_tokens") ?? 0,
                Int(usage.GetProperty("output_tokens_details"), "reasoning_tokens"))
            : null,
    };

    private static ExpectedOutcome Anthropic((string Type, string Data)[] events)
    {
        var outcome = new ExpectedOutcome();
        var calls = new SortedDictionary<int, ExpectedCall>();
        foreach (var (type, text) in events)
        {
            var data = Parse(text);
            Assert.Equal(type, Str(data, "type"));
            var index = Int(data, "index") ?? -1;
            switch (type)
            {
                case "message_start":
                    outcome = outcome with { Usage = Figures(data.GetProperty("message").GetProperty("usage")) };
                    break;
                case "content_block_start" when Obj(data, "content_block") is { } block && Str(block, "type") == "tool_use":
                    calls[index] = new(Str(block, "id"), Str(block, "name")!, "");
                    break;
                case "content_block_delta":
                    var delta = data.GetProperty("delta");
                    outcome = outcome with { Text = outcome.Text + Str(delta, "text"), Reasoning = outcome.Reasoning + Str(delta, "thinking") };
                    if (Str(delta, "partial_json") is { } piece)
                    {
                        calls[index] = calls[index] with { Arguments = calls[index].Arguments + piece };
                    }

                    break;
                case "message_delta":
                    outcome = outcome with
                    {
                        RawFinishReason = Str(data.GetProperty("delta"), "stop_reason"),
                        Usage = Figures(data.GetProperty("usage")),
                    };
                    break;
                case "error":
                    var error = data.GetProperty("error");
                    outcome = outcome with { Error = new(Str(error, "type"), Str(error, "message")!) };
                    break;
            }
        }

        return Close(outcome with { Calls = [.. calls.Values] });
    }

    private static ExpectedUsage Figures(JsonElement usage)
    {
        var (read, write) = (Int(usage, "cache_read_input_tokens")!.Value, Int(usage, "cache_creation_input_tokens")!.Value);
        return new(Int(usage, "input_tokens")!.Value + read + write, Int(usage, "output_tokens")!.Value, read, write, null);
    }

    private static ExpectedOutcome Close(ExpectedOutcome outcome) => outcome.Error is not null
        ? outcome with { RawFinishReason = null }
        : outcome with
        {
            FinishReason = outcome.RawFinishReason switch
            {
                "stop" or "completed" or "end_turn" or "stop_sequence" when outcome.Refusal != "" => "refusal",
                "completed" when outcome.Calls.Count > 0 => "function_calls",
                "stop" or "completed" or "end_turn" or "stop_sequence" => "stop",
                "tool_calls" or "tool_use" => "function_calls",
                "length" or "max_tokens" or "max_output_tokens" => "length",
                "content_filter" or "refusal" => outcome.RawFinishReason,
                _ => "other",
            },
        };

    private static JsonElement Parse(string data)
    {
        using var document = JsonDocument.Parse(data);
        return document.RootElement.Clone();
    }

    private static JsonElement? Obj(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object ? value : null;

    private static string? Str(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static int? Int(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt32() : null;

    private static JsonElement[] List(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : [];
}
