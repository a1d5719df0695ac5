using System.Text.Json.Nodes;

namespace Omega.TestKit;

/// <summary>
/// A stream of the Responses wire: items with their indexes, sequence numbers from 0, and a final response that repeats
/// all finished items. Each string given to a method is one delta.
/// </summary>
public sealed class ResponsesStream : WireStream<ResponsesStream>
{
    private const long Created = 1_760_000_000;

    private readonly string _model;
    private readonly string _id;
    private readonly List<JsonObject> _output = [];
    private bool _started;
    private int _sequence;

    private ResponsesStream(string model, string id)
        : base(Wire.Responses)
    {
        _model = model;
        _id = id;
    }

    /// <summary>The finished items so far, each as JSON: what a next request may have to bring back.</summary>
    public IReadOnlyList<JsonObject> Output => _output;

    public static ResponsesStream Create(string model = "omega-test-1", string id = "resp_test_1") => new(model, id);

    /// <summary>
    /// The demand that the next request bring back this stream's reasoning items, each right before the call it led to, and
    /// the phases of its messages, and answer its calls.
    /// </summary>
    public Demand Echo()
    {
        var demands = new List<Demand>();
        for (var i = 0; i < _output.Count; i++)
        {
            var item = _output[i];
            if ((string)item["type"]! == "reasoning" && (string?)item["encrypted_content"] is { } encrypted)
            {
                var next = i + 1 < _output.Count ? _output[i + 1] : null;
                demands.Add(ResponsesDemands.Reasoning(
                    (string)item["id"]!, encrypted, (string?)next?["type"] == "function_call" ? (string?)next["call_id"] : null));
            }
            else if ((string?)item["phase"] is { } phase)
            {
                demands.Add(ResponsesDemands.Phase((string)item["content"]![0]!["text"]!, phase));
            }
        }

        return Demand.All([.. demands, ResponsesDemands.CallsAnswered()]);
    }

    /// <summary>A message item with text; <paramref name="phase"/> is commentary or final_answer where the model has phases.</summary>
    public ResponsesStream Message(string? phase, params string[] pieces) => Content(
        phase, "output_text", "text", ["annotations", "logprobs"], "response.output_text", pieces);

    /// <summary>A message item with text and no phase.</summary>
    public ResponsesStream Text(params string[] pieces) => Message(null, pieces);

    /// <summary>A message item with a refusal.</summary>
    public ResponsesStream Refusal(params string[] pieces) => Content(null, "refusal", "refusal", [], "response.refusal", pieces);

    /// <summary>A reasoning item: encrypted content (null: none) and one summary part, if any pieces are given.</summary>
    public ResponsesStream Reasoning(string id, string? encrypted, params string[] summary)
    {
        var index = Add(new JsonObject { ["id"] = id, ["type"] = "reasoning", ["encrypted_content"] = encrypted, ["summary"] = new JsonArray() });
        var parts = new JsonArray();
        if (summary.Length > 0)
        {
            JsonObject Part(string text) => new() { ["type"] = "summary_text", ["text"] = text };
            JsonObject At() => new() { ["item_id"] = id, ["output_index"] = index, ["summary_index"] = 0 };
            var whole = string.Concat(summary);
            Emit("response.reasoning_summary_part.added", At(), ("part", Part("")));
            foreach (var piece in summary)
            {
                Emit("response.reasoning_summary_text.delta", At(), ("delta", piece), ("obfuscation", "x7Kq"));
            }

            Emit("response.reasoning_summary_text.done", At(), ("text", whole));
            Emit("response.reasoning_summary_part.done", At(), ("part", Part(whole)));
            parts.Add(Part(whole));
        }

        return Finish(index, new JsonObject { ["id"] = id, ["type"] = "reasoning", ["encrypted_content"] = encrypted, ["summary"] = parts });
    }

    /// <summary>A reasoning item with raw reasoning text, as open models give it.</summary>
    public ResponsesStream ReasoningText(string id, params string[] pieces)
    {
        JsonObject Item(params JsonNode[] content) => new()
        {
            ["id"] = id,
            ["type"] = "reasoning",
            ["summary"] = new JsonArray(),
            ["content"] = new JsonArray(content),
        };
        var index = Add(Item());
        JsonObject At() => new() { ["item_id"] = id, ["output_index"] = index, ["content_index"] = 0 };
        foreach (var piece in pieces)
        {
            Emit("response.reasoning_text.delta", At(), ("delta", piece));
        }

        var whole = string.Concat(pieces);
        Emit("response.reasoning_text.done", At(), ("text", whole));
        return Finish(index, Item(new JsonObject { ["type"] = "reasoning_text", ["text"] = whole }));
    }

    /// <summary>A function call item; no pieces: the arguments are an empty string.</summary>
    public ResponsesStream Call(string callId, string name, params string[] arguments)
    {
        var id = $"fc_test_{_output.Count}";
        JsonObject Item(string status, string text) => new()
        {
            ["id"] = id,
            ["type"] = "function_call",
            ["status"] = status,
            ["arguments"] = text,
            ["call_id"] = callId,
            ["name"] = name,
        };
        var index = Add(Item("in_progress", ""));
        JsonObject At() => new() { ["item_id"] = id, ["output_index"] = index };
        foreach (var piece in arguments)
        {
            Emit("response.function_call_arguments.delta", At(), ("delta", piece), ("obfuscation", "pT2"));
        }

        var whole = string.Concat(arguments);
        Emit("response.function_call_arguments.done", At(), ("name", name), ("arguments", whole));
        return Finish(index, Item("completed", whole));
    }

