namespace Omega.Gpt;

/// <summary>A piece of the answer.</summary>
/// <param name="Text">The new text.</param>
public sealed record TextDeltaEvent(string Text) : GptEvent;

/// <summary>A piece of the reasoning that the model shows.</summary>
/// <param name="Text">The new text.</param>
public sealed record ReasoningDeltaEvent(string Text) : GptEvent;

/// <summary>A piece of a refusal.</summary>
/// <param name="Text">The new text.</param>
public sealed record RefusalDeltaEvent(string Text) : GptEvent;

/// <summary>What has been used so far in the turn.</summary>
/// <param name="Usage">Tokens of the turn so far.</param>
/// <param name="Cost">Cost of the turn so far; null when a price is unknown.</param>
public sealed record UsageUpdatedEvent(TokenUsage Usage, Cost? Cost) : GptEvent;

/// <summary>Something a person should know that stops nothing.</summary>
/// <param name="Code">Short and stable, such as <c>option_ignored</c>.</param>
/// <param name="Message">One sentence.</param>
public sealed record NoticeEvent(string Code, string Message) : GptEvent;

/// <summary>A remark of another library on the answer.</summary>
/// <param name="Kind">The remark's kind, in that library's words.</param>
/// <param name="Data">Its content.</param>
public sealed record AnnotationEvent(string Kind, System.Text.Json.JsonElement Data) : GptEvent;

/// <summary>An event of a type this version does not know, kept as it came.</summary>
/// <param name="Type">The type it came with.</param>
/// <param name="Json">The whole event.</param>
public sealed record UnknownEvent(string Type, System.Text.Json.JsonElement Json) : GptEvent;

/// <summary>State that the wire must get back, as it passes. Only where an adapter asked for it; never numbered, journaled or written as JSON.</summary>
/// <param name="Part">The state.</param>
internal sealed record OpaqueEvent(OpaquePart Part) : GptEvent;
