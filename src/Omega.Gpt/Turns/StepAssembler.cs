using System.Text;
using System.Text.Json;
using Omega.Gpt.Providers;

namespace Omega.Gpt.Turns;

/// <summary>
/// Turns the deltas of one step into events and into the step's message. Pure: no clock, no journal, no provider. Nothing it emits
/// before <see cref="Finish"/> may be acted on.
/// </summary>
internal sealed class StepAssembler(string turn, int step)
{
    private static readonly JsonDocumentOptions StrictJson = new() { AllowDuplicateProperties = false, MaxDepth = 64 };

    private readonly List<Part> _parts = [];
    private readonly List<Call> _calls = [];
    private readonly PooledText _open = new();
    private OpenKind _openKind;

    private enum OpenKind
    {
        None,
        Text,
        Reasoning,
        Refusal,
    }

    /// <summary>What the provider said at the start; null before it said anything.</summary>
    public StartedDelta? Started { get; private set; }

    /// <summary>The terminal delta; null while the step is unfinished.</summary>
    public FinishedDelta? Finished { get; private set; }

    /// <summary>The last usage reported.</summary>
    public UsageDelta? Usage { get; private set; }

    /// <summary>Whether anything of an answer has arrived.</summary>
    public bool HasContent => _parts.Count > 0 || _openKind != OpenKind.None || _calls.Count > 0;

    /// <summary>The calls, in index order.</summary>
    public IReadOnlyList<Call> Calls => _calls;

    /// <summary>Takes one delta and adds the events it makes.</summary>
    /// <exception cref="GptException"><see cref="GptErrorKind.StreamProtocol"/>: the provider broke the order that deltas promise.</exception>
    public void Apply(ModelDelta delta, List<GptEvent> events)
    {
        if (Finished is not null)
            throw Protocol("something came after the stream's last event");

        switch (delta)
        {
            case TextDelta text:
                Open(OpenKind.Text).Append(text.Text);
                events.Add(new TextDeltaEvent(text.Text));
                break;
            case ReasoningDelta reasoning:
                Open(OpenKind.Reasoning).Append(reasoning.Text);
                events.Add(new ReasoningDeltaEvent(reasoning.Text));
                break;
            case RefusalDelta refusal:
                Open(OpenKind.Refusal).Append(refusal.Text);
                events.Add(new RefusalDeltaEvent(refusal.Text));
                break;
            case CallStartedDelta started:
                Start(started, events);
                break;
            case CallArgumentsDelta arguments:
                Append(arguments, events);
                break;
            case CallEndedDelta:
                break;
            case OpaqueDelta opaque:
                Close();
                _parts.Add(opaque.Part);
                break;
            case UsageDelta usage:
                Usage = usage;
                break;
            case StartedDelta started:
                Started ??= started;
                break;
            case FinishedDelta finished:
                Finished = finished;
                break;
            case NoticeDelta notice:
                events.Add(notice.Event);
                break;
            default:
                throw Protocol($"an unknown delta {delta.GetType().Name}");
        }
    }

    /// <summary>
    /// Rules on the calls of a step that has ended with its terminal event: each is <c>ready</c>, in index order, or <c>rejected</c>
    /// with the reason.
    /// </summary>
    public void Finish(List<GptEvent> events)
    {
        var finished = Finished ?? throw new InvalidOperationException("The step has not finished.");
        foreach (var call in _calls)
        {
            if (finished.Reason is not (FinishReason.Stop or FinishReason.FunctionCalls))
            {
                call.Problem = $"the model stopped with \"{finished.Raw ?? finished.Reason.ToString()}\", so the call may not be what it meant to write";
            }
            else
            {
                if (string.IsNullOrWhiteSpace(call.Arguments))
                {
                    call.Replace("{}");
                    events.Add(new FunctionCallArgumentsCompletedEvent(call.Id, "{}"));
                }

                call.Problem = ProblemOf(call.Arguments);
            }

            events.Add(call.Problem is null
                ? new FunctionCallReadyEvent(call.Id, call.Name, call.Arguments)
                : new FunctionCallRejectedEvent(call.Id, call.Name, GptErrorKind.FunctionArguments, $"{call.Name} was not run: {call.Problem}."));
        }
    }

