namespace Omega.Gpt;

/// <summary>
/// What stands between a turn and the wire. The order is fixed: what sees the request as a whole first (cache, failover, resumption,
/// retry), then what belongs to each call of a wire (key, throttle, budget, meter, recorder, timeouts). A part that is null is left out.
/// Thread-safe parts, shared by all turns of an engine.
/// </summary>
public sealed record GptPipelineOptions
{
    /// <summary>Fits long conversations into the model's context; null (the default) sends all of them.</summary>
    public HistoryPolicy? History { get; init; }

    /// <summary>Counts what is spent, and limits it; null for neither.</summary>
    public UsageOptions? Usage { get; init; }
}
