using System.Text;
using System.Text.Json;
using Omega.Gpt.Providers.Http;

namespace Omega.Gpt.Providers.Responses;

/// <summary>
/// The output items of one answer as they arrive. Each event that repeats a text as a whole is compared with the deltas, and what they
/// left out is made good, so that a gap in the stream loses nothing.
/// </summary>
/// <param name="provider">The provider's name, for state to send back.</param>
/// <param name="model">The model as it was requested, for the same.</param>
/// <param name="requestId">The provider's id of the request.</param>
/// <param name="gate">Options that were left out.</param>
internal sealed class ResponsesAnswer(string provider, string model, string? requestId, OptionGate? gate)
{
    private readonly List<ResponsesItem> _items = [];
    private readonly Dictionary<int, ResponsesItem> _byIndex = [];
    private List<ModelDelta> _output = [];
    private long? _sequence;
    private bool _started;
    private bool _reasoned;

    /// <summary>How many calls were written.</summary>
    public int Calls { get; private set; }

    /// <summary>Whether any refusal was written.</summary>
    public bool IsRefused { get; private set; }

    /// <summary>Whether a call began that was not written to its end.</summary>
    public bool HasOpenCall => _items.Exists(item => item.Type == "function_call" && !item.CallEnded);

    /// <summary>Begins an event.</summary>
    /// <param name="output">Where its deltas go.</param>
    /// <param name="sequence">Its number.</param>
    public void Begin(List<ModelDelta> output, long? sequence) => (_output, _sequence) = (output, sequence);

    /// <summary>Says who answers, once.</summary>
    public void Start(ReadOnlySpan<byte> response = default)
    {
        if (_started)
            return;
        _started = true;
        var json = response.IsEmpty ? default : JsonFields.Parse(response);
        _output.Add(new StartedDelta(json.Text("id"), json.Text("model"), requestId) { WireSequence = _sequence });
        gate?.AddNotices(_output);
    }

    /// <summary>An item began.</summary>
    public void Added(in ResponsesEvent sse)
    {
        var json = JsonFields.Parse(sse.Item);
        var (id, type) = (json.Text("id"), json.Text("type"));
        var item = (id is null ? null : _items.Find(known => known.Id == id)) ?? Add(id, type, sse.OutputIndex);
        Start();
        Announce(item, json);
        if (item.Type == "function_call")
        {
            StartCall(item, json.Text("name"));
            Take(item, ResponsesText.Arguments, 0, json.Text("arguments"));
        }
    }

    /// <summary>New text came.</summary>
    public void TakeDelta(in ResponsesEvent sse, string type, ResponsesText kind)
    {
        var item = Find(sse, type);
        if (item.IsDone)
            throw Wrong($"an item of type {type} went on after its end");
        Take(item, kind, kind == ResponsesText.Arguments ? 0 : sse.PartIndex, sse.Delta);
    }

    /// <summary>A text ended.</summary>
    public void TakeWhole(in ResponsesEvent sse, string type, ResponsesText kind)
    {
        var item = Find(sse, type);
        if (kind == ResponsesText.Arguments)
            StartCall(item, sse.Name);
        // A call whose name is not known yet comes out with its item.
        if (kind != ResponsesText.Arguments || item.Call >= 0)
            Complete(item, kind, kind == ResponsesText.Arguments ? 0 : sse.PartIndex, sse.Whole);
    }

    /// <summary>An item ended.</summary>
    public void Done(in ResponsesEvent sse)
    {
        var json = JsonFields.Parse(sse.Item);
        Finish(Find(sse, json.Text("type"), json.Text("id")), json, sse.Item);
    }

    /// <summary>Compares the output as a whole with the items that streamed; what never streamed is handed on now.</summary>
    public void TakeOutput(JsonElement response)
    {
        var (streamed, whole, streamedAny) = (_items.ToList(), response.Items("output").ToList(), _items.Count > 0);
        var same = whole.ConvertAll(json => json.Text("id") is { } id ? Claim(item => item.Id == id) : null);
        for (var i = 0; i < whole.Count; i++)
        {
            // Some servers give an item another id in each event; then the next item of its type is the same.
            var type = whole[i].Text("type");
            var item = same[i] ?? Claim(item => item.Type == type);
            // Reasoning belongs before what it led to, which is out already, unless the stream held nothing at all.
            if (item is null && (type is "message" or "function_call" || !streamedAny))
                item = Add(whole[i].Text("id"), type, null);
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

    /// <summary>Makes good what the deltas left out of an item, and ends it.</summary>
    private void Finish(ResponsesItem item, JsonElement json, ReadOnlySpan<byte> raw)
    {
        Start();
        item.IsDone = true;
        switch (item.Type)
        {
            case "message":
                Announce(item, json);
                CompleteParts(item, json, "content");
                break;
            case "function_call":
                StartCall(item, json.Text("name"));
                if (item.Call < 0)
                    throw Wrong("a function call came without a name");
                Complete(item, ResponsesText.Arguments, 0, json.Text("arguments"));
                EndCall(item, json.Text("status"));
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

    private void Take(ResponsesItem item, ResponsesText kind, int part, string? delta)
    {
        if (string.IsNullOrEmpty(delta))
            return;
        Start();
        var isNew = item.Append(kind, part, delta);
        switch (kind)
        {
            case ResponsesText.Answer:
                _output.Add(new TextDelta(delta) { WireSequence = _sequence });
                break;
            case ResponsesText.Refusal:
                IsRefused = true;
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
            throw Wrong($"the {(kind == ResponsesText.Arguments ? "arguments" : "text")} that streamed differs from what the server gives as the whole");
        Take(item, kind, part, missing);
    }

    private void CompleteParts(ResponsesItem item, JsonElement json, string field)
    {
        var index = 0;
        foreach (var part in json.Items(field))
        {
            switch (part.Text("type"))
            {
                case "output_text":
                    Complete(item, ResponsesText.Answer, index, part.Text("text"));
                    break;
                case "refusal":
                    Complete(item, ResponsesText.Refusal, index, part.Text("refusal"));
                    break;
                case "summary_text":
                    Complete(item, ResponsesText.Summary, index, part.Text("text"));
                    break;
                case "reasoning_text":
                    Complete(item, ResponsesText.Reasoning, index, part.Text("text"));
                    break;
            }

            index++;
        }
    }

    // An answer's id and phase go before its text, so that they can be put around it when it is sent back.
    private void Announce(ResponsesItem item, JsonElement json)
    {
        if (item.Type != "message" || item.IsKept || item.HasText || json.Text("id") is not { Length: > 0 } id)
            return;
        item.IsKept = true;
        Keep("message", JsonText.Object(("id", id), ("phase", json.Text("phase"))));
    }

    private void StartCall(ResponsesItem item, string? name)
    {
        if (item.Call >= 0 || string.IsNullOrEmpty(name))
            return;
        Start();
        item.Call = Calls++;
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
        if (item.IsKept)
            return;
        item.IsKept = true;
        Keep(kind, Encoding.UTF8.GetString(raw));
    }

    private void Keep(string kind, string json) =>
        _output.Add(new OpaqueDelta(new OpaquePart(provider, model, kind, json)) { WireSequence = _sequence });

    private GptException Wrong(string what) => ResponsesParser.Failed(GptErrorKind.StreamProtocol, provider, model, what, retryable: true);
}
