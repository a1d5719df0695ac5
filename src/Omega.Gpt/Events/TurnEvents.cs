namespace Omega.Gpt;

/// <summary>A turn began. Always the first event.</summary>
/// <param name="Conversation">The conversation's id.</param>
/// <param name="Model">The model asked, as <c>provider/model</c>.</param>
public sealed record TurnStartedEvent(string Conversation, string Model) : GptEvent;

/// <summary>A request to the model begins.</summary>
/// <param name="Step">1 for the first step of the turn.</param>
public sealed record StepStartedEvent(int Step) : GptEvent;

/// <summary>A step ended with its wire's terminal event.</summary>
/// <param name="Step">The step's number.</param>
/// <param name="FinishReason">Why the model stopped.</param>
/// <param name="RawFinishReason">The reason in the provider's own words; null when it gave none.</param>
public sealed record StepCompletedEvent(int Step, FinishReason FinishReason, string? RawFinishReason) : GptEvent;

/// <summary>The turn ended as the model meant it to. Check <see cref="FinishReason"/>: a refusal or a cut at the output limit is a completed turn too.</summary>
public sealed record TurnCompletedEvent : GptEvent
{
    /// <summary>All text of the answer, over all steps.</summary>
    public required string Text { get; init; }

    /// <summary>Why the last step stopped.</summary>
    public required FinishReason FinishReason { get; init; }

    /// <summary>The model that answered, as the provider named it.</summary>
    public required string Model { get; init; }

    /// <summary>The provider that answered.</summary>
    public required string Provider { get; init; }

    /// <summary>How many requests the turn took.</summary>
    public required int Steps { get; init; }

    /// <summary>Tokens of all steps; null when the provider reported none.</summary>
    public TokenUsage? Usage { get; init; }

    /// <summary>Cost of all steps; null when a price is unknown.</summary>
    public Cost? Cost { get; init; }

    /// <summary>How long it took.</summary>
    public required TurnTiming Timing { get; init; }

    /// <summary>Calls that wait for the caller's results; empty when there are none.</summary>
    public IReadOnlyList<PendingCall> Pending { get; init => field = value ?? []; } = [];
}

/// <summary>How long a turn took.</summary>
/// <param name="FirstTokenMs">Milliseconds from the start of the turn to the first text, reasoning, refusal or call; null when none came.</param>
/// <param name="TotalMs">Milliseconds from start to end.</param>
public sealed record TurnTiming(double? FirstTokenMs, double TotalMs);

/// <summary>A call that is safe to act on and waits for the caller's result.</summary>
/// <param name="Call">The call's id.</param>
/// <param name="Name">The function's name.</param>
/// <param name="Arguments">Complete arguments as JSON text.</param>
public sealed record PendingCall(string Call, string Name, string Arguments);

/// <summary>The turn failed. Text that had arrived is kept, here and in the conversation.</summary>
public sealed record TurnFailedEvent : GptEvent
{
    /// <summary>What went wrong.</summary>
    public required GptErrorKind Kind { get; init; }

    /// <summary>Where.</summary>
    public required GptPhase Phase { get; init; }

    /// <summary>What was wrong and what to do.</summary>
    public required string Message { get; init; }

    /// <summary>Text of the answer that had arrived; empty when none had.</summary>
    public required string PartialText { get; init; }

    /// <summary>Whether the same request may succeed later.</summary>
    public bool Retryable { get; init; }

    /// <summary>Tokens spent all the same; null when unknown.</summary>
    public TokenUsage? Usage { get; init; }

    /// <summary>Cost all the same; null when unknown.</summary>
    public Cost? Cost { get; init; }
}

/// <summary>The caller cancelled the turn. Text that had arrived is kept, here and in the conversation.</summary>
/// <param name="PartialText">Text of the answer that had arrived; empty when none had.</param>
/// <param name="Usage">Tokens spent; null when unknown.</param>
/// <param name="Cost">Cost; null when unknown.</param>
public sealed record TurnCancelledEvent(string PartialText, TokenUsage? Usage, Cost? Cost) : GptEvent;
