using System.Text;
using System.Text.Json;
using Omega.Gpt.Providers.Http;

namespace Omega.Gpt.Providers.Responses;

/// <summary>
/// Reads one stream of <c>/responses</c>. Deltas are handed on as they come; each event that repeats a text as a whole is compared with
/// the deltas, and what they left out is made good, so that a gap in the stream loses nothing.
/// </summary>
/// <param name="provider">The provider's name, for state to send back.</param>
/// <param name="model">The model as it was requested, for the same.</param>
/// <param name="requestId">The provider's id of the request.</param>
/// <param name="gate">Options that were left out.</param>
internal sealed class ResponsesParser(string provider, string model, string? requestId, OptionGate? gate = null) : WireParser
{
    private readonly List<ResponsesItem> _items = [];
    private readonly Dictionary<int, ResponsesItem> _byIndex = [];
    private List<ModelDelta> _output = [];
    private bool _started;
    private long? _sequence;
    private long? _last;
    private bool _numbered;
    private int _calls;
    private bool _refused;
    private bool _reasoned;

    public override void Parse(ReadOnlySpan<byte> name, ReadOnlySpan<byte> data, List<ModelDelta> output)
    {
        _output = output;
        try
        {
            Read(name, data);
        }
        catch (InvalidOperationException exception)
        {
            // What the JSON reader throws for text that is no Unicode: bytes that are not UTF-8, half a surrogate pair.
            throw new JsonException("a text is not Unicode", exception);
        }
    }

    private void Read(ReadOnlySpan<byte> name, ReadOnlySpan<byte> data)
    {
        if (data.SequenceEqual("[DONE]"u8))
            throw Broken("the stream says [DONE] without response.completed");
        var sse = ResponsesEvent.Read(name, data);
        if (IsDuplicate(sse.Sequence))
            return;

        // Nearly all events are one of these two; they are told without making a string of their type.
        if (sse.Type.SequenceEqual("response.output_text.delta"u8))
            TakeDelta(sse, "message", ResponsesText.Answer);
        else if (sse.Type.SequenceEqual("response.function_call_arguments.delta"u8))
            TakeDelta(sse, "function_call", ResponsesText.Arguments);
        else
            Read(Encoding.UTF8.GetString(sse.Type), sse, data);
    }

    private void Read(string type, in ResponsesEvent sse, ReadOnlySpan<byte> data)
    {
        switch (type)
        {
            case "response.refusal.delta":
                TakeDelta(sse, "message", ResponsesText.Refusal);
                break;
            case "response.reasoning_summary_text.delta":
                TakeDelta(sse, "reasoning", ResponsesText.Summary);
                break;
            case "response.reasoning_text.delta":
                TakeDelta(sse, "reasoning", ResponsesText.Reasoning);
                break;
            case "response.output_text.done":
                Complete(Find(sse, "message"), ResponsesText.Answer, sse.PartIndex, sse.Whole);
                break;
            case "response.refusal.done":
                Complete(Find(sse, "message"), ResponsesText.Refusal, sse.PartIndex, sse.Whole);
                break;
            case "response.reasoning_summary_text.done":
                Complete(Find(sse, "reasoning"), ResponsesText.Summary, sse.PartIndex, sse.Whole);
                break;
            case "response.reasoning_text.done":
                Complete(Find(sse, "reasoning"), ResponsesText.Reasoning, sse.PartIndex, sse.Whole);
                break;
            case "response.function_call_arguments.done":
                var call = Find(sse, "function_call");
                StartCall(call, sse.Name);
                if (call.Call >= 0)
                    Complete(call, ResponsesText.Arguments, 0, sse.Whole);
                break;
            case "response.output_item.added":
                Added(sse);
                break;
            case "response.output_item.done":
                Done(sse);
                break;
            case "response.created" or "response.in_progress" or "response.queued":
                Start(sse.Response);
                break;
            case "response.completed" or "response.incomplete" or "response.failed" or "response.cancelled":
                Start(sse.Response);
                End(type, sse.Response);
                break;
            case "error":
                throw ProviderError.From(Json(sse.Error.IsEmpty ? data : sse.Error), null, provider, model);
            case var _ when !sse.Error.IsEmpty:
                throw ProviderError.From(Json(sse.Error), null, provider, model);
        }
    }

    // A resumed stream may repeat events. Servers that give every event one number (0 or -1) do not number at all.
    private bool IsDuplicate(long? sequence)
    {
        _sequence = sequence;
        if (sequence is null || _last is null || sequence > _last)
        {
            _numbered |= sequence > _last;
            _last = sequence ?? _last;
            return false;
        }

        return _numbered;
    }

    private void Start(ReadOnlySpan<byte> response = default)
    {
        if (_started)
            return;
        _started = true;
        var json = response.IsEmpty ? default : Json(response);
        _output.Add(new StartedDelta(Field(json, "id"), Field(json, "model"), requestId) { WireSequence = _sequence });
        gate?.AddNotices(_output);
    }

