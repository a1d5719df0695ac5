using Omega.Gpt.Turns;

namespace Omega.Gpt.Usage;

/// <summary>Notes how a turn's function calls go, from its events, and writes them down when a step is over. One turn's.</summary>
internal sealed class CallMeter(UsageLedger ledger, TurnPlan plan)
{
    private readonly Dictionary<string, DateTimeOffset> _began = new(StringComparer.Ordinal);
    private readonly List<CallRecordRow> _ended = [];

    /// <summary>Takes note of a published event.</summary>
    public void Observe(GptEvent gptEvent, int step)
    {
        switch (gptEvent)
        {
            case FunctionCallExecutingEvent executing:
                _began[executing.Call] = executing.At;
                break;
            case FunctionCallCompletedEvent completed:
                Add(completed, step, completed.Name, CallEnd.Completed, null, TimeSpan.FromMilliseconds(completed.DurationMs));
                break;
            case FunctionCallFailedEvent failed:
                Add(failed, step, failed.Name, CallEnd.Failed, failed.Kind, _began.TryGetValue(failed.Call, out var began) ? failed.At - began : null);
                break;
            case FunctionCallRejectedEvent rejected:
                Add(rejected, step, rejected.Name, CallEnd.Rejected, rejected.Kind, null);
                break;
        }
    }

    /// <summary>Writes what has ended.</summary>
    public async ValueTask FlushAsync()
    {
        if (_ended.Count == 0)
            return;
        CallRecordRow[] ended = [.. _ended];
        _ended.Clear();
        await ledger.AddAsync(ended).ConfigureAwait(false);
    }

    private void Add(GptEvent gptEvent, int step, string name, CallEnd end, GptErrorKind? error, TimeSpan? duration) =>
        _ended.Add(new CallRecordRow(gptEvent.At, plan.Conversation.Id, plan.Turn, step, name, end, error, duration));
}
