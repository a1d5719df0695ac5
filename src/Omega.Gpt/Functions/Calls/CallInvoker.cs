using Omega.Gpt.Diagnostics;

namespace Omega.Gpt.Functions.Calls;

/// <summary>
/// Runs a call that is complete and valid: known already? approved? a free slot? journaled? then the handler, bounded in time, and its
/// result, bounded in size. Every call ends with exactly one of completed, failed and rejected.
/// </summary>
internal sealed class CallInvoker(CallScope scope, CallRunner runner, CancellationToken turn) : IDisposable
{
    private readonly SemaphoreSlim _slots = new(scope.Limits.MaxConcurrency, scope.Limits.MaxConcurrency);
    private readonly CallApproval _approval = new(scope, runner, turn);
    private readonly CallRecorder _recorder = new(scope, runner);

    public async Task RunAsync(CallTicket ticket)
    {
        await EndAsync(ticket, await GuardAsync(async () =>
        {
            if (await AdmitAsync(ticket).ConfigureAwait(false) is { } refused)
                return refused;
            await using var slot = await HoldAsync(ticket.Function).ConfigureAwait(false);
            if (await BeginAsync(ticket).ConfigureAwait(false) is { } known)
                return known;
            using var span = GptTelemetry.StartCall(ticket.Name, ticket.Id, ticket.Edited ?? ticket.Arguments, scope.Trace);
            var run = new TimedRun(ticket.Function, scope.Time, turn);
            var context = new CallContext(ticket, runner);
            var result = await run.InvokeAsync(token => ticket.Function.Handler!(ticket.Values, context, token)).ConfigureAwait(false);
            var outcome = await _recorder.EndAsync(ticket, run, result).ConfigureAwait(false);
            GptTelemetry.EndCall(span, outcome.Kind, outcome.Result);
            return outcome;
        }).ConfigureAwait(false)).ConfigureAwait(false);
    }

    public async Task RunBatchAsync(IReadOnlyList<CallTicket> tickets)
    {
        var admitted = new List<CallTicket>(tickets.Count);
        foreach (var (ticket, refused) in await Task.WhenAll(tickets.Select(async ticket => (ticket, await GuardAsync(() => AdmitAsync(ticket)).ConfigureAwait(false)))).ConfigureAwait(false))
        {
            if (refused is null)
                admitted.Add(ticket);
            else
                await EndAsync(ticket, refused).ConfigureAwait(false);
        }

        var begun = new List<CallTicket>(admitted.Count);
        if (admitted.Count == 0)
            return;
        var function = admitted[0].Function;
        var failure = await GuardAsync(async () =>
        {
            await using var slot = await HoldAsync(function).ConfigureAwait(false);
            foreach (var ticket in admitted)
            {
                if (await GuardAsync(() => BeginAsync(ticket)).ConfigureAwait(false) is { } known)
                    await EndAsync(ticket, known).ConfigureAwait(false);
                else
                    begun.Add(ticket);
            }

            if (begun.Count == 0)
                return null;
            var run = new TimedRun(function, scope.Time, turn);
            var calls = begun.ConvertAll(ticket => new FunctionBatchCall(ticket.Values, new CallContext(ticket, runner)));
            using var spans = new CallSpans(begun, scope.Trace);
            var failed = await run.InvokeAsync(async token =>
            {
                await function.BatchHandler!(calls, token).ConfigureAwait(false);
                return default;
            }).ConfigureAwait(false);
            for (var i = 0; i < begun.Count; i++)
            {
                var outcome = await _recorder.EndAsync(begun[i], run, TimedResult.Of(calls[i], failed)).ConfigureAwait(false);
                spans.End(i, outcome);
                await EndAsync(begun[i], outcome).ConfigureAwait(false);
            }

            return null;
        }).ConfigureAwait(false);
        if (failure is null)
            return;
        foreach (var ticket in admitted.Where(ticket => ticket.Outcome is null))
            await EndAsync(ticket, failure).ConfigureAwait(false);
    }

    public void Dispose() => _slots.Dispose();

    /// <summary>Whether a call may be run at all; null where it may.</summary>
    private async Task<CallOutcome?> AdmitAsync(CallTicket ticket)
    {
        if (scope.IsRepeated && ticket.HasSideEffect && await _recorder.FindAsync(ticket, turn).ConfigureAwait(false) is { } known)
            return known;
        return ticket.Function.Options.RequiresApproval ? await _approval.AskAsync(ticket).ConfigureAwait(false) : null;
    }

    /// <summary>A place among the function's calls, then one among the turn's: always in this order, so that no two wait for each other.</summary>
    private async ValueTask<Slot> HoldAsync(GptFunction function)
    {
        await function.Slots.WaitAsync(turn).ConfigureAwait(false);
        try
        {
            await _slots.WaitAsync(turn).ConfigureAwait(false);
        }
        catch
        {
            function.Slots.Release();
            throw;
        }

        return new Slot(function.Slots, _slots);
    }

    /// <summary>Says that the call is being run; with side effects not before journal and ledger have it. Null where it may be run.</summary>
    private async Task<CallOutcome?> BeginAsync(CallTicket ticket)
    {
        turn.ThrowIfCancellationRequested();
        await runner.PostAsync(new FunctionCallExecutingEvent(ticket.Id, ticket.Edited)).ConfigureAwait(false);
        if (!ticket.HasSideEffect)
            return null;
        await ticket.Journaled.WaitAsync(turn).ConfigureAwait(false);
        turn.ThrowIfCancellationRequested();
        return await _recorder.BeginAsync(ticket).ConfigureAwait(false);
    }

    private ValueTask EndAsync(CallTicket ticket, CallOutcome? outcome)
    {
        ticket.Outcome = outcome!;
        scope.Recorder?.Call(ticket, outcome!);
        return runner.PostAsync(outcome!.ToEvent(ticket.Id, ticket.Name));
    }

    /// <summary>Nothing that goes wrong on the way to a function may leave its call without an end.</summary>
    private async Task<CallOutcome?> GuardAsync(Func<Task<CallOutcome?>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (turn.IsCancellationRequested)
        {
            return CallOutcome.NotRun(new CallProblem(GptErrorKind.Cancelled, "The call was not run: its turn was cancelled or its step failed before it could be."));
        }
        catch (Exception exception)
        {
            return CallOutcome.Failed(
                new CallProblem(GptErrorKind.FunctionExecution, "The call was not run: it could not be prepared."),
                $"The call was not run: {CallFailure.Describe(exception)}");
        }
    }

    private readonly struct Slot(SemaphoreSlim function, SemaphoreSlim turn) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            turn.Release();
            function.Release();
            return ValueTask.CompletedTask;
        }
    }
}
