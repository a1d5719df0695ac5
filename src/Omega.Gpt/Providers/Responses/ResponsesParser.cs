using System.Text;
using System.Text.Json;
using Omega.Gpt.Providers.Http;

namespace Omega.Gpt.Providers.Responses;

/// <summary>
/// Reads one stream of <c>/responses</c>: events that repeat are dropped, those of unknown types passed over, and the last one says how
/// it ended.
/// </summary>
/// <param name="provider">The provider's name, for state to send back.</param>
/// <param name="model">The model as it was requested, for the same.</param>
/// <param name="requestId">The provider's id of the request.</param>
/// <param name="gate">Options that were left out.</param>
/// <param name="isKept">Whether the server keeps the answer, so that the rest of a broken stream can be asked for.</param>
internal sealed class ResponsesParser(string provider, string model, string? requestId, OptionGate? gate = null, bool isKept = false) : WireParser
{
    private readonly ResponsesAnswer _answer = new(provider, model, requestId, gate);
    private long? _last;
    private bool _numbered;

    public override (string Response, long Sequence)? Place =>
        isKept && _numbered && _answer.ResponseId is { } id && _last is { } last ? (id, last) : null;

    public override void Parse(ReadOnlySpan<byte> name, ReadOnlySpan<byte> data, List<ModelDelta> output)
    {
        try
        {
            Read(name, data, output);
        }
        catch (InvalidOperationException exception)
        {
            // What the JSON reader throws for text that is no Unicode: bytes that are not UTF-8, half a surrogate pair.
            throw new JsonException("a text is not Unicode", exception);
        }
    }

    public override void Dispose()
    {
        _answer.Dispose();
        base.Dispose();
    }

    private void Read(ReadOnlySpan<byte> name, ReadOnlySpan<byte> data, List<ModelDelta> output)
    {
        if (data.SequenceEqual("[DONE]"u8))
            throw Failed(GptErrorKind.StreamProtocol, provider, model, "the stream says [DONE] before its last event", retryable: true);
        var sse = ResponsesEvent.Read(name, data);
        var type = sse.Type;
        if (IsDuplicate(sse.Sequence) && !EndsStream(type))
            return;
        _answer.Begin(output, sse.Sequence);

        // Nearly all events are one of these two; they are told without making a string of their type.
        if (type.SequenceEqual("response.output_text.delta"u8))
            _answer.TakeDelta(sse, "message", ResponsesText.Answer);
        else if (type.SequenceEqual("response.function_call_arguments.delta"u8))
            _answer.TakeDelta(sse, "function_call", ResponsesText.Arguments);
        else
            Read(Encoding.UTF8.GetString(type), sse, data, output);
    }

    private void Read(string type, in ResponsesEvent sse, ReadOnlySpan<byte> data, List<ModelDelta> output)
    {
        switch (type)
        {
            case "response.refusal.delta":
                _answer.TakeDelta(sse, "message", ResponsesText.Refusal);
                break;
            case "response.reasoning_summary_text.delta":
                _answer.TakeDelta(sse, "reasoning", ResponsesText.Summary);
                break;
            case "response.reasoning_text.delta":
                _answer.TakeDelta(sse, "reasoning", ResponsesText.Reasoning);
                break;
            case "response.output_text.done":
                _answer.TakeWhole(sse, "message", ResponsesText.Answer);
                break;
            case "response.refusal.done":
                _answer.TakeWhole(sse, "message", ResponsesText.Refusal);
                break;
            case "response.reasoning_summary_text.done":
                _answer.TakeWhole(sse, "reasoning", ResponsesText.Summary);
                break;
            case "response.reasoning_text.done":
                _answer.TakeWhole(sse, "reasoning", ResponsesText.Reasoning);
                break;
            case "response.function_call_arguments.done":
                _answer.TakeWhole(sse, "function_call", ResponsesText.Arguments);
                break;
            case "response.output_item.added":
                _answer.Added(sse);
                break;
            case "response.output_item.done":
                _answer.Done(sse);
                break;
            case "response.created" or "response.in_progress" or "response.queued":
                _answer.Start(sse.Response);
                break;
            case "response.completed" or "response.incomplete" or "response.failed" or "response.cancelled":
                _answer.Start(sse.Response);
                End(type, sse, output);
                break;
            case "error":
                throw ProviderError.From(JsonFields.Parse(sse.Error.IsEmpty ? data : sse.Error), null, provider, model);
            case var _ when !sse.Error.IsEmpty:
                throw ProviderError.From(JsonFields.Parse(sse.Error), null, provider, model);
        }
    }

    // A resumed stream may repeat events. Servers that give every event one number (0 or -1) do not number at all.
    private bool IsDuplicate(long? sequence)
    {
        if (sequence is null || _last is null || sequence > _last)
        {
            _numbered |= sequence > _last;
            _last = sequence ?? _last;
            return false;
        }

        return _numbered;
    }

    private void End(string type, in ResponsesEvent sse, List<ModelDelta> output)
    {
        var sequence = sse.Sequence;
        var response = ResponsesResponseFields.Read(sse.Response);
        // Some servers call every last event "completed" and say how it ended in the status alone.
        var status = response.Status.Text() is ("incomplete" or "failed" or "cancelled" or "completed") and var said ? said : type["response.".Length..];
        if (status is "completed" or "incomplete")
            _answer.TakeOutput(response.Output);
        if (!response.Usage.IsEmpty)
            output.Add(ResponsesUsage.Read(JsonFields.Parse(response.Usage)) with { WireSequence = sequence });
        switch (status)
        {
            case "failed":
                throw !response.Error.IsEmpty
                    ? ProviderError.From(JsonFields.Parse(response.Error), null, provider, model)
                    : Failed(GptErrorKind.Server, provider, model, "the response failed, and the server gave no reason", retryable: true);
            case "cancelled":
                throw Failed(GptErrorKind.StreamInterrupted, provider, model, "the response was cancelled at the server", retryable: false);
            case "incomplete":
                var why = response.IncompleteDetails.IsEmpty ? null : JsonFields.Parse(response.IncompleteDetails).Text("reason");
                Finish(why switch { "max_output_tokens" => FinishReason.Length, "content_filter" => FinishReason.ContentFilter, _ => FinishReason.Other }, why ?? status);
                break;
            default:
                if (_answer.HasOpenCall)
                    throw Failed(GptErrorKind.StreamProtocol, provider, model, "the response was completed before one of its function calls", retryable: true);
                Finish(_answer.IsRefused ? FinishReason.Refusal : _answer.Calls > 0 ? FinishReason.FunctionCalls : FinishReason.Stop, status);
                break;
        }

        void Finish(FinishReason reason, string? raw)
        {
            output.Add(new FinishedDelta(reason, raw) { WireSequence = sequence });
            IsFinished = true;
        }
    }

    // Errors and last events are never repeats: some servers number them from 0 again.
    private static bool EndsStream(ReadOnlySpan<byte> type) => type.SequenceEqual("error"u8) || type.SequenceEqual("response.completed"u8)
        || type.SequenceEqual("response.incomplete"u8) || type.SequenceEqual("response.failed"u8) || type.SequenceEqual("response.cancelled"u8);

    /// <summary>An error that the stream itself holds.</summary>
    internal static GptException Failed(GptErrorKind kind, string provider, string model, string what, bool retryable) => new(kind, $"{provider}: {what}.")
    {
        Phase = GptPhase.Step,
        Provider = provider,
        Model = model,
        IsRetryable = retryable,
    };
}
