using System.Text.Json.Nodes;

namespace Omega.TestKit;

/// <summary>
/// A stream of the Anthropic Messages wire: content blocks with their indexes. Each string given to a method is one delta.
/// Input figures go to <see cref="Create"/>, for they come first; output tokens to <see cref="Finish"/>.
/// </summary>
public sealed class AnthropicStream : WireStream<AnthropicStream>
{
    private readonly JsonObject _inputFigures;
    private readonly JsonObject _message;
    private readonly List<JsonObject> _content = [];
    private bool _started;

    private AnthropicStream(JsonObject inputFigures, JsonObject message)
        : base(Wire.Anthropic)
    {
        _inputFigures = inputFigures;
        _message = message;
    }

    /// <summary>The finished content blocks so far: what a next request may have to bring back.</summary>
    public IReadOnlyList<JsonObject> Content => _content;

    /// <summary><paramref name="input"/> counts what was neither read from nor written to the cache.</summary>
    public static AnthropicStream Create(
        string model = "omega-test-1", string id = "msg_test_1", int input = 10, int cacheRead = 0, int cacheWrite = 0)
    {
        var figures = new JsonObject
        {
            ["input_tokens"] = input,
            ["cache_creation_input_tokens"] = cacheWrite,
            ["cache_read_input_tokens"] = cacheRead,
        };
        var usage = (JsonObject)figures.DeepClone();
        usage["output_tokens"] = 1;
        usage["service_tier"] = "standard";
        return new(figures, new JsonObject
        {
            ["model"] = model,
            ["id"] = id,
            ["type"] = "message",
            ["role"] = "assistant",
            ["content"] = new JsonArray(),
            ["stop_reason"] = null,
            ["stop_sequence"] = null,
            ["usage"] = usage,
        });
    }

    /// <summary>The demand that the next request bring back this stream's thinking, unchanged and in place, and answer its calls.</summary>
    public Demand Echo()
    {
        var calls = false;
        var blocks = new List<ThinkingBlock>();
        foreach (var block in _content)
        {
            switch ((string)block["type"]!)
            {
                case "tool_use":
                    calls = true;
                    break;
                case "thinking":
                    blocks.Add(ThinkingBlock.Of((string)block["thinking"]!, (string)block["signature"]!) with { BeforeCalls = !calls });
                    break;
                case "redacted_thinking":
                    blocks.Add(ThinkingBlock.Redacted((string)block["data"]!) with { BeforeCalls = !calls });
                    break;
            }
        }

        return Demand.All(AnthropicDemands.Thinking(blocks), AnthropicDemands.CallsAnswered());
    }

    public AnthropicStream Text(params string[] pieces)
    {
        var index = StartBlock(new JsonObject { ["type"] = "text", ["text"] = "" });
        foreach (var piece in pieces)
        {
            Delta(index, new JsonObject { ["type"] = "text_delta", ["text"] = piece });
        }

        return StopBlock(index, new JsonObject { ["type"] = "text", ["text"] = string.Concat(pieces) });
    }

    /// <summary>A thinking block: its text in deltas, then its signature in one.</summary>
    public AnthropicStream Thinking(string signature, params string[] pieces)
    {
        var index = StartBlock(new JsonObject { ["type"] = "thinking", ["thinking"] = "", ["signature"] = "" });
        foreach (var piece in pieces)
        {
            Delta(index, new JsonObject { ["type"] = "thinking_delta", ["thinking"] = piece });
        }

        Delta(index, new JsonObject { ["type"] = "signature_delta", ["signature"] = signature });
        return StopBlock(index, new JsonObject
        {
            ["type"] = "thinking",
            ["thinking"] = string.Concat(pieces),
            ["signature"] = signature,
        });
    }

    public AnthropicStream RedactedThinking(string data)
    {
        var index = StartBlock(new JsonObject { ["type"] = "redacted_thinking", ["data"] = data });
        return StopBlock(index, new JsonObject { ["type"] = "redacted_thinking", ["data"] = data });
    }

    /// <summary>A call; its input as pieces of JSON text. No pieces: one empty delta, which means <c>{}</c>.</summary>
    public AnthropicStream ToolUse(string id, string name, params string[] input)
    {
        var index = StartBlock(new JsonObject { ["type"] = "tool_use", ["id"] = id, ["name"] = name, ["input"] = new JsonObject() });
        foreach (var piece in (string[])["", .. input])
        {
            Delta(index, new JsonObject { ["type"] = "input_json_delta", ["partial_json"] = piece });
        }

        var whole = string.Concat(input);
        return StopBlock(index, new JsonObject
        {
            ["type"] = "tool_use",
            ["id"] = id,
            ["name"] = name,
            ["input"] = Parsed(whole),
        });
    }

    public AnthropicStream Ping() => Emit("ping", []);

    /// <summary><c>message_delta</c> with the stop reason: end_turn, tool_use, max_tokens, stop_sequence, refusal, pause_turn.</summary>
    public AnthropicStream Finish(string stopReason, int output = 1, JsonObject? stopDetails = null)
    {
        var delta = new JsonObject { ["stop_reason"] = stopReason, ["stop_sequence"] = null };
        if (stopDetails is not null)
        {
            delta["stop_details"] = stopDetails;
        }

        var usage = (JsonObject)_inputFigures.DeepClone();
        usage["output_tokens"] = output;
        return Emit("message_delta", [], ("delta", delta), ("usage", usage));
    }

    /// <summary>Stop reason <c>refusal</c> with its details.</summary>
    public AnthropicStream Refuse(string category, string explanation, int output = 1) => Finish("refusal", output, new JsonObject
    {
        ["type"] = "refusal",
        ["category"] = category,
        ["explanation"] = explanation,
    });

    /// <summary><c>message_stop</c>, the terminal event.</summary>
    public AnthropicStream Done() => Decide("message_stop");

    /// <summary>An error within the stream: <c>event: error</c>.</summary>
    public AnthropicStream Error(string type, string message) => Decide("error", ("error", new JsonObject
    {
        ["details"] = null,
        ["type"] = type,
        ["message"] = message,
    }), ("request_id", "req_test_1"));

    /// <summary>Any event, named by its type.</summary>
    public AnthropicStream Emit(string type, JsonObject rest, params (string Name, JsonNode? Value)[] more)
    {
        if (!_started)
        {
            _started = true;
            Emit("message_start", [], ("message", _message.DeepClone()));
        }

        var data = new JsonObject { ["type"] = type };
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

    private static JsonNode? Parsed(string input)
    {
        try
        {
            return input == "" ? new JsonObject() : JsonNode.Parse(input);
        }
        catch (System.Text.Json.JsonException)
        {
            // A test may script arguments that are not JSON; such a block can be sent but not given back.
            return null;
        }
    }

    private AnthropicStream Decide(string type, params (string Name, JsonNode? Value)[] data)
    {
        Emit(type, [], data);
        MarkTerminal();
        return this;
    }

    private int StartBlock(JsonObject block)
    {
        var index = _content.Count;
        Emit("content_block_start", new JsonObject { ["index"] = index }, ("content_block", block));
        return index;
    }

    private void Delta(int index, JsonObject delta) =>
        Emit("content_block_delta", new JsonObject { ["index"] = index }, ("delta", delta));

    private AnthropicStream StopBlock(int index, JsonObject block)
    {
        _content.Add(block);
        return Emit("content_block_stop", new JsonObject { ["index"] = index });
    }
}
