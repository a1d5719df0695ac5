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
internal sealed class ResponsesAnswer(string provider, string model, string? requestId, OptionGate? gate) : IDisposable
{
    private readonly List<ResponsesItem> _items = [];
    private readonly Dictionary<int, ResponsesItem> _byIndex = [];
    private List<ModelDelta> _output = [];
    private long? _sequence;
    private bool _started;
    private bool _reasoned;

    /// <summary>The server's id of the answer; null where it gave none.</summary>
    public string? ResponseId { get; private set; }

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
        var fields = ResponsesResponseFields.Read(response);
        ResponseId = fields.Id.Text();
        _output.Add(new StartedDelta(ResponseId, fields.Model.Text(), requestId) { WireSequence = _sequence });
        gate?.AddNotices(_output);
    }

    /// <summary>An item began.</summary>
    public void Added(in ResponsesEvent sse)
    {
        var fields = FieldsOf(sse);
        var item = FindById(fields.Id) ?? Add(fields.Id.Text(), TypeOf(fields), sse.OutputIndex);
        Start();
        Announce(item, fields);
        if (item.Type == "function_call")
        {
            StartCall(item, fields.Name);
            Take(item, ResponsesText.Arguments, 0, fields.Arguments.Text(), fields.Arguments.Raw);
        }
    }

    /// <summary>New text came.</summary>
    public void TakeDelta(in ResponsesEvent sse, string type, ResponsesText kind)
    {
        var item = Find(sse, type);
        if (item.IsDone)
            throw Wrong($"an item of type {type} went on after its end");
        Take(item, kind, kind == ResponsesText.Arguments ? 0 : sse.PartIndex, sse.Delta.Text(), sse.Delta.Raw);
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
        var fields = FieldsOf(sse);
        Finish(Find(sse, TypeOf(fields), fields.Id), fields);
    }

    /// <summary>Compares the output as a whole with the items that streamed; what never streamed is handed on now.</summary>
    /// <param name="output">The array of items; empty when there is none.</param>
    public void TakeOutput(ReadOnlySpan<byte> output)
    {
        var streamed = new List<ResponsesItem>(_items);
        var (streamedAny, isWhole) = (streamed.Count > 0, true);
        var same = new List<ResponsesItem?>(streamed.Count);
        for (var items = new JsonElements(output); items.MoveNext();)
        {
            var item = Claim(FindById(ResponsesItemFields.Read(items.Value).Id, streamed));
            same.Add(item);
            isWhole &= item is { IsDone: true };
        }

        if (isWhole)
            return;
        var index = 0;
        for (var items = new JsonElements(output); items.MoveNext(); index++)
        {
            // Some servers give an item another id in each event; then the next item of its type is the same.
            var fields = ResponsesItemFields.Read(items.Value);
            var type = TypeOf(fields);
            var item = same[index] ?? Claim(streamed.Find(item => item.Type == type));
            // Reasoning belongs before what it led to, which is out already, unless the stream held nothing at all.
            if (item is null && (type is "message" or "function_call" || !streamedAny))
                item = Add(fields.Id.Text(), type, null);
            if (item is { IsDone: false })
                Finish(item, fields);
        }

        ResponsesItem? Claim(ResponsesItem? item)
        {
            streamed.Remove(item!);
            return item;
        }
    }

    /// <summary>Gives the items' buffers back.</summary>
    public void Dispose()
    {
        foreach (var item in _items)
            item.Dispose();
    }

    /// <summary>Makes good what the deltas left out of an item, and ends it.</summary>
    private void Finish(ResponsesItem item, in ResponsesItemFields fields)
    {
        Start();
        item.IsDone = true;
        switch (item.Type)
        {
            case "message":
                Announce(item, fields);
                CompleteParts(item, fields.Content);
                break;
            case "function_call":
                StartCall(item, fields.Name);
                if (item.Call < 0)
                    throw Wrong("a function call came without a name");
                Complete(item, ResponsesText.Arguments, 0, fields.Arguments);
                EndCall(item, isCut: fields.Status.Is("incomplete"));
                break;
            case "reasoning":
                CompleteParts(item, fields.Summary);
                CompleteParts(item, fields.Content);
                Keep(item, "reasoning", fields.Raw);
                break;
            case { } type when ResponsesInput.IsKept(type):
                Keep(item, type, fields.Raw);
                break;
        }
    }

    private static ResponsesItemFields FieldsOf(in ResponsesEvent sse) =>
        sse.Item.IsEmpty ? throw new JsonException("an event about an item holds none") : ResponsesItemFields.Read(sse.Item);

    // The usual types are told without making a string.
    private static string? TypeOf(in ResponsesItemFields fields)
    {
        var type = fields.Type.Raw;
        if (type.SequenceEqual("message"u8))
            return "message";
        if (type.SequenceEqual("function_call"u8))
            return "function_call";
        return type.SequenceEqual("reasoning"u8) ? "reasoning" : fields.Type.Text();
    }

    private ResponsesItem Find(in ResponsesEvent sse, string? type, JsonString id = default)
    {
        if (sse.OutputIndex is { } index && _byIndex.TryGetValue(index, out var item) && item.Type == type)
            return item;
        return Find((id.Exists ? id : sse.ItemId).Text(), type, sse.OutputIndex);
    }

    // Apart from the other, which is called for each delta and must not pay for the lambdas here.
    private ResponsesItem Find(string? id, string? type, int? index) =>
        (id is null ? _items.FindLast(known => known.Type == type && !known.IsDone) : _items.Find(known => known.Id == id))
        ?? Add(id, type, index);

    private ResponsesItem? FindById(JsonString id) => FindById(id, _items);

    private static ResponsesItem? FindById(JsonString id, List<ResponsesItem> items)
    {
        if (!id.Exists)
            return null;
        foreach (var item in items)
        {
            if (id.Is(item.Id))
                return item;
        }

        return null;
    }

    private ResponsesItem Add(string? id, string? type, int? index)
    {
        var item = new ResponsesItem { Id = id, Type = type };
        _items.Add(item);
        if (index is { } place)
            _byIndex[place] = item;
        return item;
    }

    /// <summary>Hands text on.</summary>
    /// <param name="item">Whose it is.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="part">The part of the item that it belongs to.</param>
    /// <param name="delta">The text; nothing happens where it is empty.</param>
    /// <param name="json">The text as the wire writes it; where <paramref name="isRest"/>, the whole that the text is the rest of.</param>
    /// <param name="isRest">Whether a whole text is told of which the deltas left this out.</param>
    private void Take(ResponsesItem item, ResponsesText kind, int part, string? delta, ReadOnlySpan<byte> json, bool isRest = false)
    {
        if (string.IsNullOrEmpty(delta))
            return;
        Start();
        var isNew = isRest ? item.Replace(kind, part, json) : item.Append(kind, part, json);
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

    private void Complete(ResponsesItem item, ResponsesText kind, int part, JsonString whole)
    {
        if (!whole.Exists)
            return;
        var missing = item.Missing(kind, part, whole);
        // Reasoning is for people alone; what goes back to the model is the item itself.
        if (missing is null && kind is not (ResponsesText.Summary or ResponsesText.Reasoning))
            throw Wrong($"the {(kind == ResponsesText.Arguments ? "arguments" : "text")} that streamed differs from what the server gives as the whole");
        Take(item, kind, part, missing, whole.Raw, isRest: true);
    }

    private void CompleteParts(ResponsesItem item, ReadOnlySpan<byte> parts)
    {
        var index = 0;
        for (var elements = new JsonElements(parts); elements.MoveNext(); index++)
        {
            JsonString type = default, text = default, refusal = default;
            for (var fields = new JsonMembers(elements.Value); fields.MoveNext();)
            {
                if (fields.Kind != JsonTokenType.String)
                    continue;
                if (fields.Is("type"u8))
                    type = fields.String;
                else if (fields.Is("text"u8))
                    text = fields.String;
                else if (fields.Is("refusal"u8))
                    refusal = fields.String;
            }

            if (type.Raw.SequenceEqual("output_text"u8))
                Complete(item, ResponsesText.Answer, index, text);
            else if (type.Raw.SequenceEqual("refusal"u8))
                Complete(item, ResponsesText.Refusal, index, refusal);
            else if (type.Raw.SequenceEqual("summary_text"u8))
                Complete(item, ResponsesText.Summary, index, text);
            else if (type.Raw.SequenceEqual("reasoning_text"u8))
                Complete(item, ResponsesText.Reasoning, index, text);
        }
    }

    // An answer's id and phase go before its text, so that they can be put around it when it is sent back.
    private void Announce(ResponsesItem item, in ResponsesItemFields fields)
    {
        if (item.Type != "message" || item.IsKept || item.HasText || fields.Id.Raw.IsEmpty)
            return;
        item.IsKept = true;
        Keep("message", JsonText.Object(("id", fields.Id.Text()), ("phase", fields.Phase.Text())));
    }

    private void StartCall(ResponsesItem item, JsonString name)
    {
        if (item.Call >= 0 || name.Raw.IsEmpty)
            return;
        Start();
        item.Call = Calls++;
        _output.Add(new CallStartedDelta(item.Call, name.Text()!) { WireSequence = _sequence });
        if (item.Text(ResponsesText.Arguments) is { Length: > 0 } early)
            _output.Add(new CallArgumentsDelta(item.Call, early) { WireSequence = _sequence });
    }

    private void EndCall(ResponsesItem item, bool isCut)
    {
        if (item.CallEnded || isCut)
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
