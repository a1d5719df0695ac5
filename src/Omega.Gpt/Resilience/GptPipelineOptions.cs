using Omega.Gpt.Resilience;

namespace Omega.Gpt;

/// <summary>
/// What stands between a turn and the wire. The order is fixed: what sees the request as a whole first (cache, failover, resumption,
/// retry), then what belongs to each call of a wire (key, throttle, budget, meter, recorder, timeouts). A part that is null is left out.
/// Thread-safe parts, shared by all turns of an engine.
/// </summary>
public sealed record GptPipelineOptions
{
    private static readonly Dictionary<string, IReadOnlyList<string>> NoAliases = [];

    /// <summary>What a program wants that is left alone: time limits, retries, a breaker, streams that are resumed, keys that take turns, and limits that are kept.</summary>
    public static GptPipelineOptions Standard { get; } = new()
    {
        Timeouts = new TimeoutOptions(),
        Retry = new RetryOptions(),
        Breaker = new BreakerOptions(),
        Resume = true,
        Keys = new KeyOptions(),
        Throttle = new ThrottleOptions(),
    };

    /// <summary>How long a model may be silent. Default null: no limits but those of the turn.</summary>
    public TimeoutOptions? Timeouts { get; init; }

    /// <summary>How a request that failed is sent again. Default null: not at all.</summary>
    public RetryOptions? Retry { get; init; }

    /// <summary>When a model that fails again and again is left alone. Default null: never.</summary>
    public BreakerOptions? Breaker { get; init; }

    /// <summary>
    /// Models that are asked, in this order, when the one that was asked for cannot answer: <c>provider/model</c> or an alias. One that
    /// cannot take the request (functions, images, a schema) is passed over. Default empty.
    /// </summary>
    public IReadOnlyList<string> Fallbacks { get; init; } = [];

    /// <summary>
    /// Names of your own for models, such as <c>fast</c>: the first is asked, the others are its fallbacks, before <see cref="Fallbacks"/>.
    /// Default empty.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Aliases { get; init; } = NoAliases;

    /// <summary>
    /// Whether a stream that broke after its first delta goes on: from where it broke where the server can, else by asking again, and then
    /// only behind text that was reproduced to the character. Uses the attempts of <see cref="Retry"/>, then the <see cref="Fallbacks"/>.
    /// Default false: the turn fails with the text that had come.
    /// </summary>
    public bool Resume { get; init; }

    /// <summary>When a second model is asked beside a slow first one. Default null: never.</summary>
    public HedgeOptions? Hedge { get; init; }

    /// <summary>Takes turns among a provider's keys and leaves those that it refuses. Null: the first key of all, whatever becomes of it.</summary>
    public KeyOptions? Keys { get; init; }

    /// <summary>Lets requests wait for their turn at limits, those set and those that providers announce. Null: they are sent at once.</summary>
    public ThrottleOptions? Throttle { get; init; }

    /// <summary>Fits long conversations into the model's context; null (the default) sends all of them.</summary>
    public HistoryPolicy? History { get; init; }

    /// <summary>Counts what is spent, and limits it; null for neither.</summary>
    public UsageOptions? Usage { get; init; }

    /// <summary>Answers that are given again for the same request. Default null: none.</summary>
    public CacheOptions? Cache { get; init; }

    /// <summary>Writes down what turns do, wire bytes included. Default null: nothing. Disposed by who made it.</summary>
    public SessionRecorder? Recorder { get; init; }

    /// <summary>0 to 1, for the pauses between attempts; null for any. For tests.</summary>
    internal Func<double>? Randomizer { get; init; }

    /// <exception cref="GptException">An option is out of range; the message names it, its value and the range.</exception>
    internal void Validate()
    {
        Timeouts?.Validate();
        Retry?.Validate();
        Breaker?.Validate();
        Hedge?.Validate();
        Usage?.Validate();
        History?.Validate();
        Keys?.Validate();
        Throttle?.Validate();
        Cache?.Validate();
        foreach (var (alias, models) in Aliases)
            Resilience.OptionRange.Check(alias.Length > 0 && !alias.Contains('/') && models.Count > 0, "Aliases", $"\"{alias}\" with {models.Count} models", "a name without a slash, and at least one model");
    }
}
