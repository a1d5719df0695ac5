using System.Runtime.ExceptionServices;
using Omega.Gpt.Functions.Calls;
using Omega.Gpt.Providers;

namespace Omega.Gpt.Turns;

/// <summary>
/// What a turn does with the calls of its steps: begins each when it may be begun, stops where a limit is reached, and gathers results.
/// </summary>
internal sealed class TurnCalls(TurnPlan plan, TurnJournal journal, CallRunner? runner)
{
    private readonly TurnGuard _guard = new(plan.Limits);
    private StepAssembler _assembler = null!;
    private TurnRecovery? _recovery;
    private string? _stopped;
    private bool _areResultsTaken = true;

    /// <summary>Whether the model's stream is not to be read on.</summary>
    public bool IsStepStopped => _stopped is not null || Failure is not null;

    /// <summary>The limit that ends the turn; null where none does.</summary>
    public GptException? Failure { get; private set; }

    /// <summary>Whether the results go to the model.</summary>
    public bool NeedsAnotherStep { get; private set; }

    /// <summary>Calls that wait for the caller's results.</summary>
    public IReadOnlyList<PendingCall> Pending { get; private set; } = [];

    /// <summary>Whether calls are ruled on here; not where there are no functions, or somebody else rules.</summary>
    private bool Rules => plan.Functions is { Count: > 0, IsReported: false };

    public void BeginStep(StepAssembler assembler)
    {
        _assembler = assembler;
        (_stopped, _areResultsTaken, NeedsAnotherStep, Pending) = (null, false, false, []);
    }

    /// <summary>Goes on with the calls of a step that an earlier process recorded.</summary>
    public void ReopenStep(StepAssembler assembler, int step, TurnRecovery recovery)
    {
        BeginStep(assembler);
        _recovery = recovery;
        _areResultsTaken = recovery.HasResults;
        Rule(step, isLimited: false);
    }

    /// <summary>Takes note of a delta of a call: one that is complete, valid and without side effects begins here.</summary>
    public void Observe(ModelDelta delta, int step)
    {
        if (!Rules)
            return;
        if (delta is CallStartedDelta started && _guard.Start(started.Index) is { } tooMany)
            Fail(tooMany);
        else if (_assembler.Rejected is { } rejected && (plan.Limits.AbortStepOnRejectedCall || rejected.IsTooLong))
            _stopped = rejected.Name;
        else if (_assembler.Completed is { } call && RunsEarly(call))
            StartEarly(call, step);
    }

    /// <summary>Rules on the calls of a step that is whole, or was stopped, and says so.</summary>
    public void EndStep(int step, List<GptEvent> events)
    {
        if (_stopped is { } name)
        {
            _assembler.RejectRest(call => new CallProblem(GptErrorKind.FunctionArguments, $"{call.Name} was not run: the answer was stopped at the faulty call of {name}. Write it again."));
            events.Add(new NoticeEvent("step_stopped", $"The step was stopped at the call of {name}, which cannot be run as it is written."));
        }
        else
        {
            _assembler.Finish();
        }

        Rule(step, isLimited: true);
        _assembler.Tell(events);
    }

    /// <summary>Begins the calls that are ready and have not begun.</summary>
    public void StartReady(int step)
    {
        if (Failure is not null)
            return;
        var ready = _assembler.Calls.Where(call => call is { Problem: null, HasBegun: false, Entry.Function: not null }).ToList();
        foreach (var call in ready.Where(call => call.Entry!.Function!.BatchHandler is null))
            runner!.Start(Ticket(call, step));
        foreach (var batch in ready.Where(call => call.Entry!.Function!.BatchHandler is not null).GroupBy(call => call.Name, StringComparer.Ordinal))
            runner!.StartBatch([.. batch.Select(call => Ticket(call, step))]);
    }

    /// <summary>Says that the event is in the journal.</summary>
    public void Journaled(GptEvent gptEvent) => runner?.Journaled(gptEvent);

