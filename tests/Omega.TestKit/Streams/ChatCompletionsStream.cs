using System.Text.Json;
using System.Text.Json.Nodes;

namespace Omega.TestKit;

/// <summary>
/// A stream of the Chat Completions wire. Each string given to a method is one chunk. The defaults are OpenAI's shapes;
/// the habits of others have methods of their own.
/// </summary>
public sealed class ChatCompletionsStream : WireStream<ChatCompletionsStream>
{
    private const long Created = 1_760_000_000;
    private const string Placeholder = "@verbatim@";

    private readonly string _model;
    private readonly string _id;
    private readonly List<string> _details = [];
    private string _reasoningField = "reasoning_content";
    private bool _hasRole;

    private ChatCompletionsStream(string model, string id)
        : base(Wire.ChatCompletions)
    {
        _model = model;
        _id = id;
    }

    /// <summary>All reasoning written so far; a next request may have to bring it back.</summary>
    public string ReasoningText { get; private set; } = "";

    public static ChatCompletionsStream Create(string model = "omega-test-1", string id = "chatcmpl-test-1") => new(model, id);

    /// <summary>
    /// The demand that the next request bring back this stream's reasoning in the field it came in (details, where there are
    /// any, as one array of all elements in order), and answer its calls.
    /// </summary>
    public Demand Echo()
    {
        var demands = new List<Demand> { ChatCompletionsDemands.CallsAnswered() };
        if (_details.Count > 0)
        {
            demands.Add(ChatCompletionsDemands.ReasoningDetails($"[{string.Join(',', _details)}]"));
        }
        else if (ReasoningText != "")
        {
            demands.Add(_reasoningField == "reasoning"
                ? ChatCompletionsDemands.Reasoning(ReasoningText)
                : ChatCompletionsDemands.ReasoningContent(ReasoningText));
        }

        return Demand.All([.. demands]);
    }

    /// <summary>The name of the reasoning field from here on: DeepSeek and xAI say <c>reasoning_content</c> (default), OpenRouter and Groq <c>reasoning</c>.</summary>
    public ChatCompletionsStream ReasoningIn(string field)
    {
        _reasoningField = field;
        return this;
    }

    /// <summary>Text of choice 0.</summary>
    public ChatCompletionsStream Text(params string[] pieces) =>
        Each(pieces, piece => Delta(new JsonObject { ["content"] = piece }));

    /// <summary>Reasoning text of choice 0.</summary>
    public ChatCompletionsStream Reasoning(params string[] pieces) => Each(pieces, piece =>
    {
        ReasoningText += piece;
        Delta(new JsonObject { ["content"] = null, [_reasoningField] = piece });
    });

    /// <summary>One chunk of OpenRouter's <c>reasoning_details</c>: the array as JSON text, sent byte for byte as given.</summary>
    public ChatCompletionsStream ReasoningDetails(string json)
    {
        using (var details = JsonDocument.Parse(json))
        {
            _details.AddRange(details.RootElement.EnumerateArray().Select(element => element.GetRawText()));
        }

        Role();
        return Chunk([Choice(new JsonObject { ["reasoning_details"] = Placeholder }, null, 0)], verbatim: json);
    }

    public ChatCompletionsStream Refusal(params string[] pieces) =>
        Each(pieces, piece => Delta(new JsonObject { ["refusal"] = piece }));

    /// <summary>A call: a first chunk with id and name, then one chunk for each piece of its arguments.</summary>
    public ChatCompletionsStream Call(int index, string id, string name, params string[] arguments)
    {
        CallStart(index, id, name);
        return CallArguments(index, arguments);
    }

    /// <summary>The first chunk of a call; null leaves the field out.</summary>
    public ChatCompletionsStream CallStart(int index, string? id, string name, string? arguments = "")
    {
        var call = new JsonObject { ["index"] = index };
        if (id is not null)
        {
            call["id"] = id;
        }

        call["type"] = "function";
        var function = new JsonObject { ["name"] = name };
        if (arguments is not null)
        {
            function["arguments"] = arguments;
        }

        call["function"] = function;
        return CallDelta(call);
    }

    /// <summary>More of a call's arguments.</summary>
    public ChatCompletionsStream CallArguments(int index, params string[] pieces) => Each(pieces, piece =>
        CallDelta(new JsonObject { ["index"] = index, ["function"] = new JsonObject { ["arguments"] = piece } }));

    /// <summary>More of a call's arguments as Mistral writes them: <c>"name":""</c> each time, and no id.</summary>
    public ChatCompletionsStream CallArgumentsWithEmptyName(int index, params string[] pieces) => Each(pieces, piece =>
        CallDelta(new JsonObject { ["index"] = index, ["function"] = new JsonObject { ["name"] = "", ["arguments"] = piece } }));

    /// <summary>A whole call in one chunk, as Groq, xAI and Mistral send it.</summary>
    public ChatCompletionsStream WholeCall(int index, string? id, string name, string arguments) => CallStart(index, id, name, arguments);

