using System.Buffers;
using System.Text;
using Omega.Gpt.Functions.Calls;

namespace Omega.Gpt.Recording.Replay;

/// <summary>
/// The events of a turn as they were recorded, beside the same turn run again. What the world decides is taken from them: times, prices,
/// the order in which calls that ran at once came back, and what they brought. All else the engine makes anew, and each event must come out
/// the same to the byte. Used by one turn, on its loop.
/// </summary>
internal sealed class TurnScript(RecordedTurn turn, ReplayClock clock) : IDisposable
{
    /// <summary>A real timer may fire a little before its time by the clock that stamps events; what the events say comes from the recording.</summary>
    private static readonly TimeSpan TimersFireEarly = TimeSpan.FromMilliseconds(50);

    private readonly ArrayBufferWriter<byte> _made = new(256);
    private readonly ArrayBufferWriter<byte> _recorded = new(256);
    private readonly Redactor _redactor = new();
    private readonly CancellationTokenSource _stop = new();
    private int _next;
    private RecordingException? _left;

    /// <summary>Cancelled where the turn was.</summary>
    public CancellationToken Stop => _stop.Token;

    private GptEvent? Next => _next < turn.Events.Count ? turn.Events[_next] : null;

    /// <summary>The recorded event for one that the engine made.</summary>
    /// <exception cref="RecordingException">It is another than the recorded one.</exception>
    public GptEvent Match(GptEvent made)
    {
        // Behind the first difference nothing compares any more; the turn only has to come to its end.
        if (_left is not null)
            return made;
        if (Next is not { } recorded)
            throw Left($"there were {turn.Events.Count} events, and the replay made one more: {TextOf(made, _made)}");
        if (made is TurnFailedEvent failed && recorded is not TurnFailedEvent)
            throw Left($"before event {recorded.Sequence}: {failed.Message}");
        clock.AdvanceTo(recorded.At);
        var adopted = Adopt(made, recorded).Stamp(recorded.Turn, made is { Sequence: > 0 } ? made.Sequence : recorded.Sequence, recorded.At);
        var (madeText, recordedText) = (TextOf(adopted, _made), TextOf(recorded, _recorded));
        if (madeText != recordedText)
            throw Left($"event {recorded.Sequence} was{Environment.NewLine}  {recordedText}{Environment.NewLine}and came out as{Environment.NewLine}  {madeText}");
        _next++;
        return adopted;
    }

    /// <summary>What happens next to one of the calls that are open; null where something else comes first.</summary>
    /// <exception cref="RecordingException">The call did not end in the recording.</exception>
    public GptEvent? NextOf(IReadOnlyDictionary<string, CallTicket> open)
    {
        if (Next is not { } recorded || CallOf(recorded) is not { } call || !open.TryGetValue(call, out var ticket))
            return null;
        if (recorded is FunctionCallCompletedEvent or FunctionCallFailedEvent or FunctionCallRejectedEvent)
        {
            if (!turn.Calls.TryGetValue(call, out var ended))
                throw Left($"how the call {call} of {ticket.Name} ended is not in the recording");
            // The last thing before the turn was stopped, with no stream open that could tell.
            if (_next + 1 < turn.Events.Count && turn.Events[_next + 1] is TurnCancelledEvent or TurnFailedEvent { Kind: GptErrorKind.Timeout, Phase: GptPhase.Turn })
                Leave();
            ticket.Outcome = new CallOutcome { Result = ended.Result, Kind = ended.Error, Message = ended.Message, WasRun = ended.WasRun, DurationMs = ended.DurationMs };
        }

        return recorded with { };
    }

    /// <summary>Nothing more comes of the calls that are open, though the turn waits for them.</summary>
    public RecordingException Stuck(IEnumerable<string> calls) =>
        Left($"the replay runs calls that were not run then ({string.Join(", ", calls)}); event {Next?.Sequence ?? turn.Events.Count + 1} was {(Next is { } next ? TextOf(next, _recorded) : "never made")}");

    /// <summary>The stream that the turn reads was left by its reader here: its time was up, or somebody cancelled.</summary>
    public void Leave()
    {
        if (turn.Events.Count > 0)
            clock.AdvanceTo(turn.Events[^1].At + TimersFireEarly);
        if (turn.Events is [.., TurnCancelledEvent])
            _stop.Cancel();
    }

    /// <summary>The remarks that were made on the answer.</summary>
    public ValueTask<IReadOnlyList<AnnotationEvent>> AnnotateAsync(AnsweredTurn answer, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<AnnotationEvent>>([.. turn.Events.Skip(_next).TakeWhile(remark => remark is AnnotationEvent).Cast<AnnotationEvent>().Select(remark => remark with { })]);

    public void Dispose() => _stop.Dispose();

    private static GptEvent Adopt(GptEvent made, GptEvent recorded) => (made, recorded) switch
    {
        (TurnCompletedEvent completed, TurnCompletedEvent was) => completed with { Timing = was.Timing, Cost = was.Cost },
        (UsageUpdatedEvent usage, UsageUpdatedEvent was) => usage with { Cost = was.Cost },
        (TurnFailedEvent failed, TurnFailedEvent was) => failed with { Cost = was.Cost },
        (TurnCancelledEvent cancelled, TurnCancelledEvent was) => cancelled with { Cost = was.Cost },
        _ => made,
    };

    private static string? CallOf(GptEvent gptEvent) => gptEvent switch
    {
        FunctionCallApprovalRequiredEvent approval => approval.Call,
        FunctionCallExecutingEvent executing => executing.Call,
        FunctionCallProgressEvent progress => progress.Call,
        FunctionCallCompletedEvent completed => completed.Call,
        FunctionCallFailedEvent failed => failed.Call,
        FunctionCallRejectedEvent rejected => rejected.Call,
        // The ledger's trouble is told by the calls too; it belongs to whichever runs.
        _ => null,
    };

    private string TextOf(GptEvent gptEvent, ArrayBufferWriter<byte> buffer)
    {
        buffer.ResetWrittenCount();
        GptJson.WriteEvent(buffer, gptEvent);
        // What was recorded had its keys taken out.
        return Encoding.UTF8.GetString(_redactor.Redact(buffer.WrittenSpan) ?? buffer.WrittenSpan);
    }

    // The first difference is the one to tell; those behind it are its consequences.
    private RecordingException Left(string how) => _left ??= new RecordingException($"The replay of turn {turn.Id} left the recording: {how}");
}
