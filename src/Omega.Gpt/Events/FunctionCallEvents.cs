using System.Text.Json;

namespace Omega.Gpt;

/// <summary>The model began to write a function call.</summary>
/// <param name="Call">The call's id: <c>{turn}.{step}.{index}</c>.</param>
/// <param name="Index">Place within the step, from 0.</param>
/// <param name="Name">The function's name.</param>
public sealed record FunctionCallStartedEvent(string Call, int Index, string Name) : GptEvent;

/// <summary>A piece of a call's arguments, for showing.</summary>
/// <param name="Call">The call's id.</param>
/// <param name="Delta">The new JSON text.</param>
public sealed record FunctionCallArgumentsDeltaEvent(string Call, string Delta) : GptEvent;

/// <summary>A call's arguments are complete JSON. Early, for showing: the step may still fail. Act on <see cref="FunctionCallReadyEvent"/>.</summary>
/// <param name="Call">The call's id.</param>
/// <param name="Arguments">The arguments as JSON text.</param>
public sealed record FunctionCallArgumentsCompletedEvent(string Call, string Arguments) : GptEvent;

/// <summary>A call is safe to act on: its step ended with the wire's terminal event and its arguments are a complete JSON object.</summary>
/// <param name="Call">The call's id.</param>
/// <param name="Name">The function's name.</param>
/// <param name="Arguments">The arguments as JSON text.</param>
public sealed record FunctionCallReadyEvent(string Call, string Name, string Arguments) : GptEvent;

/// <summary>A call waits for a person's approval.</summary>
/// <param name="Call">The call's id.</param>
/// <param name="Approval">The approval's id, to answer with.</param>
/// <param name="Name">The function's name.</param>
/// <param name="Arguments">The arguments as JSON text.</param>
/// <param name="ExpiresAt">When the approval lapses, UTC.</param>
public sealed record FunctionCallApprovalRequiredEvent(string Call, string Approval, string Name, string Arguments, DateTimeOffset ExpiresAt) : GptEvent;

/// <summary>A call's function begins to run.</summary>
/// <param name="Call">The call's id.</param>
/// <param name="Arguments">The arguments as JSON text, where a person changed them; null where they are those of <see cref="FunctionCallReadyEvent"/>.</param>
public sealed record FunctionCallExecutingEvent(string Call, string? Arguments = null) : GptEvent;

/// <summary>A part of a result, the moment the function produced it.</summary>
/// <param name="Call">The call's id.</param>
/// <param name="Data">The part.</param>
public sealed record FunctionCallProgressEvent(string Call, JsonElement Data) : GptEvent;

/// <summary>A call's function returned.</summary>
/// <param name="Call">The call's id.</param>
/// <param name="Name">The function's name.</param>
/// <param name="Result">What it returned.</param>
/// <param name="DurationMs">Milliseconds it ran.</param>
public sealed record FunctionCallCompletedEvent(string Call, string Name, JsonElement Result, double DurationMs) : GptEvent;

/// <summary>A call's function failed while it ran.</summary>
/// <param name="Call">The call's id.</param>
/// <param name="Name">The function's name.</param>
/// <param name="Kind">What went wrong.</param>
/// <param name="Message">Detail, for the caller.</param>
public sealed record FunctionCallFailedEvent(string Call, string Name, GptErrorKind Kind, string Message) : GptEvent;

/// <summary>A call was not run.</summary>
/// <param name="Call">The call's id.</param>
/// <param name="Name">The function's name.</param>
/// <param name="Kind">Why.</param>
/// <param name="Message">Detail, for the caller.</param>
public sealed record FunctionCallRejectedEvent(string Call, string Name, GptErrorKind Kind, string Message) : GptEvent;