    /// <summary>One element of <c>tool_calls</c> as it is.</summary>
    public ChatCompletionsStream CallDelta(JsonObject call) => Delta(new JsonObject { ["tool_calls"] = new JsonArray(call) });

    /// <summary>The chunk with the finish reason of choice 0.</summary>
    public ChatCompletionsStream Finish(string reason) => Delta([], reason);

    /// <summary>Finish reason and usage in one chunk, as DeepSeek and others send them.</summary>
    public ChatCompletionsStream FinishWithUsage(string reason, int prompt, int completion, int cached = 0, int reasoning = 0) =>
        Chunk([Choice([], reason, 0)], chunk => chunk["usage"] = Figures(prompt, completion, cached, reasoning));

    /// <summary>The chunk with usage and no choices that follows the finish reason.</summary>
    public ChatCompletionsStream Usage(int prompt, int completion, int cached = 0, int reasoning = 0) =>
        Usage(Figures(prompt, completion, cached, reasoning));

    /// <summary>Usage as it is: other providers' fields.</summary>
    public ChatCompletionsStream Usage(JsonObject usage) => Chunk([], chunk => chunk["usage"] = usage);

    /// <summary>Usage as Groq gives it while streaming: inside <c>x_groq</c> of the finishing chunk.</summary>
    public ChatCompletionsStream FinishWithGroqUsage(string reason, int prompt, int completion) => Chunk(
        [Choice([], reason, 0)],
        chunk => chunk["x_groq"] = new JsonObject { ["id"] = "req_test_1", ["usage"] = Figures(prompt, completion, 0, 0) });

    /// <summary>An error within the stream: <c>data: {"error":…}</c>.</summary>
    public ChatCompletionsStream Error(string message, string? type = "server_error", JsonNode? code = null, string? name = null)
    {
        AddEvent(name, new JsonObject
        {
            ["error"] = new JsonObject { ["message"] = message, ["type"] = type, ["param"] = null, ["code"] = code },
        });
        MarkTerminal();
        return this;
    }

    /// <summary>An error within the stream as OpenRouter writes it: beside a choice that says nothing.</summary>
    public ChatCompletionsStream ErrorBesideChoice(int code, string message, string? finishReason = "error")
    {
        Chunk(
            [Choice(new JsonObject { ["role"] = "assistant", ["content"] = "" }, finishReason, 0)],
            chunk => chunk["error"] = new JsonObject { ["code"] = code, ["message"] = message });
        MarkTerminal();
        return this;
    }

    /// <summary><c>data: [DONE]</c></summary>
    public ChatCompletionsStream Done()
    {
        AddEvent(null, "[DONE]");
        MarkTerminal();
        return this;
    }

    /// <summary>Any delta of any choice. The first of choice 0 is preceded by the chunk with the role, as OpenAI does it.</summary>
    public ChatCompletionsStream Delta(JsonObject delta, string? finishReason = null, int choice = 0)
    {
        if (choice == 0 && finishReason is null)
        {
            Role(delta);
        }

        return Chunk([Choice(delta, finishReason, choice)]);
    }

    /// <summary>Any chunk: its choices, and what <paramref name="change"/> does to the whole.</summary>
    public ChatCompletionsStream Chunk(JsonArray choices, Action<JsonObject>? change = null) => Chunk(choices, null, change);

    private ChatCompletionsStream Chunk(JsonArray choices, string? verbatim, Action<JsonObject>? change = null)
    {
        var chunk = new JsonObject
        {
            ["id"] = _id,
            ["object"] = "chat.completion.chunk",
            ["created"] = Created,
            ["model"] = _model,
            ["service_tier"] = "default",
            ["system_fingerprint"] = "fp_test",
            ["choices"] = choices,
            ["usage"] = null,
        };
        change?.Invoke(chunk);
        AddEvent(null, verbatim is null ? Write(chunk) : Write(chunk).Replace($"\"{Placeholder}\"", verbatim, StringComparison.Ordinal));
        return this;
    }

    private void Role(JsonObject? first = null)
    {
        if (!_hasRole && first?.ContainsKey("role") != true)
        {
            Chunk([Choice(new JsonObject { ["role"] = "assistant", ["content"] = "", ["refusal"] = null }, null, 0)]);
        }

        _hasRole = true;
    }

    private static JsonObject Choice(JsonObject delta, string? finishReason, int index) => new()
    {
        ["index"] = index,
        ["delta"] = delta,
        ["logprobs"] = null,
        ["finish_reason"] = finishReason,
    };

    private static JsonObject Figures(int prompt, int completion, int cached, int reasoning) => new()
    {
        ["prompt_tokens"] = prompt,
        ["completion_tokens"] = completion,
        ["total_tokens"] = prompt + completion,
        ["prompt_tokens_details"] = new JsonObject { ["cached_tokens"] = cached, ["audio_tokens"] = 0 },
        ["completion_tokens_details"] = new JsonObject { ["reasoning_tokens"] = reasoning, ["audio_tokens"] = 0 },
    };

    private ChatCompletionsStream Each(string[] pieces, Action<string> write)
    {
        Array.ForEach(pieces, write);
        return this;
    }
}
