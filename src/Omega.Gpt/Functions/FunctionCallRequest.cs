using System.Text.Json;

namespace Omega.Gpt;

/// <summary>A call that a program makes, instead of a model.</summary>
/// <param name="Name">The function's name.</param>
/// <param name="Arguments">The arguments as JSON text; empty is <c>{}</c>.</param>
public sealed record FunctionCallRequest(string Name, string Arguments);

/// <summary>How a program's call ended.</summary>
/// <param name="Call">The call's id.</param>
/// <param name="Name">The function's name.</param>
/// <param name="Result">What the function returned, or <c>{"error":{"kind","message"}}</c>.</param>
public sealed record FunctionCallResult(string Call, string Name, JsonElement Result)
{
    /// <summary>What went wrong; null where nothing did.</summary>
    public GptErrorKind? Error { get; init; }

    /// <summary>Detail of what went wrong; null where nothing did.</summary>
    public string? Message { get; init; }

    /// <summary>Milliseconds it ran.</summary>
    public double DurationMs { get; init; }
}

/// <summary>How a program's calls are run.</summary>
public sealed record FunctionBatchOptions
{
    /// <summary>
    /// Makes the submission idempotent where the engine has a ledger: calls with side effects of the same id, place and arguments are not run
    /// again, and answer as they did. Null for a new id.
    /// </summary>
    /// <value>1 to 256 characters.</value>
    public string? Id { get; init; }

    /// <summary>Whose calls they are, for the functions and the ledger: a conversation's id. Null for none.</summary>
    public string? Conversation { get; init; }

    /// <summary>Limits; null for the defaults. Of them calls of a turn, concurrency, length of arguments and approval time hold.</summary>
    public FunctionLimits? Limits { get; init; }

    /// <summary>Decides on calls of functions that require approval; without one they are denied.</summary>
    public Approver? Approver { get; init; }

    /// <summary>Awaited with each event of the calls, numbered from 1.</summary>
    public Func<GptEvent, CancellationToken, ValueTask>? StreamCallback { get; init; }
}
