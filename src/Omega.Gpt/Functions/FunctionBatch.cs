using System.Text.Json;

namespace Omega.Gpt;

/// <summary>Runs all calls of a function that one step of the model made.</summary>
/// <param name="calls">The calls, in the model's order, each valid and approved by itself. Each is to be given its result or its error.</param>
/// <param name="cancellationToken">Cancelled when the function's time is up; for a pure function also when the turn is cancelled.</param>
public delegate ValueTask FunctionBatchHandler(IReadOnlyList<FunctionBatchCall> calls, CancellationToken cancellationToken);

/// <summary>
/// One call of a batch. A call that is given neither result nor error has failed; an exception of the handler fails those that have none
/// yet, and leaves the others as they are. Thread-safe.
/// </summary>
public sealed class FunctionBatchCall
{
    private readonly Lock _gate = new();

    internal FunctionBatchCall(JsonElement arguments, FunctionContext context) => (Arguments, Context) = (arguments, context);

    /// <summary>The arguments: an object that satisfies the function's schema.</summary>
    public JsonElement Arguments { get; internal set; }

    /// <summary>The call.</summary>
    public FunctionContext Context { get; }

    /// <summary>The result that was set; null where none was.</summary>
    internal JsonElement? Result { get; private set; }

    /// <summary>The error that was set; null where none was.</summary>
    internal string? Error { get; private set; }

    /// <summary>Gives the call its result.</summary>
    /// <param name="result">The result, as JSON.</param>
    /// <exception cref="InvalidOperationException">The call has its result or error already.</exception>
    public void SetResult(JsonElement result)
    {
        lock (_gate)
        {
            CheckOpen();
            Result = result;
        }
    }

    /// <summary>Says that the call failed; the others of the batch are not touched by it.</summary>
    /// <param name="message">Why; told to the model only where the function's options say so.</param>
    /// <exception cref="InvalidOperationException">The call has its result or error already.</exception>
    public void SetError(string message)
    {
        ArgumentNullException.ThrowIfNull(message);
        lock (_gate)
        {
            CheckOpen();
            Error = message;
        }
    }

    private void CheckOpen()
    {
        if (Result is not null || Error is not null)
            throw new InvalidOperationException($"Call {Context.Call} has its result already.");
    }
}
