using System.Runtime.CompilerServices;

namespace Omega.Gpt.Turns;

/// <summary>A turn's hold on its conversation and journal; disposing it lets both go.</summary>
internal sealed class TurnLease(GptEngine engine, TurnPlan plan, IAsyncDisposable? locked, ITurnWriter? log, TurnRecovery? recovery = null) : IAsyncDisposable
{
    /// <summary>The turn's journal; null without a store, or where the turn was submitted before.</summary>
    public ITurnWriter? Log => log;

    /// <summary>What an earlier process left of the turn, which goes on from there; null where the turn is new, or over.</summary>
    public TurnRecovery? Recovery => recovery;

    /// <summary>Whether a turn of this id exists already and cannot go on.</summary>
    public bool IsRepeat => locked is not null && log is null;

    /// <summary>The events of the earlier submission, as they were; ends as that turn ended.</summary>
    public async IAsyncEnumerable<GptEvent> RepeatAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        GptEvent? last = null;
        await foreach (var entry in engine.Store!.Turns.ReadAsync(plan.Conversation.Id, plan.Turn, 0, cancellationToken).ConfigureAwait(false))
        {
            if (entry.Event is not null)
                yield return last = entry.Event;
        }

        switch (last)
        {
            case TurnCompletedEvent:
                break;
            case TurnFailedEvent failed:
                throw new GptException(failed.Kind, failed.Message) { Phase = failed.Phase, IsRetryable = failed.Retryable, PartialText = failed.PartialText };
            case TurnCancelledEvent:
                throw new OperationCanceledException($"Turn {plan.Turn} was cancelled when it ran.");
            default:
                throw new GptException(
                    GptErrorKind.StreamInterrupted,
                    $"The process that ran turn {plan.Turn} died in the middle of it; what had arrived is kept. Ask again under another id.")
                { Phase = GptPhase.Turn };
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (log is not null)
            {
                await log.DisposeAsync().ConfigureAwait(false);
                await engine.Store!.MergeIfDueAsync(plan.Conversation).ConfigureAwait(false);
            }
        }
        finally
        {
            engine.Release(plan.Conversation);
            if (locked is not null)
                await locked.DisposeAsync().ConfigureAwait(false);
        }
    }
}
