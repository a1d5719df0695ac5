namespace Omega.Gpt;

/// <summary>Options of one turn. What is not set is taken from <see cref="RealTimeGptOptions"/>.</summary>
public sealed record TurnOptions : GenerationOptions
{
    /// <summary>
    /// Makes the submission idempotent: a turn of the same id in the same conversation is not run again, its events are returned
    /// as they were. Null for a new id.
    /// </summary>
    /// <value>1 to 256 characters.</value>
    public string? TurnId { get; set; }

    /// <summary>The conversation to use instead of the current one.</summary>
    public Conversation? Conversation { get; set; }

    /// <summary>The functions that the model may call. Null for none.</summary>
    public FunctionSet? Functions { get; set; }

    /// <summary>How far the turn may go with functions. Null for the defaults.</summary>
    public FunctionLimits? Limits { get; set; }

    /// <summary>
    /// Decides on calls of functions that require approval. Without one such calls are denied, and the model is told so. See
    /// <see cref="Approvals"/> for answers by id.
    /// </summary>
    public Approver? Approver { get; set; }

    /// <summary>Remarks to keep with the turn, such as the version of a prompt: events after <see cref="TurnStartedEvent"/>. Null for none.</summary>
    public IReadOnlyList<AnnotationEvent>? Annotations { get; set; }

    /// <summary>Remarks on the answer before the turn is completed. Null for no remarks.</summary>
    public Annotator? Annotator { get; set; }

    /// <summary>Whether the answer may come from the cache, where the engine has one (<see cref="GptPipelineOptions.Cache"/>).</summary>
    /// <value>Default: <see cref="CacheUse.Auto"/>, only where the temperature is explicitly 0.</value>
    public CacheUse Cache { get; set; }

    /// <summary>For whom the turn asks: cached answers are given again to the same tenant alone. Null for nobody in particular.</summary>
    public string? Tenant { get; set; }

    /// <summary>Awaited with each event before it is yielded. An exception from it ends the turn.</summary>
    public Func<GptEvent, CancellationToken, ValueTask>? StreamCallback { get; set; }

    /// <summary>Longest time for the whole turn; null for no limit.</summary>
    /// <value>Above zero.</value>
    public TimeSpan? Timeout { get; set; }

    /// <summary>
    /// Most US dollars that this turn may spend; wins over <see cref="Budget.PerTurn"/>. Needs <see cref="GptPipelineOptions.Usage"/>, which
    /// counts what is spent. Null for the pipeline's own limit.
    /// </summary>
    /// <value>Above 0.</value>
    public decimal? BudgetUsd { get; set; }

    /// <summary>Yields opaque state as it passes, for adapters that must carry it elsewhere.</summary>
    internal bool ShowOpaque { get; set; }

    /// <summary>A mutation for tests; see <see cref="Turns.TurnPlan.RunsTooEarly"/>.</summary>
    internal bool RunsTooEarly { get; set; }
}
