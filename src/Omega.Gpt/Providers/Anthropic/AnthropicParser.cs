using System.Text;
using System.Text.Json;
using Omega.Gpt.Providers.Http;

namespace Omega.Gpt.Providers.Anthropic;

/// <summary>Reads one stream of <c>/messages</c>.</summary>
/// <param name="provider">The provider's name, for state to send back.</param>
/// <param name="model">The model as it was requested, for the same.</param>
/// <param name="requestId">The provider's id of the request.</param>
/// <param name="gate">Options that were left out.</param>
internal sealed class AnthropicParser(string provider, string model, string? requestId, OptionGate? gate = null) : WireParser
{
    private readonly Dictionary<int, AnthropicBlock> _blocks = [];
    private readonly AnthropicUsage _usage = new();
    private bool _started;
    private int _calls;
    private string? _stopReason;

    public override void Parse(ReadOnlySpan<byte> name, ReadOnlySpan<byte> data, List<ModelDelta> output)
    {
        try
        {
            var sse = AnthropicEvent.Read(name, data);
            // Nearly all events are deltas; they are told without making a string of their type.
            if (sse.Type.SequenceEqual("content_block_delta"u8))
                TakeDelta(sse, output);
            else
                Read(Encoding.UTF8.GetString(sse.Type), sse, data, output);
        }
        catch (InvalidOperationException exception)
        {
            // What the JSON reader throws for text that is no Unicode: bytes that are not UTF-8, half a surrogate pair.
            throw new JsonException("a text is not Unicode", exception);
        }
    }

    private void Read(string type, in AnthropicEvent sse, ReadOnlySpan<byte> data, List<ModelDelta> output)
    {
        switch (type)
        {
            case "message_start":
                Start(sse, output);
                break;
            case "content_block_start":
                Open(sse, output);
                break;
            case "content_block_stop":
                Close(sse, output);
                break;
            case "message_delta":
                TakeEnd(sse, output);
                break;
            case "message_stop":
                Stop(output);
                break;
            case "error":
                throw ProviderError.From(JsonFields.Parse(sse.Body.IsEmpty ? data : sse.Body), null, provider, model);
            case "ping":
                break;
            case var _ when JsonFields.Parse(data).Object("error") is { } error: // some servers in between name no type
                throw ProviderError.From(error, null, provider, model);
        }
    }

    private void Start(in AnthropicEvent sse, List<ModelDelta> output)
    {
        if (_started)
            throw Broken("a second message began in the stream");
        _started = true;
        var message = JsonFields.Parse(sse.Body);
        output.Add(new StartedDelta(message.Text("id"), message.Text("model"), requestId));
        gate?.AddNotices(output);
        if (message.Object("usage") is { } usage)
            TakeUsage(usage, output);
    }

    private void Open(in AnthropicEvent sse, List<ModelDelta> output)
    {
        CheckStarted();
        var json = JsonFields.Parse(sse.Body);
        var type = json.Text("type") ?? throw Broken($"content block {sse.Index} began without a type");
        var block = new AnthropicBlock(type)
        {
            Call = type == "tool_use" ? _calls++ : -1,
            EarlyArguments = json.Object("input") is { } input && input.EnumerateObject().Any() ? input.GetRawText() : null,
            Redacted = type == "redacted_thinking" ? Encoding.UTF8.GetString(sse.Body) : null,
            Signature = json.Text("signature"),
        };
        if (!_blocks.TryAdd(sse.Index, block))
            throw Broken($"content block {sse.Index} began twice");
        switch (type)
        {
            case "text":
                TakeText(json.Text("text"), output);
                break;
            case "thinking":
                TakeThinking(block, json.Text("thinking"), output);
                break;
            case "tool_use":
                var called = json.Text("name");
                if (string.IsNullOrEmpty(called))
                    throw Broken("a function call came without a name");
                output.Add(new CallStartedDelta(block.Call, called));
                break;
        }
    }