    /// <summary>The terminal event <c>response.completed</c>; usage is given where <paramref name="input"/> is.</summary>
    public ResponsesStream Complete(int? input = null, int output = 0, int cached = 0, int reasoning = 0, int cacheWrite = 0) =>
        Last("response.completed", "completed", Figures(input, output, cached, reasoning, cacheWrite));

    /// <summary>The terminal event <c>response.incomplete</c> with a reason: max_output_tokens, content_filter.</summary>
    public ResponsesStream Incomplete(string reason, int? input = null, int output = 0, int cached = 0, int reasoning = 0) => Last(
        "response.incomplete", "incomplete", Figures(input, output, cached, reasoning, 0),
        response => response["incomplete_details"] = new JsonObject { ["reason"] = reason });

    /// <summary><c>response.failed</c></summary>
    public ResponsesStream Fail(string code, string message) => Last(
        "response.failed", "failed", null,
        response => response["error"] = new JsonObject { ["code"] = code, ["message"] = message });

    /// <summary>The <c>error</c> event as it is documented: code, message and param beside the type.</summary>
    public ResponsesStream Error(string? code, string message) =>
        Decide("error", ("code", code), ("message", message), ("param", null));

    /// <summary>The <c>error</c> event as it is also seen: an error object inside.</summary>
    public ResponsesStream ErrorObject(string type, string? code, string message) => Decide("error", ("error", new JsonObject
    {
        ["type"] = type,
        ["code"] = code,
        ["message"] = message,
        ["param"] = null,
    }));

    /// <summary>Any event: gets its type and the next sequence number.</summary>
    public ResponsesStream Emit(string type, JsonObject rest, params (string Name, JsonNode? Value)[] more)
    {
        Start();
        var data = new JsonObject { ["type"] = type, ["sequence_number"] = _sequence++ };
        foreach (var (name, value) in rest.ToArray())
        {
            rest.Remove(name);
            data[name] = value;
        }

        foreach (var (name, value) in more)
        {
            data[name] = value;
        }

        AddEvent(type, data);
        return this;
    }

    private ResponsesStream Content(
        string? phase, string type, string field, string[] lists, string eventName, string[] pieces)
    {
        var id = $"msg_test_{_output.Count}";
        JsonObject Item(string status, params JsonNode[] content)
        {
            var item = new JsonObject { ["id"] = id, ["type"] = "message", ["status"] = status, ["content"] = new JsonArray(content) };
            if (phase is not null)
            {
                item["phase"] = phase;
            }

            item["role"] = "assistant";
            return item;
        }

        JsonObject Part(string text)
        {
            var part = new JsonObject { ["type"] = type };
            foreach (var list in lists)
            {
                part[list] = new JsonArray();
            }

            part[field] = text;
            return part;
        }

        var index = Add(Item("in_progress"));
        JsonObject At() => new() { ["item_id"] = id, ["output_index"] = index, ["content_index"] = 0 };
        Emit("response.content_part.added", At(), ("part", Part("")));
        foreach (var piece in pieces)
        {
            Emit(eventName + ".delta", At(), ("delta", piece), ("logprobs", new JsonArray()), ("obfuscation", "aZ9"));
        }

        var whole = string.Concat(pieces);
        Emit(eventName + ".done", At(), (field, whole), ("logprobs", new JsonArray()));
        Emit("response.content_part.done", At(), ("part", Part(whole)));
        return Finish(index, Item("completed", Part(whole)));
    }

    private int Add(JsonObject item)
    {
        var index = _output.Count;
        Emit("response.output_item.added", new JsonObject { ["output_index"] = index }, ("item", item));
        return index;
    }

    private ResponsesStream Finish(int index, JsonObject item)
    {
        _output.Add((JsonObject)item.DeepClone());
        return Emit("response.output_item.done", new JsonObject { ["output_index"] = index }, ("item", item));
    }

    private ResponsesStream Last(string type, string status, JsonObject? usage, Action<JsonObject>? change = null)
    {
        var response = Response(status);
        response["output"] = new JsonArray([.. _output.Select(item => item.DeepClone())]);
        response["usage"] = usage;
        change?.Invoke(response);
        return Decide(type, ("response", response));
    }

    private ResponsesStream Decide(string type, params (string Name, JsonNode? Value)[] data)
    {
        Emit(type, [], data);
        MarkTerminal();
        return this;
    }

    private void Start()
    {
        if (!_started)
        {
            _started = true;
            Emit("response.created", [], ("response", Response("in_progress")));
            Emit("response.in_progress", [], ("response", Response("in_progress")));
        }
    }

    private JsonObject Response(string status) => new()
    {
        ["id"] = _id,
        ["object"] = "response",
        ["created_at"] = Created,
        ["status"] = status,
        ["background"] = false,
        ["error"] = null,
        ["incomplete_details"] = null,
        ["instructions"] = null,
        ["model"] = _model,
        ["output"] = new JsonArray(),
        ["parallel_tool_calls"] = true,
        ["store"] = false,
        ["temperature"] = 1.0,
        ["tool_choice"] = "auto",
        ["tools"] = new JsonArray(),
        ["top_p"] = 1.0,
        ["usage"] = null,
        ["metadata"] = new JsonObject(),
    };

    private static JsonObject? Figures(int? input, int output, int cached, int reasoning, int cacheWrite) => input is null ? null : new()
    {
        ["input_tokens"] = input,
        ["input_tokens_details"] = new JsonObject { ["cached_tokens"] = cached, ["cache_write_tokens"] = cacheWrite },
        ["output_tokens"] = output,
        ["output_tokens_details"] = new JsonObject { ["reasoning_tokens"] = reasoning },
        ["total_tokens"] = input + output,
    };
}