    /// <summary>The turn ends here: where a limit ends it, the calls that were not run are rejected with it.</summary>
    public void Abort(GptException? failure, List<GptEvent> events)
    {
        if (failure is null || failure != Failure || _areResultsTaken)
            return;
        _assembler.RejectRest(LimitReached);
        _assembler.Tell(events);
    }

    /// <summary>The results of the step's calls, in their order; null where there are none, or they were taken.</summary>
    public Message? TakeResults()
    {
        if (_areResultsTaken)
            return null;
        _areResultsTaken = true;
        var parts = _assembler.Calls.Where(call => call.Outcome is not null).Select(call => call.Outcome!.ToPart(call.Id, call.Name)).ToList();
        return parts.Count == 0 ? null : Message.FunctionResults(parts) with { Turn = plan.Turn };
    }

    /// <summary>Cancels what may be cancelled, waits for the rest, and journals what happens to it. Nobody is there to see.</summary>
    public async ValueTask DrainAsync()
    {
        runner?.Cancel();
        ExceptionDispatchInfo? broken = null;
        while (runner is { IsIdle: false })
        {
            if (!runner.TryTake(out var happened))
            {
                await runner.WaitAsync().ConfigureAwait(false);
                continue;
            }

            try
            {
                await journal.RecordAsync(happened, CancellationToken.None).ConfigureAwait(false);
                runner.Journaled(happened);
            }
            catch (IOException exception)
            {
                // A full disk must not leave functions running behind a turn that is gone.
                broken ??= ExceptionDispatchInfo.Capture(exception);
            }
        }

        broken?.Throw();
    }

    private void Rule(int step, bool isLimited)
    {
        var calls = _assembler.Calls;
        var isWhole = _assembler.Finished?.Reason is FinishReason.Stop or FinishReason.FunctionCalls;
        var pending = calls.Where(call => call is { Problem: null, HasBegun: false, Entry: null or { Function: null } }).ToList();
        Pending = [.. pending.Select(call => new PendingCall(call.Id, call.Name, call.Arguments))];
        if (!Rules || calls.Count == 0 || !(isWhole || _assembler.Finished is null))
            return;
        NeedsAnotherStep = pending.Count == 0;
        if (!isLimited)
            return;
        var limit = calls.Where(call => call.Problem is null).Select(_guard.Complete).FirstOrDefault(reached => reached is not null);
        if (NeedsAnotherStep)
            limit ??= _guard.Next(step, calls.Any(call => call.Problem is not null));
        if (limit is null)
            return;
        Fail(limit);
        _assembler.RejectRest(LimitReached);
        (NeedsAnotherStep, Pending) = (false, []);
    }

    private bool RunsEarly(StepCall call) =>
        call is { Problem: null, Entry.Function: { Handler: not null, Options.RequiresApproval: false } function }
        && (function.Options.Effect == FunctionEffect.Pure || plan.RunsTooEarly);

    private void StartEarly(StepCall call, int step)
    {
        if (_guard.Complete(call) is { } tooOften)
            Fail(tooOften);
        else
            runner!.Start(Ticket(call, step));
    }

    private CallTicket Ticket(StepCall call, int step)
    {
        var ticket = call.Ticket = runner!.Ticket(call.Entry!.Function!, call.Id, step, call.Index, call.Arguments, _recovery?.WasBegun(call.Id) == true);
        journal.Mark(ticket);
        return ticket;
    }

    private void Fail(string limit) => Failure = new GptException(GptErrorKind.StepLimit, $"The turn was stopped: {limit}. Ask for less at once, or raise the limit (TurnOptions.Limits).")
    {
        Phase = GptPhase.Turn,
    };

    private CallProblem LimitReached(StepCall call) => new(GptErrorKind.StepLimit, $"{call.Name} was not run. {Failure!.Message}");
}
