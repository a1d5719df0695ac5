using System.Text.Json.Serialization;

namespace Omega.Gpt;

/// <summary>What went wrong, in one vocabulary for every provider.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<GptErrorKind>))]
public enum GptErrorKind
{
    /// <summary>The key is missing, wrong or revoked (401).</summary>
    [JsonStringEnumMemberName("authentication")] Authentication,

    /// <summary>The key is good but not allowed to do this (403).</summary>
    [JsonStringEnumMemberName("permission")] Permission,

    /// <summary>Too many requests or tokens for now (429).</summary>
    [JsonStringEnumMemberName("rate_limit")] RateLimit,

    /// <summary>The account has no money or quota left; never retried.</summary>
    [JsonStringEnumMemberName("quota_exceeded")] QuotaExceeded,

    /// <summary>The request is not acceptable as it is.</summary>
    [JsonStringEnumMemberName("bad_request")] BadRequest,

    /// <summary>The messages do not fit the model's context window.</summary>
    [JsonStringEnumMemberName("context_window_exceeded")] ContextWindowExceeded,

    /// <summary>The provider's filter refused the request.</summary>
    [JsonStringEnumMemberName("content_filter")] ContentFilter,

    /// <summary>No such model, or not for this key.</summary>
    [JsonStringEnumMemberName("model_not_found")] ModelNotFound,

    /// <summary>The provider is overloaded (503, 529).</summary>
    [JsonStringEnumMemberName("overloaded")] Overloaded,

    /// <summary>The provider failed (other 5xx, in-band server errors).</summary>
    [JsonStringEnumMemberName("server")] Server,

    /// <summary>The server could not be reached or the connection broke before an answer.</summary>
    [JsonStringEnumMemberName("connection")] Connection,

    /// <summary>A time limit was reached; <see cref="GptException.Phase"/> says which.</summary>
    [JsonStringEnumMemberName("timeout")] Timeout,

    /// <summary>The stream ended before its terminal event.</summary>
    [JsonStringEnumMemberName("stream_interrupted")] StreamInterrupted,

    /// <summary>The stream is not what its wire promises.</summary>
    [JsonStringEnumMemberName("stream_protocol")] StreamProtocol,

    /// <summary>A function call's arguments are not acceptable.</summary>
    [JsonStringEnumMemberName("function_arguments")] FunctionArguments,

    /// <summary>The model called a function that does not exist.</summary>
    [JsonStringEnumMemberName("unknown_function")] UnknownFunction,

    /// <summary>A function failed while it ran.</summary>
    [JsonStringEnumMemberName("function_execution")] FunctionExecution,

    /// <summary>A function with side effects was begun and its end is not known: it may or may not have taken effect. Never repeated.</summary>
    [JsonStringEnumMemberName("outcome_unknown")] OutcomeUnknown,

    /// <summary>The turn was cancelled, or its step failed, before the call had ended.</summary>
    [JsonStringEnumMemberName("cancelled")] Cancelled,

    /// <summary>A person or a policy did not approve a call.</summary>
    [JsonStringEnumMemberName("approval_denied")] ApprovalDenied,

    /// <summary>A budget would be, or was, exceeded.</summary>
    [JsonStringEnumMemberName("budget_exceeded")] BudgetExceeded,

    /// <summary>The turn reached a limit on steps, calls or repetitions.</summary>
    [JsonStringEnumMemberName("step_limit")] StepLimit,

    /// <summary>Another turn is writing to the conversation.</summary>
    [JsonStringEnumMemberName("conversation_busy")] ConversationBusy,

    /// <summary>The answer is not of the form asked for: not JSON, not of its schema, or cut at the output limit.</summary>
    [JsonStringEnumMemberName("invalid_answer")] InvalidAnswer,
}