    private void Added(in ResponsesEvent sse)
    {
        var json = Json(sse.Item);
        var (id, type) = (Field(json, "id"), Field(json, "type"));
        if (!(sse.OutputIndex is { } index && _byIndex.TryGetValue(index, out var item) && item.Id == id && item.Type == type && !item.IsDone))
            item = Add(id, type, sse.OutputIndex);
        Start();
        Announce(item, json);
        if (item.Type == "function_call")
        {
            StartCall(item, Field(json, "name"));
            Take(item, ResponsesText.Arguments, 0, Field(json, "arguments"));
        }
    }

    private void Done(in ResponsesEvent sse)
    {
        var json = Json(sse.Item);
        var item = Find(sse, Field(json, "type"), Field(json, "id"));
        Finish(item, json, sse.Item);
    }

    /// <summary>Makes good what the deltas left out of an item, and ends it.</summary>
    private void Finish(ResponsesItem item, JsonElement json, ReadOnlySpan<byte> raw)
    {
        Start();
        item.IsDone = true;
        item.Type ??= Field(json, "type");
        switch (item.Type)
        {
            case "message":
                Announce(item, json);
                CompleteParts(item, json, "content");
                break;
            case "function_call":
                StartCall(item, Field(json, "name"));
                if (item.Call < 0)
                    throw Broken("a function call came without a name");
                Complete(item, ResponsesText.Arguments, 0, Field(json, "arguments"));
                EndCall(item, Field(json, "status"));
                break;
            case "reasoning":
                CompleteParts(item, json, "summary");
                CompleteParts(item, json, "content");
                Keep(item, "reasoning", raw);
                break;
            case { } type when ResponsesInput.IsKept(type):
                Keep(item, type, raw);
                break;
        }
    }

    private void End(string type, ReadOnlySpan<byte> response)
    {
        var json = response.IsEmpty ? default : Json(response);
        // Some servers call every last event "completed" and say how it ended in the status alone.
        var status = Field(json, "status") is "incomplete" or "failed" or "cancelled" or "completed" ? Field(json, "status") : type["response.".Length..];
        if (status is "completed" or "incomplete")
            TakeOutput(json);
        if (Member(json, "usage", JsonValueKind.Object) is { } usage)
            _output.Add(ResponsesUsage.Read(usage) with { WireSequence = _sequence });
        switch (status)
        {
            case "failed":
                throw Member(json, "error", JsonValueKind.Object) is { } error
                    ? ProviderError.From(error, null, provider, model)
                    : Failed(GptErrorKind.Server, "the response failed, and the server gave no reason", retryable: true);
            case "cancelled":
                throw Failed(GptErrorKind.StreamInterrupted, "the response was cancelled at the server", retryable: false);
            case "incomplete":
                var why = Member(json, "incomplete_details", JsonValueKind.Object) is { } details ? Field(details, "reason") : null;
                Finished(why switch { "max_output_tokens" => FinishReason.Length, "content_filter" => FinishReason.ContentFilter, _ => FinishReason.Other }, why ?? status);
                break;
            default:
                if (_items.Exists(item => item.Type == "function_call" && !item.CallEnded))
                    throw Broken("the response was completed before one of its function calls");
                Finished(_refused ? FinishReason.Refusal : _calls > 0 ? FinishReason.FunctionCalls : FinishReason.Stop, status);
                break;
        }
    }

    /// <summary>Compares the output as a whole with the items that streamed; what never streamed is handed on now.</summary>
    private void TakeOutput(JsonElement response)
    {
        if (Member(response, "output", JsonValueKind.Array) is not { } output)
            return;
        var (streamed, whole, streamedAny) = (_items.ToList(), output.EnumerateArray().ToList(), _items.Count > 0);
        var same = whole.ConvertAll(json => Field(json, "id") is { } id ? Claim(item => item.Id == id) : null);
        for (var i = 0; i < whole.Count; i++)
        {
            // Some servers give an item another id in each event; then the next item of its type is the same.
            var type = Field(whole[i], "type");
            var item = same[i] ?? Claim(item => item.Type == type);
            // Reasoning belongs before what it led to, which is out already, unless the stream held nothing at all.
            if (item is null && (type is "message" or "function_call" || !streamedAny))
                item = Add(Field(whole[i], "id"), type, null);
            if (item is { IsDone: false })
                Finish(item, whole[i], Encoding.UTF8.GetBytes(whole[i].GetRawText()));
        }

        ResponsesItem? Claim(Predicate<ResponsesItem> isSame)
        {
            var item = streamed.Find(isSame);
            streamed.Remove(item!);
            return item;
        }
    }

    private void Finished(FinishReason reason, string? raw)
    {
        _output.Add(new FinishedDelta(reason, raw) { WireSequence = _sequence });
        IsFinished = true;
    }

    private ResponsesItem Find(in ResponsesEvent sse, string? type, string? id = null)
    {
        if (sse.OutputIndex is { } index && _byIndex.TryGetValue(index, out var item) && item.Type == type)
            return item;
        id ??= sse.ItemId.IsEmpty ? null : Encoding.UTF8.GetString(sse.ItemId);
        return (id is null ? _items.FindLast(known => known.Type == type && !known.IsDone) : _items.Find(known => known.Id == id))
            ?? Add(id, type, sse.OutputIndex);
    }

