using Omega.Gpt.Functions.Calls;

namespace Omega.Gpt.Turns;

/// <summary>Numbers a turn's events and puts them into its log before anybody sees them. Not thread-safe; the turn's loop alone writes.</summary>
internal sealed class TurnJournal(TurnPlan plan, ITurnWriter? log, TimeProvider time)
{
    private readonly HashSet<string> _sideEffects = new(StringComparer.Ordinal);
    private long _sequence;

    /// <summary>Says that a call has side effects, so that its beginning and end are forced to the disk.</summary>
    public void Mark(CallTicket ticket)
    {
        if (ticket.HasSideEffect)
            _sideEffects.Add(ticket.Id);
    }

    /// <summary>Goes on behind what an earlier process wrote.</summary>
    /// <param name="sequence">The number of its last event.</param>
    public void GoOnAfter(long sequence) => _sequence = sequence;

    /// <summary>Numbers an event and journals it.</summary>
    /// <returns>The event; in a replay with the times that it had.</returns>
    public async ValueTask<GptEvent> RecordAsync(GptEvent gptEvent, CancellationToken cancellationToken)
    {
        gptEvent.Stamp(plan.Turn, ++_sequence, gptEvent.At == default ? time.GetUtcNow() : gptEvent.At);
        if (plan.Script is not null)
            gptEvent = plan.Script.Match(gptEvent);
        plan.Recorder?.Event(gptEvent);
        if (log is not null)
            await log.AppendAsync(gptEvent, NeedsFlush(gptEvent), cancellationToken).ConfigureAwait(false);
        return gptEvent;
    }

    /// <summary>Adds a message to the conversation and to the log.</summary>
    /// <param name="message">The message.</param>
    /// <param name="flush">Whether it must survive a power cut.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask KeepAsync(Message message, bool flush, CancellationToken cancellationToken)
    {
        plan.Conversation.Append(message, time.GetUtcNow());
        if (log is not null)
            await log.AppendAsync(plan.Conversation.Messages[^1], flush, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Where a call begins or ends. One without side effects may be run again, and is not worth waiting for the disk.</summary>
    private bool NeedsFlush(GptEvent gptEvent) => gptEvent switch
    {
        FunctionCallExecutingEvent executing => HasSideEffect(executing.Call),
        FunctionCallCompletedEvent completed => HasSideEffect(completed.Call),
        FunctionCallFailedEvent failed => HasSideEffect(failed.Call),
        _ => false,
    };

    private bool HasSideEffect(string call) => _sideEffects.Contains(call);
}
