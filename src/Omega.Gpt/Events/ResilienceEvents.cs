namespace Omega.Gpt;

/// <summary>The request waits before it is sent.</summary>
/// <param name="Reason">What for, such as <c>rate_limit</c>.</param>
/// <param name="Position">Place in the queue; null when unknown.</param>
/// <param name="ExpectedMs">Expected wait in milliseconds; null when unknown.</param>
public sealed record WaitingEvent(string Reason, int? Position, double? ExpectedMs) : GptEvent;

/// <summary>A failed request is going to be sent again.</summary>
/// <param name="Attempt">The attempt that comes, from 2.</param>
/// <param name="DelayMs">Milliseconds until then.</param>
/// <param name="Kind">What went wrong.</param>
public sealed record RetryScheduledEvent(int Attempt, double DelayMs, GptErrorKind Kind) : GptEvent;

/// <summary>The stream broke after its first delta; what came is kept.</summary>
/// <param name="Kind">What went wrong.</param>
/// <param name="Characters">Characters of text shown so far.</param>
public sealed record StreamInterruptedEvent(GptErrorKind Kind, int Characters) : GptEvent;

/// <summary>A broken stream goes on.</summary>
/// <param name="Method">How: <c>starting_after</c>, <c>prefix</c> or <c>restart</c>.</param>
/// <param name="Verified">Whether the new stream was seen to reproduce the text already shown.</param>
public sealed record StreamResumedEvent(string Method, bool Verified) : GptEvent;

/// <summary>Another model answers.</summary>
/// <param name="From">The model asked, as <c>provider/model</c>.</param>
/// <param name="To">The model that answers.</param>
/// <param name="Reason">Why, in one sentence.</param>
public sealed record ModelSwitchedEvent(string From, string To, string Reason) : GptEvent;

/// <summary>Another key is used. Key ids, never keys.</summary>
/// <param name="From">The id of the key left.</param>
/// <param name="To">The id of the key taken.</param>
public sealed record KeySwitchedEvent(string From, string To) : GptEvent;

/// <summary>Old messages were left out of the request to fit the context.</summary>
/// <param name="Messages">How many.</param>
/// <param name="Tokens">How many tokens that saved.</param>
/// <param name="Method"><c>dropped</c> or <c>summarised</c>.</param>
public sealed record HistoryTrimmedEvent(int Messages, long Tokens, string Method) : GptEvent;

/// <summary>A budget is nearly spent.</summary>
/// <param name="Scope"><c>turn</c>, <c>session</c>, <c>day</c> or <c>month</c>.</param>
/// <param name="Spent">US dollars spent.</param>
/// <param name="Limit">US dollars allowed.</param>
public sealed record BudgetWarningEvent(
    string Scope,
    [property: System.Text.Json.Serialization.JsonConverter(typeof(DecimalStringConverter))] decimal Spent,
    [property: System.Text.Json.Serialization.JsonConverter(typeof(DecimalStringConverter))] decimal Limit) : GptEvent;
