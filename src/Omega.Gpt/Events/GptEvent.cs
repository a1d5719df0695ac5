using System.Text.Json.Serialization;

namespace Omega.Gpt;

/// <summary>
/// Something that happened in a turn. Events of a turn are numbered 1, 2, 3, …; exactly one of <see cref="TurnCompletedEvent"/>,
/// <see cref="TurnFailedEvent"/> and <see cref="TurnCancelledEvent"/> ends it. In JSON the type is the first field, <c>type</c>.
/// </summary>
/// <remarks>Read JSON with <see cref="GptJson.ParseEvent(ReadOnlySpan{byte})"/>: it keeps an event of an unknown type as an <see cref="UnknownEvent"/>.</remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(TurnStartedEvent), "turn.started")]
[JsonDerivedType(typeof(StepStartedEvent), "step.started")]
[JsonDerivedType(typeof(WaitingEvent), "waiting")]
[JsonDerivedType(typeof(TextDeltaEvent), "text.delta")]
[JsonDerivedType(typeof(ReasoningDeltaEvent), "reasoning.delta")]
[JsonDerivedType(typeof(RefusalDeltaEvent), "refusal.delta")]
[JsonDerivedType(typeof(FunctionCallStartedEvent), "function_call.started")]
[JsonDerivedType(typeof(FunctionCallArgumentsDeltaEvent), "function_call.arguments.delta")]
[JsonDerivedType(typeof(FunctionCallArgumentsCompletedEvent), "function_call.arguments.completed")]
[JsonDerivedType(typeof(FunctionCallReadyEvent), "function_call.ready")]
[JsonDerivedType(typeof(FunctionCallApprovalRequiredEvent), "function_call.approval_required")]
[JsonDerivedType(typeof(FunctionCallExecutingEvent), "function_call.executing")]
[JsonDerivedType(typeof(FunctionCallProgressEvent), "function_call.progress")]
[JsonDerivedType(typeof(FunctionCallCompletedEvent), "function_call.completed")]
[JsonDerivedType(typeof(FunctionCallFailedEvent), "function_call.failed")]
[JsonDerivedType(typeof(FunctionCallRejectedEvent), "function_call.rejected")]
[JsonDerivedType(typeof(RetryScheduledEvent), "retry.scheduled")]
[JsonDerivedType(typeof(StreamInterruptedEvent), "stream.interrupted")]
[JsonDerivedType(typeof(StreamResumedEvent), "stream.resumed")]
[JsonDerivedType(typeof(ModelSwitchedEvent), "model.switched")]
[JsonDerivedType(typeof(KeySwitchedEvent), "key.switched")]
[JsonDerivedType(typeof(HistoryTrimmedEvent), "history.trimmed")]
[JsonDerivedType(typeof(UsageUpdatedEvent), "usage.updated")]
[JsonDerivedType(typeof(BudgetWarningEvent), "budget.warning")]
[JsonDerivedType(typeof(NoticeEvent), "notice")]
[JsonDerivedType(typeof(AnnotationEvent), "annotation")]
[JsonDerivedType(typeof(StepCompletedEvent), "step.completed")]
[JsonDerivedType(typeof(TurnCompletedEvent), "turn.completed")]
[JsonDerivedType(typeof(TurnFailedEvent), "turn.failed")]
[JsonDerivedType(typeof(TurnCancelledEvent), "turn.cancelled")]
public abstract record GptEvent
{
    private string _turn = "";
    private long _sequence;
    private DateTimeOffset _at;

    private protected GptEvent()
    {
    }

    /// <summary>The turn's id.</summary>
    [JsonPropertyOrder(-3)]
    public string Turn { get => _turn; init => _turn = value ?? ""; }

    /// <summary>Place within the turn: 1, 2, 3, … without gaps.</summary>
    [JsonPropertyOrder(-2)]
    public long Sequence { get => _sequence; init => _sequence = value; }

    /// <summary>When it happened, UTC.</summary>
    [JsonPropertyOrder(-1)]
    public DateTimeOffset At { get => _at; init => _at = value; }

    /// <summary>Whether this event ends its turn's log.</summary>
    [JsonIgnore]
    public bool EndsTurn => this is TurnCompletedEvent or TurnFailedEvent or TurnCancelledEvent;

    /// <summary>Numbers the event; the turn loop does so once, when it emits it.</summary>
    internal GptEvent Stamp(string turn, long sequence, DateTimeOffset at)
    {
        (_turn, _sequence, _at) = (turn, sequence, at);
        return this;
    }
}
