using System.Text.Json;

namespace Omega.Gpt.Functions.Calls;

/// <summary>How a handler came back: with a result, with an error that it named, with an exception, or not in time.</summary>
internal readonly record struct TimedResult(JsonElement Value, string? Error, Exception? Exception, RunEnd End)
{
    /// <summary>What a batch's handler left for one of its calls.</summary>
    /// <param name="call">The call.</param>
    /// <param name="batch">How the handler came back.</param>
    public static TimedResult Of(FunctionBatchCall call, TimedResult batch) => call switch
    {
        { Result: { } result } => new(result, null, null, RunEnd.Returned),
        { Error: { } error } => new(default, error, null, RunEnd.Returned),
        _ when batch.End == RunEnd.Returned && batch.Exception is null => new(default, "the batch gave it no result", null, RunEnd.Returned),
        _ => batch,
    };
}

/// <summary>Why a run is over.</summary>
internal enum RunEnd
{
    /// <summary>The handler returned or threw.</summary>
    Returned,

    /// <summary>Its time was up.</summary>
    TimedOut,

    /// <summary>The turn was cancelled.</summary>
    Cancelled,
}

/// <summary>One run of a handler, on the thread pool and within its time. Used once.</summary>
internal sealed class TimedRun(GptFunction function, TimeProvider time, CancellationToken turn)
{
    private readonly long _began = time.GetTimestamp();

    /// <summary>Milliseconds since it began.</summary>
    public double ElapsedMs => Math.Round(time.GetElapsedTime(_began).TotalMilliseconds, 3);

    /// <summary>The handler's task where it went on after its time was up; null where it did not.</summary>
    public Task<JsonElement>? Late { get; private set; }

    /// <summary>Whether the turn was cancelled meanwhile.</summary>
    public bool IsTurnCancelled => turn.IsCancellationRequested;

    public async Task<TimedResult> InvokeAsync(Func<CancellationToken, ValueTask<JsonElement>> handler)
    {
        var limit = new CancellationTokenSource(function.Options.Timeout, time);
        // Work with side effects is not torn off in the middle because somebody closed a window.
        var stop = function.Options.Effect == FunctionEffect.Pure ? CancellationTokenSource.CreateLinkedTokenSource(limit.Token, turn) : limit;
        var token = stop.Token;
        // On the pool, because a handler that blocks must hold up neither the model's stream nor its own time limit.
        var running = Task.Run(() => handler(token).AsTask(), CancellationToken.None);
        try
        {
            return new(await running.WaitAsync(token).ConfigureAwait(false), null, null, RunEnd.Returned);
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            if (!running.IsCompleted)
                Late = running;
            return new(default, null, null, limit.IsCancellationRequested ? RunEnd.TimedOut : RunEnd.Cancelled);
        }
        catch (Exception exception)
        {
            return new(default, null, exception, RunEnd.Returned);
        }
        finally
        {
            if (running.IsCompleted)
            {
                stop.Dispose();
                limit.Dispose();
            }
        }
    }
}
