using Omega.Gpt.Functions.Calls;

namespace Omega.Gpt;

public sealed partial class GptEngine
{
    /// <summary>
    /// Runs calls that a program gives, without a model, with the checks that a model's calls get: names, schemas, approval, time, size, the
    /// ledger. One that cannot be run does not sink the others. They run at once, up to the limits; those of a function with a batch handler
    /// together.
    /// </summary>
    /// <param name="functions">The functions.</param>
    /// <param name="calls">The calls.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels: nothing more begins, and what has begun with side effects is given its time.</param>
    /// <returns>A result for each call, in the order of the calls.</returns>
    /// <exception cref="GptException">An option is out of range, or there are too many calls.</exception>
    public async Task<IReadOnlyList<FunctionCallResult>> RunBatchAsync(
        FunctionSet functions,
        IReadOnlyList<FunctionCallRequest> calls,
        FunctionBatchOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(functions);
        ArgumentNullException.ThrowIfNull(calls);
        options ??= new FunctionBatchOptions();
        var limits = options.Limits ?? FunctionLimits.Default;
        limits.Validate();
        if (options.Id is { Length: 0 or > 256 })
            throw Invalid($"Id has {options.Id.Length} characters; allowed: 1 to 256.");
        if (calls.Count > limits.MaxCallsPerTurn)
            throw Invalid($"There are {calls.Count} calls; at most {limits.MaxCallsPerTurn} are run at once. Give fewer, or raise FunctionLimits.MaxCallsPerTurn.");
        var scope = new CallScope
        {
            Conversation = options.Conversation ?? "",
            Turn = options.Id ?? Ids.NextTurn(),
            Time = Time,
            Ids = Ids,
            Limits = limits,
            Ledger = Ledger,
            Approver = options.Approver,
            IsRepeated = options.Id is not null,
        };
        return await new CallBatch(scope, functions, options).RunAsync(calls, cancellationToken).ConfigureAwait(false);

        static GptException Invalid(string message) => new(GptErrorKind.BadRequest, message) { Phase = GptPhase.Request };
    }
}
