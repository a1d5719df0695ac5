using Omega.Gpt.Resilience;

namespace Omega.Gpt;

/// <summary>
/// What stands between a turn and the wire. The order is fixed: what sees the request as a whole first (cache, failover, resumption,
/// retry), then what belongs to each call of a wire (key, throttle, budget, meter, recorder, timeouts). A part that is null is left out.
/// Thread-safe parts, shared by all turns of an engine.
/// </summary>
public sealed record GptPipelineOptions
{
    /// <summary>Takes turns among a provider's keys and leaves those that it refuses. Null: the first key of all, whatever becomes of it.</summary>
    public KeyOptions? Keys { get; init; }

    /// <summary>Lets requests wait for their turn at limits, those set and those that providers announce. Null: they are sent at once.</summary>
    public ThrottleOptions? Throttle { get; init; }
}