    /// <summary>The step's message as far as it has come, or null when nothing has.</summary>
    /// <param name="state">How it ended.</param>
    /// <param name="model">The model, as <c>provider/model</c>.</param>
    /// <param name="cost">What it cost; null when unknown.</param>
    public Message? ToMessage(MessageState state, string model, Cost? cost)
    {
        Close();
        if (_parts.Count == 0)
            return null;
        return new Message
        {
            Role = Role.Assistant,
            Parts = [.. _parts.Select(part => part is CallPlace place ? place.Call.ToPart() : part)],
            State = state,
            Turn = turn,
            Model = model,
            FinishReason = Finished?.Reason,
            Usage = Usage?.Usage,
            Cost = cost,
        };
    }

    private static string? ProblemOf(string arguments)
    {
        try
        {
            using var document = JsonDocument.Parse(arguments, StrictJson);
            return document.RootElement.ValueKind == JsonValueKind.Object ? null : $"its arguments are a JSON {document.RootElement.ValueKind}, not an object";
        }
        catch (JsonException exception)
        {
            return $"its arguments are not sound JSON ({exception.Message})";
        }
    }

    private static GptException Protocol(string what) => new(GptErrorKind.StreamProtocol, $"The model stream is not sound: {what}.")
    {
        Phase = GptPhase.Step,
        IsRetryable = true,
    };

    private void Start(CallStartedDelta started, List<GptEvent> events)
    {
        if (started.Index != _calls.Count)
            throw Protocol($"function call {started.Index} began where {_calls.Count} was due");
        Close();
        var call = new Call($"{turn}.{step}.{started.Index}", started.Index, started.Name);
        _calls.Add(call);
        _parts.Add(new CallPlace(call));
        events.Add(new FunctionCallStartedEvent(call.Id, call.Index, call.Name));
    }

    private void Append(CallArgumentsDelta arguments, List<GptEvent> events)
    {
        if ((uint)arguments.Index >= (uint)_calls.Count)
            throw Protocol($"arguments for function call {arguments.Index}, which has not begun");
        var call = _calls[arguments.Index];
        events.Add(new FunctionCallArgumentsDeltaEvent(call.Id, arguments.Delta));
        if (call.Append(arguments.Delta))
            events.Add(new FunctionCallArgumentsCompletedEvent(call.Id, call.Arguments));
    }

    private PooledText Open(OpenKind kind)
    {
        if (_openKind != kind)
        {
            Close();
            _openKind = kind;
        }

        return _open;
    }

    private void Close()
    {
        var text = _open.ToString();
        switch (_openKind)
        {
            case OpenKind.Text:
                _parts.Add(new TextPart(text));
                break;
            case OpenKind.Reasoning:
                _parts.Add(new ReasoningPart(text));
                break;
            case OpenKind.Refusal:
                _parts.Add(new RefusalPart(text));
                break;
        }

        _open.Clear();
        _openKind = OpenKind.None;
    }

    /// <summary>A call as far as it has been written.</summary>
    internal sealed class Call(string id, int index, string name)
    {
        private readonly StringBuilder _arguments = new();
        private ArgumentsScanner _scanner;

        public string Id { get; } = id;

        public int Index { get; } = index;

        public string Name { get; } = name;

        /// <summary>The arguments so far, as JSON text.</summary>
        public string Arguments => _arguments.ToString();

        /// <summary>Why the call must not be acted on; null when it may, once the step has finished.</summary>
        public string? Problem { get; set; }

        public bool Append(string delta)
        {
            _arguments.Append(delta);
            return _scanner.Append(delta);
        }

        public void Replace(string arguments) => _arguments.Clear().Append(arguments);

        public FunctionCallPart ToPart() => new(Id, Name, Arguments);
    }

    /// <summary>Holds a call's place among the parts while it is being written.</summary>
    private sealed record CallPlace(Call Call) : Part;
}