    private void TakeDelta(in AnthropicEvent sse, List<ModelDelta> output)
    {
        var delta = sse.Delta.Text();
        if (!_blocks.TryGetValue(sse.Index, out var block) || block.IsClosed)
            throw Broken($"content block {sse.Index} went on {(block is null ? "before its start" : "after its end")}");
        if (sse.DeltaType.SequenceEqual("text_delta"u8))
        {
            Expect(block, "text");
            TakeText(delta, output);
        }
        else if (sse.DeltaType.SequenceEqual("input_json_delta"u8))
        {
            // Calls of hosted tools have arguments too; nobody here acts on those.
            if (block.Call < 0 || string.IsNullOrEmpty(delta))
                return;
            block.HasArguments = true;
            output.Add(new CallArgumentsDelta(block.Call, delta));
        }
        else if (sse.DeltaType.SequenceEqual("thinking_delta"u8))
        {
            Expect(block, "thinking");
            TakeThinking(block, delta, output);
        }
        else if (sse.DeltaType.SequenceEqual("signature_delta"u8))
        {
            Expect(block, "thinking");
            block.Signature = delta;
        }
    }

    private void Close(in AnthropicEvent sse, List<ModelDelta> output)
    {
        if (!_blocks.TryGetValue(sse.Index, out var block) || block.IsClosed)
            throw Broken($"content block {sse.Index} ended {(block is null ? "before its start" : "twice")}");
        block.IsClosed = true;
        switch (block.Type)
        {
            case "tool_use":
                if (!block.HasArguments && block.EarlyArguments is { } arguments)
                    output.Add(new CallArgumentsDelta(block.Call, arguments));
                output.Add(new CallEndedDelta(block.Call));
                break;
            case "thinking" when block.Thinking.Length > 0 || !string.IsNullOrEmpty(block.Signature):
                var json = JsonText.Object(("type", "thinking"), ("thinking", block.Thinking.ToString()), ("signature", block.Signature));
                output.Add(new OpaqueDelta(new OpaquePart(provider, model, "thinking", json)));
                break;
            case "redacted_thinking":
                output.Add(new OpaqueDelta(new OpaquePart(provider, model, "redacted_thinking", block.Redacted!)));
                break;
        }
    }

    private void TakeEnd(in AnthropicEvent sse, List<ModelDelta> output)
    {
        CheckStarted();
        if (!sse.Usage.IsEmpty)
            TakeUsage(JsonFields.Parse(sse.Usage), output);
        if (sse.Body.IsEmpty)
            return;
        var delta = JsonFields.Parse(sse.Body);
        var isFirst = _stopReason is null;
        _stopReason = delta.Text("stop_reason") ?? _stopReason;
        if (isFirst && _stopReason == "refusal")
            output.Add(new RefusalDelta(Refusal(delta.Object("stop_details") ?? default)));
    }

    private void Stop(List<ModelDelta> output)
    {
        if (_stopReason is null)
            throw Broken("the message stopped without a reason");
        if (_blocks.Any(block => !block.Value.IsClosed))
            throw Broken("the message stopped in the middle of a content block");
        output.Add(new FinishedDelta(Reason(_stopReason), _stopReason));
        IsFinished = true;
    }

    private static void TakeText(string? text, List<ModelDelta> output)
    {
        if (!string.IsNullOrEmpty(text))
            output.Add(new TextDelta(text));
    }

    private static void TakeThinking(AnthropicBlock block, string? thinking, List<ModelDelta> output)
    {
        if (string.IsNullOrEmpty(thinking))
            return;
        block.Thinking.Append(thinking);
        output.Add(new ReasoningDelta(thinking));
    }

    private void TakeUsage(JsonElement usage, List<ModelDelta> output)
    {
        _usage.Merge(usage);
        output.Add(new UsageDelta(_usage.ToUsage(), null));
    }

    private static string Refusal(JsonElement details)
    {
        if (details.Text("explanation") is { Length: > 0 } explanation)
            return explanation;
        return details.Text("category") is { Length: > 0 } category ? $"The provider declined to answer (category: {category})." : "The provider declined to answer.";
    }

    private static FinishReason Reason(string reason) => reason switch
    {
        "end_turn" or "stop_sequence" => FinishReason.Stop,
        "max_tokens" or "model_context_window_exceeded" => FinishReason.Length,
        "tool_use" => FinishReason.FunctionCalls,
        "refusal" => FinishReason.Refusal,
        _ => FinishReason.Other,
    };

    private void CheckStarted()
    {
        if (!_started)
            throw Broken("the stream did not begin with message_start");
    }

    private void Expect(AnthropicBlock block, string type)
    {
        if (block.Type != type)
            throw Broken($"a content block of type {block.Type} went on as one of type {type}");
    }

    private GptException Broken(string what) => new(GptErrorKind.StreamProtocol, $"{provider}: {what}.")
    {
        Phase = GptPhase.Step,
        Provider = provider,
        Model = model,
        IsRetryable = true,
    };
}
