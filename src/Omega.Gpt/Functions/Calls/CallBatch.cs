using Omega.Gpt.Turns;

namespace Omega.Gpt.Functions.Calls;

/// <summary>Runs a list of calls that a program gives, with the checks that a model's calls get. Used once.</summary>
internal sealed class CallBatch(CallScope scope, FunctionSet functions, FunctionBatchOptions options)
{
    private const int Step = 1;

    private long _sequence;

    public async Task<IReadOnlyList<FunctionCallResult>> RunAsync(IReadOnlyList<FunctionCallRequest> requests, CancellationToken cancellationToken)
    {
        using var runner = new CallRunner(scope, cancellationToken);
        var calls = requests.Select(Check).ToList();
        foreach (var call in calls)
        {
            await TellAsync(
                call.Problem is { } problem ? new FunctionCallRejectedEvent(call.Id, call.Name, problem.Kind, problem.Message) : new FunctionCallReadyEvent(call.Id, call.Name, call.Arguments),
                cancellationToken).ConfigureAwait(false);
        }

        try
        {
            Start(calls, runner);
            while (!runner.IsIdle)
            {
                if (runner.TryTake(out var happened))
                {
                    runner.Journaled(happened);
                    await TellAsync(happened, cancellationToken).ConfigureAwait(false);
                }
                else
                {
                    await runner.WaitAsync().ConfigureAwait(false);
                }
            }
        }
        finally
        {
            await SettleAsync(runner).ConfigureAwait(false);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return [.. calls.Select(Result)];
    }

    private StepCall Check(FunctionCallRequest request, int index)
    {
        var entry = functions.Entry(request.Name);
        var call = new StepCall($"{scope.Turn}.{Step}.{index}", index, request.Name, entry, scope.Limits.MaxArgumentsLength);
        call.Append(request.Arguments);
        if (entry is null)
            call.Reject(CallProblem.Unknown(request.Name, functions));
        else if (entry.Function is null)
            call.Reject(new CallProblem(GptErrorKind.UnknownFunction, $"{request.Name} was not run: this program has its definition alone, and nothing that runs it."));
        call.Finish();
        return call;
    }

    private static void Start(List<StepCall> calls, CallRunner runner)
    {
        foreach (var call in calls.Where(call => call.Problem is null))
            call.Ticket = runner.Ticket(call.Entry!.Function!, call.Id, Step, call.Index, call.Arguments);
        var ready = calls.Where(call => call.Ticket is not null).Select(call => call.Ticket!).ToList();
        foreach (var ticket in ready.Where(ticket => ticket.Function.BatchHandler is null))
            runner.Start(ticket);
        foreach (var batch in ready.Where(ticket => ticket.Function.BatchHandler is not null).GroupBy(ticket => ticket.Name, StringComparer.Ordinal))
            runner.StartBatch([.. batch]);
    }

    /// <summary>Whatever broke the reading off: no function runs on behind the caller's back.</summary>
    private static async ValueTask SettleAsync(CallRunner runner)
    {
        if (runner.IsIdle)
            return;
        runner.Cancel();
        while (!runner.IsIdle)
        {
            if (!runner.TryTake(out _))
                await runner.WaitAsync().ConfigureAwait(false);
        }
    }

    private ValueTask TellAsync(GptEvent gptEvent, CancellationToken cancellationToken)
    {
        gptEvent.Stamp(scope.Turn, ++_sequence, gptEvent.At == default ? scope.Time.GetUtcNow() : gptEvent.At);
        return options.StreamCallback?.Invoke(gptEvent, cancellationToken) ?? ValueTask.CompletedTask;
    }

    private static FunctionCallResult Result(StepCall call)
    {
        var outcome = call.Outcome!;
        return new FunctionCallResult(call.Id, call.Name, outcome.Result) { Error = outcome.Kind, Message = outcome.Message, DurationMs = outcome.DurationMs };
    }
}
