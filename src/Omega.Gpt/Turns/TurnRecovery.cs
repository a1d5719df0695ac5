using Omega.Gpt.Functions.Calls;
using Omega.Gpt.Providers;

namespace Omega.Gpt.Turns;

/// <summary>
/// An unfinished turn as its journal left it, so that it can go on: steps that are recorded are not asked again, calls that have an end
/// keep it.
/// </summary>
internal sealed class TurnRecovery
{
    private readonly Dictionary<string, GptEvent> _ends = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FunctionResultPart> _results = new(StringComparer.Ordinal);
    private readonly HashSet<string> _begun = new(StringComparer.Ordinal);
    private readonly List<Message> _answers = [];
    private Message? _answer;

    /// <summary>Writes on behind what is there.</summary>
    public required ITurnWriter Log { get; init; }

    /// <summary>Everything that was shown.</summary>
    public List<GptEvent> Events { get; } = [];

    /// <summary>What belongs into the conversation so far, the turn's input included.</summary>
    public IReadOnlyList<Message> Messages { get; private set; } = [];

    /// <summary>Of <see cref="Messages"/>, what a step said that is asked again: for people, not for the model.</summary>
    public IReadOnlyList<Message> Discarded { get; private set; } = [];

    /// <summary>The answers that are recorded, in order.</summary>
    public IReadOnlyList<Message> Answers => _answers;

    /// <summary>The number of the last event.</summary>
    public long Sequence => Events.Count > 0 ? Events[^1].Sequence : 0;

    /// <summary>The step that began last.</summary>
    public int Step { get; private set; }

    /// <summary>Whether the last step is recorded, so that its calls are what comes next.</summary>
    public bool HasAnswer => _answer is { State: MessageState.Complete };

    /// <summary>Whether the results of its calls are recorded, too.</summary>
    public bool HasResults { get; private set; }

    /// <summary>Whether it was said that the step is complete.</summary>
    public bool IsStepTold { get; private set; }

    /// <summary>Takes over a turn that has no end; null where it has one, or its events are all that is left of it.</summary>
    public static async ValueTask<TurnRecovery?> TryAsync(ITurnLog log, TurnPlan plan, CancellationToken cancellationToken)
    {
        var (conversation, turn) = (plan.Conversation.Id, plan.Turn);
        if (await log.FindAsync(conversation, turn, cancellationToken).ConfigureAwait(false) is not { } header)
            return null;
        List<TurnEntry> entries = [];
        await foreach (var entry in log.ReadAsync(conversation, turn, 0, cancellationToken).ConfigureAwait(false))
        {
            if (entry.Event is { EndsTurn: true })
                return null;
            entries.Add(entry);
        }

        ITurnWriter writer;
        try
        {
            writer = await log.ResumeAsync(conversation, turn, cancellationToken).ConfigureAwait(false);
        }
        catch (GptException exception) when (exception.Kind == GptErrorKind.ConversationBusy)
        {
            // Closed: what it had said is in the conversation's document. Its events can still be told.
            return null;
        }

        var recovery = new TurnRecovery { Log = writer };
        recovery.Read(header, entries);
        return recovery;
    }

    /// <summary>The last step, with what is known of its calls.</summary>
    public StepAssembler Restore(StepAssembler assembler)
    {
        var ignored = new List<GptEvent>();
        var calls = _answer!.Parts.OfType<FunctionCallPart>().ToList();
        for (var i = 0; i < calls.Count; i++)
        {
            assembler.Apply(new CallStartedDelta(i, calls[i].Name), ignored);
            if (calls[i].Arguments.Length > 0)
                assembler.Apply(new CallArgumentsDelta(i, calls[i].Arguments), ignored);
        }

        assembler.Apply(new FinishedDelta(_answer.FinishReason ?? FinishReason.Stop, null), ignored);
        assembler.Finish();
        foreach (var call in assembler.Calls)
            Restore(call);
        return assembler;
    }

    /// <summary>Whether a call was begun and nothing says how it ended.</summary>
    public bool WasBegun(string call) => _begun.Contains(call) && !_ends.ContainsKey(call);

    private void Restore(StepCall call)
    {
        if (_results.TryGetValue(call.Id, out var result))
            call.End(new CallOutcome { Result = result.Result, Kind = result.IsError ? GptErrorKind.FunctionExecution : null, Message = "", WasRun = true });
        else if (_ends.TryGetValue(call.Id, out var end))
            RestoreEnd(call, end);
    }

    private static void RestoreEnd(StepCall call, GptEvent end)
    {
        switch (end)
        {
            case FunctionCallCompletedEvent completed:
                call.End(new CallOutcome { Result = completed.Result, WasRun = true, DurationMs = completed.DurationMs });
                break;
            case FunctionCallFailedEvent failed:
                call.End(CallOutcome.Failed(new CallProblem(failed.Kind, TurnFolding.Told(failed.Name, failed.Kind, failed.Message))));
                break;
            case FunctionCallRejectedEvent rejected:
                call.Reject(new CallProblem(rejected.Kind, rejected.Message));
                break;
        }
    }

    private void Read(TurnHeader header, List<TurnEntry> entries)
    {
        foreach (var entry in entries)
        {
            if (entry.Event is { } gptEvent)
                Read(gptEvent);
            else if (entry.Message is { } message)
                Read(message);
        }

        List<Message> messages = [.. TurnFold.Fold(header, entries).Messages];
        var discarded = messages.Count;
        if (HasAnswer)
        {
            // Results that only events tell of are recorded with the others of their step, when all are there.
            if (!HasResults && messages[^1].Role == Role.Function)
                messages.RemoveAt(messages.Count - 1);
            discarded = messages.Count;
        }
        else if (Step > 0)
        {
            var last = messages.FindLastIndex(message => message.Role == Role.Assistant);
            if (last >= 0 && messages[last].State != MessageState.Complete)
                discarded = last;
        }

        (Messages, Discarded) = (messages, messages[discarded..]);
    }

    private void Read(GptEvent gptEvent)
    {
        Events.Add(gptEvent);
        switch (gptEvent)
        {
            case StepStartedEvent started:
                (Step, _answer, HasResults, IsStepTold) = (started.Step, null, false, false);
                break;
            case StepCompletedEvent:
                IsStepTold = true;
                break;
            case FunctionCallExecutingEvent executing:
                _begun.Add(executing.Call);
                break;
            case FunctionCallCompletedEvent completed:
                _ends[completed.Call] = completed;
                break;
            case FunctionCallFailedEvent failed:
                _ends[failed.Call] = failed;
                break;
            case FunctionCallRejectedEvent rejected:
                _ends[rejected.Call] = rejected;
                break;
        }
    }

    private void Read(Message message)
    {
        if (message.Role == Role.Assistant)
            _answers.Add(_answer = message);
        if (message.Role != Role.Function)
            return;
        HasResults = true;
        foreach (var result in message.Parts.OfType<FunctionResultPart>())
            _results[result.Call] = result;
    }
}
