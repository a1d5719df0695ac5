using System.Diagnostics;
using Omega.Gpt.Caching;
using Omega.Gpt.Providers;
using Omega.Gpt.Recording.Replay;
using Omega.Gpt.Resilience.Failover;

namespace Omega.Gpt.Turns;

/// <summary>What a turn needs; made by <see cref="GptEngine"/>, used once.</summary>
internal sealed record TurnPlan
{
    public required string Turn { get; init; }

    public required Conversation Conversation { get; init; }

    /// <summary>What the turn adds before the model speaks; its messages get their ids when the turn has the conversation to itself.</summary>
    public required IReadOnlyList<Message> Input { get; set; }

    public required GenerationOptions Options { get; init; }

    public required FunctionSet Functions { get; init; }

    public required ResolvedModel Model { get; init; }

    /// <summary>The models that may answer; null where <see cref="Model"/> alone may.</summary>
    public ModelRoute? Route { get; init; }

    /// <summary>The model whose answer is being read, or was last.</summary>
    public ResolvedModel Served => Route?.Served.Model ?? Model;

    /// <summary>The model that was asked for, as <c>provider/model</c>.</summary>
    public required string Requested { get; init; }

    /// <summary>Events to show after <c>turn.started</c>: a model switched, an option left out, a remark of the caller.</summary>
    public IReadOnlyList<GptEvent> Notices { get; init; } = [];

    /// <summary>For whom the turn asks; null for nobody in particular.</summary>
    public string? Tenant { get; init; }

    /// <summary>The turn's span, for those of its calls; none where nobody listens.</summary>
    public ActivityContext Trace { get; set; }

    /// <summary>Gives answers again; null where none are.</summary>
    public CachedSteps? Cache { get; init; }

    public Annotator? Annotator { get; init; }

    public Func<GptEvent, CancellationToken, ValueTask>? StreamCallback { get; init; }

    public TimeSpan? Timeout { get; init; }

    public decimal? BudgetUsd { get; init; }

    /// <summary>How long histories are fitted into the model's context; null sends all.</summary>
    public HistoryPolicy? History { get; init; }

    public bool ShowOpaque { get; init; }

    public FunctionLimits Limits { get; init; } = FunctionLimits.Default;

    public Approver? Approver { get; init; }

    /// <summary>Writes down what the turn does; null where nobody does.</summary>
    public SessionRecorder? Recorder { get; init; }

    /// <summary>What the turn did when it was recorded; null where it is not run again from a recording.</summary>
    public TurnScript? Script { get; init; }

    /// <summary>A mutation for tests: calls with side effects are run as early as pure ones, which is what must never happen.</summary>
    public bool RunsTooEarly { get; init; }

    /// <summary>Whether the caller gave the turn its id and may submit it again.</summary>
    public required bool IsRepeatable { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The failure of a turn whose time is up.</summary>
    public GptException OutOfTime() => new(GptErrorKind.Timeout, FormattableString.Invariant($"The turn took longer than {Timeout!.Value.TotalSeconds:0.###} s.")) { Phase = GptPhase.Turn, IsRetryable = true };

    public TurnHeader Header => new()
    {
        Turn = Turn,
        Conversation = Conversation.Id,
        Model = Requested,
        Input = Input,
        At = At,
        Keep = IsRepeatable,
    };
}
