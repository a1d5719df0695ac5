using Omega.Gpt.Functions.Calls;
using Omega.Gpt.Providers;

namespace Omega.Gpt.Turns;

/// <summary>
/// Turns the deltas of one step into events and into the step's message, and checks its calls while they are written. Pure: no clock, no
/// journal, no provider. Nothing it emits before <see cref="Finish"/> may be acted on by what has side effects.
/// </summary>
internal sealed class StepAssembler(string turn, int step, FunctionSet functions, FunctionLimits limits)
{
    private readonly List<Part> _parts = [];
    private readonly List<StepCall> _calls = [];
    private readonly PooledText _open = new();
    private OpenKind _openKind;

    private enum OpenKind
    {
        None,
        Text,
        Reasoning,
        Refusal,
    }

    /// <summary>What the provider that answers said at the start; null before it said anything.</summary>
    public StartedDelta? Started { get; private set; }

    /// <summary>The terminal delta; null while the step is unfinished.</summary>
    public FinishedDelta? Finished { get; private set; }

    /// <summary>The last usage reported.</summary>
    public UsageDelta? Usage { get; private set; }

    /// <summary>Whether anything of an answer has arrived.</summary>
    public bool HasContent => _parts.Count > 0 || _openKind != OpenKind.None || _calls.Count > 0;

    /// <summary>The calls, in index order.</summary>
    public IReadOnlyList<StepCall> Calls => _calls;

    /// <summary>The call whose arguments the last delta completed, and found valid; null where it did not.</summary>
    public StepCall? Completed { get; private set; }

    /// <summary>The call that the last delta made impossible; null where it did not.</summary>
    public StepCall? Rejected { get; private set; }

    /// <summary>Takes one delta and adds the events it makes.</summary>
    /// <exception cref="GptException"><see cref="GptErrorKind.StreamProtocol"/>: the provider broke the order that deltas promise.</exception>
    public void Apply(ModelDelta delta, List<GptEvent> events)
    {
        if (Finished is not null)
            throw Protocol("something came after the stream's last event");

        (Completed, Rejected) = (null, null);
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
            case OpaqueDelta { Before: { } before } opaque:
                Insert(opaque.Part, before);
                break;
            case OpaqueDelta opaque:
                Close();
                _parts.Add(opaque.Part);
                break;
            case UsageDelta usage:
                Usage = usage;
                break;
            case StartedDelta started:
                Started = started;
                break;
            case FinishedDelta finished:
                Finished = finished;
                break;
            case NoticeDelta notice:
                Heed(notice.Event);
                events.Add(notice.Event);
                break;
            default:
                throw Protocol($"an unknown delta {delta.GetType().Name}");
        }
    }

    /// <summary>
    /// Rules on the calls of a step that has ended with its terminal event: each that is not whole and valid by now is rejected. Nothing is
    /// said yet; <see cref="Tell(List{GptEvent})"/> does.
    /// </summary>
    public void Finish()
    {
        var finished = Finished ?? throw new InvalidOperationException("The step has not finished.");
        foreach (var call in _calls)
        {
            if (finished.Reason is not (FinishReason.Stop or FinishReason.FunctionCalls))
            {
                call.Reject(new CallProblem(
                    GptErrorKind.FunctionArguments,
                    $"{call.Name} was not run: the model stopped with \"{finished.Raw ?? finished.Reason.ToString()}\", so the call may not be what it meant to write."));
            }

            call.Finish();
        }
    }

    /// <summary>Rejects every call that has not begun: nothing more of the step is to be run.</summary>
    /// <param name="problem">Why, for each.</param>
    public void RejectRest(Func<StepCall, CallProblem> problem)
    {
        foreach (var call in _calls.Where(call => !call.HasBegun))
            call.Reject(problem(call));
    }

    /// <summary>Says of each call, in index order, that it is ready or that it is rejected, where that has not been said.</summary>
    public void Tell(List<GptEvent> events)
    {
        foreach (var call in _calls)
        {
            if (call.WasEmpty)
                events.Add(new FunctionCallArgumentsCompletedEvent(call.Id, call.Arguments));
            if (call.Problem is { } problem)
                Tell(call, problem, events);
            else if (Finished is not null)
                events.Add(new FunctionCallReadyEvent(call.Id, call.Name, call.Arguments));
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

    private static void Tell(StepCall call, CallProblem problem, List<GptEvent> events)
    {
        if (call.IsTold)
            return;
        call.IsTold = true;
        events.Add(new FunctionCallRejectedEvent(call.Id, call.Name, problem.Kind, problem.Message));
    }

    private static GptException Protocol(string what) => new(GptErrorKind.StreamProtocol, $"The model stream is not sound: {what}.")
    {
        Phase = GptPhase.Step,
        IsRetryable = true,
    };

    private void Heed(GptEvent notice)
    {
        // What the broken stream cost is not the answer's; its state means nothing beside that of the stream that was begun anew.
        if (notice is StreamInterruptedEvent)
            Usage = null;
        else if (notice is StreamResumedEvent { Method: "restart" })
            _parts.RemoveAll(part => part is OpaquePart);
    }

    /// <summary>Puts state that a stream begun anew gave before what it only repeated.</summary>
    private void Insert(OpaquePart state, int before)
    {
        var place = 0;
        for (var i = 0; i < _parts.Count; i++)
        {
            if (_parts[i] is TextPart or RefusalPart or CallPlace && place++ == before)
            {
                _parts.Insert(i, state);
                return;
            }
        }

        if (before > place || _openKind is OpenKind.None or OpenKind.Reasoning)
            Close();
        _parts.Add(state);
    }

    private void Start(CallStartedDelta started, List<GptEvent> events)
    {
        if (started.Index != _calls.Count)
            throw Protocol($"function call {started.Index} began where {_calls.Count} was due");
        Close();
        var entry = functions.Entry(started.Name);
        var call = new StepCall($"{turn}.{step}.{started.Index}", started.Index, started.Name, entry, limits.MaxArgumentsLength);
        _calls.Add(call);
        _parts.Add(new CallPlace(call));
        events.Add(new FunctionCallStartedEvent(call.Id, call.Index, call.Name));
        if (entry is null && functions.Count > 0 && !functions.IsReported)
            Reject(call, CallProblem.Unknown(call.Name, functions), events);
    }

    private void Append(CallArgumentsDelta arguments, List<GptEvent> events)
    {
        if ((uint)arguments.Index >= (uint)_calls.Count)
            throw Protocol($"arguments for function call {arguments.Index}, which has not begun");
        var call = _calls[arguments.Index];
        if (call.IsTooLong)
            return;
        var wasRejected = call.Problem is not null;
        var hasClosed = call.Append(arguments.Delta);
        if (!call.IsTooLong)
            events.Add(new FunctionCallArgumentsDeltaEvent(call.Id, arguments.Delta));
        if (hasClosed)
            events.Add(new FunctionCallArgumentsCompletedEvent(call.Id, call.Arguments));
        if (!wasRejected && call.Problem is { } problem)
            Reject(call, problem, events);
        else if (hasClosed && !wasRejected)
            Completed = call;
    }

    private void Reject(StepCall call, CallProblem problem, List<GptEvent> events)
    {
        call.Reject(problem);
        Rejected = call;
        Tell(call, problem, events);
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

    /// <summary>Holds a call's place among the parts while it is being written.</summary>
    private sealed record CallPlace(StepCall Call) : Part;
}
