using System.Text.Json;

namespace Omega.Gpt.Functions.Calls;

/// <summary>How a call ended.</summary>
internal sealed record CallOutcome
{
    /// <summary>What the model is told.</summary>
    public required JsonElement Result { get; init; }

    /// <summary>What went wrong; null where nothing did.</summary>
    public GptErrorKind? Kind { get; init; }

    /// <summary>Detail of what went wrong, for the caller.</summary>
    public string? Message { get; init; }

    /// <summary>Whether the function was begun.</summary>
    public bool WasRun { get; init; }

    /// <summary>Milliseconds it ran.</summary>
    public double DurationMs { get; init; }

    /// <summary>A call that was not run.</summary>
    public static CallOutcome NotRun(CallProblem problem) => new() { Result = problem.ToJson(), Kind = problem.Kind, Message = problem.Message };

    /// <summary>A call that was begun and failed.</summary>
    /// <param name="problem">What the model is told.</param>
    /// <param name="detail">What the caller is told; null for the same.</param>
    /// <param name="durationMs">Milliseconds it ran.</param>
    public static CallOutcome Failed(CallProblem problem, string? detail = null, double durationMs = 0) =>
        new() { Result = problem.ToJson(), Kind = problem.Kind, Message = detail ?? problem.Message, WasRun = true, DurationMs = durationMs };

    /// <summary>The event that tells of it.</summary>
    public GptEvent ToEvent(string call, string name) => Kind switch
    {
        null => new FunctionCallCompletedEvent(call, name, Result, DurationMs),
        { } kind when WasRun => new FunctionCallFailedEvent(call, name, kind, Message!),
        { } kind => new FunctionCallRejectedEvent(call, name, kind, Message!),
    };

    /// <summary>What goes into the conversation.</summary>
    public FunctionResultPart ToPart(string call, string name) => new(call, name, Result) { IsError = Kind is not null };
}