    private ResponsesItem Add(string? id, string? type, int? index)
    {
        var item = new ResponsesItem { Id = id, Type = type };
        _items.Add(item);
        if (index is { } place)
            _byIndex[place] = item;
        return item;
    }

    private void TakeDelta(in ResponsesEvent sse, string type, ResponsesText kind)
    {
        var item = Find(sse, type);
        if (item.IsDone)
            throw Broken($"an item of type {type} went on after its end");
        Take(item, kind, sse.PartIndex, sse.Delta);
    }

    private void Take(ResponsesItem item, ResponsesText kind, int part, string? delta)
    {
        if (string.IsNullOrEmpty(delta))
            return;
        Start();
        var isNew = !item.Has(kind, part);
        item.Append(kind, part, delta);
        switch (kind)
        {
            case ResponsesText.Answer:
                _output.Add(new TextDelta(delta) { WireSequence = _sequence });
                break;
            case ResponsesText.Refusal:
                _refused = true;
                _output.Add(new RefusalDelta(delta) { WireSequence = _sequence });
                break;
            case ResponsesText.Arguments when item.Call >= 0:
                _output.Add(new CallArgumentsDelta(item.Call, delta) { WireSequence = _sequence });
                break;
            case ResponsesText.Summary or ResponsesText.Reasoning:
                _output.Add(new ReasoningDelta(isNew && _reasoned ? "\n\n" + delta : delta) { WireSequence = _sequence });
                _reasoned = true;
                break;
        }
    }

    private void Complete(ResponsesItem item, ResponsesText kind, int part, string? whole)
    {
        if (whole is null)
            return;
        var missing = item.Missing(kind, part, whole);
        // Reasoning is for people alone; what goes back to the model is the item itself.
        if (missing is null && kind is not (ResponsesText.Summary or ResponsesText.Reasoning))
            throw Broken($"the {(kind == ResponsesText.Arguments ? "arguments" : "text")} that streamed differs from what the server gives as the whole");
        Take(item, kind, part, missing);
    }

    private void CompleteParts(ResponsesItem item, JsonElement json, string field)
    {
        if (Member(json, field, JsonValueKind.Array) is not { } parts)
            return;
        var index = 0;
        foreach (var part in parts.EnumerateArray())
        {
            switch (Field(part, "type"))
            {
                case "output_text":
                    Complete(item, ResponsesText.Answer, index, Field(part, "text"));
                    break;
                case "refusal":
                    Complete(item, ResponsesText.Refusal, index, Field(part, "refusal"));
                    break;
                case "summary_text":
                    Complete(item, ResponsesText.Summary, index, Field(part, "text"));
                    break;
                case "reasoning_text":
                    Complete(item, ResponsesText.Reasoning, index, Field(part, "text"));
                    break;
            }

            index++;
        }
    }

    // An answer's id and phase go before its text, so that they can be put around it when it is sent back.
    private void Announce(ResponsesItem item, JsonElement json)
    {
        if (item.Type != "message" || item.Announced || item.HasText || Field(json, "id") is not { Length: > 0 } id)
            return;
        item.Announced = true;
        Keep("message", JsonText.Object(("id", id), ("phase", Field(json, "phase"))));
    }

    private void StartCall(ResponsesItem item, string? name)
    {
        if (item.Call >= 0 || string.IsNullOrEmpty(name))
            return;
        Start();
        item.Call = _calls++;
        _output.Add(new CallStartedDelta(item.Call, name) { WireSequence = _sequence });
        if (item.Text(ResponsesText.Arguments) is { Length: > 0 } early)
            _output.Add(new CallArgumentsDelta(item.Call, early) { WireSequence = _sequence });
    }

    private void EndCall(ResponsesItem item, string? status)
    {
        if (item.CallEnded || status == "incomplete")
            return;
        item.CallEnded = true;
        _output.Add(new CallEndedDelta(item.Call) { WireSequence = _sequence });
    }

    private void Keep(ResponsesItem item, string kind, ReadOnlySpan<byte> raw)
    {
        if (item.Announced)
            return;
        item.Announced = true;
        Keep(kind, Encoding.UTF8.GetString(raw));
    }

    private void Keep(string kind, string json) =>
        _output.Add(new OpaqueDelta(new OpaquePart(provider, model, kind, json)) { WireSequence = _sequence });

    private GptException Broken(string what) => Failed(GptErrorKind.StreamProtocol, what, retryable: true);

    private GptException Failed(GptErrorKind kind, string what, bool retryable) => new(kind, $"{provider}: {what}.")
    {
        Phase = GptPhase.Step,
        Provider = provider,
        Model = model,
        IsRetryable = retryable,
    };

    private static JsonElement Json(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = JsonText.MaxDepth });
        return JsonElement.ParseValue(ref reader);
    }

    private static string? Field(JsonElement json, string name) => Member(json, name, JsonValueKind.String)?.GetString();

    private static JsonElement? Member(JsonElement json, string name, JsonValueKind kind) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == kind ? value : null;
}
