namespace Omega.Gpt.Providers;

/// <summary>One thing that a model stream said. A closed hierarchy.</summary>
public abstract record ModelDelta
{
    // Half the size of a long?, in every delta of every stream; 0 is none, and the smallest long is no number that a wire gives.
    private readonly long _wireSequence;

    private protected ModelDelta()
    {
    }

    /// <summary>The wire's own sequence number, where it has one (Responses); null elsewhere.</summary>
    public long? WireSequence
    {
        get => _wireSequence == 0 ? null : _wireSequence ^ long.MinValue;
        init => _wireSequence = value is { } number ? number ^ long.MinValue : 0;
    }
}

/// <summary>The provider accepted the request. First, once; any field may be null where the wire does not say.</summary>
/// <param name="ResponseId">The provider's id of the answer.</param>
/// <param name="Model">The model that answers, as the provider names it.</param>
/// <param name="RequestId">The provider's id of the request (a header), for its support.</param>
public sealed record StartedDelta(string? ResponseId, string? Model, string? RequestId) : ModelDelta;

/// <summary>A piece of the answer; never empty.</summary>
/// <param name="Text">The new text.</param>
public sealed record TextDelta(string Text) : ModelDelta;

/// <summary>A piece of reasoning or of its summary; never empty.</summary>
/// <param name="Text">The new text.</param>
public sealed record ReasoningDelta(string Text) : ModelDelta;

/// <summary>A piece of a refusal; never empty.</summary>
/// <param name="Text">The new text.</param>
public sealed record RefusalDelta(string Text) : ModelDelta;

/// <summary>The model began a function call. Once for each index; indices are 0, 1, 2, … in order of appearance, whatever the wire counts.</summary>
/// <param name="Index">Place within the step, from 0.</param>
/// <param name="Name">The function's name, whole.</param>
public sealed record CallStartedDelta(int Index, string Name) : ModelDelta;

/// <summary>A piece of a call's arguments; never empty.</summary>
/// <param name="Index">The call.</param>
/// <param name="Delta">The new JSON text.</param>
public sealed record CallArgumentsDelta(int Index, string Delta) : ModelDelta;

/// <summary>The wire said that a call is written to its end (Anthropic, Responses); wires without such a sign leave it out.</summary>
/// <param name="Index">The call.</param>
public sealed record CallEndedDelta(int Index) : ModelDelta;

/// <summary>State to keep and to send back unchanged, at its place among the other deltas.</summary>
/// <param name="Part">The state, with provider and model filled in.</param>
public sealed record OpaqueDelta(OpaquePart Part) : ModelDelta
{
    /// <summary>Before which of the step's texts, refusals and calls it belongs, from 0, where they were there first; null where it arrives.</summary>
    internal int? Before { get; init; }
}

/// <summary>Tokens of this request so far; a later one replaces an earlier one.</summary>
/// <param name="Usage">The tokens.</param>
/// <param name="BilledUsd">What the provider says it billed, in US dollars; null when it does not say.</param>
public sealed record UsageDelta(TokenUsage Usage, decimal? BilledUsd) : ModelDelta
{
    /// <summary>Whether the tokens were counted on the way rather than reported by the provider. Default false.</summary>
    public bool IsEstimate { get; init; }

    /// <summary>Whether nothing was paid for them now: the answer was given before, or somebody else asked for it.</summary>
    public bool IsFromCache { get; init; }
}

/// <summary>The wire's terminal event arrived: the answer is whole. Last, once.</summary>
/// <param name="Reason">Why the model stopped.</param>
/// <param name="Raw">The reason in the provider's own words.</param>
public sealed record FinishedDelta(FinishReason Reason, string? Raw) : ModelDelta;

/// <summary>Something a stage of the pipeline has to say; it becomes <paramref name="Event"/> in the turn.</summary>
/// <param name="Event">A waiting, retry, interrupted, resumed, model_switched, key_switched, budget or notice event, not yet numbered.</param>
public sealed record NoticeDelta(GptEvent Event) : ModelDelta;
