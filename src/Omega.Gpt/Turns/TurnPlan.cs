using Omega.Gpt.Providers;

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

    /// <summary>The model that was asked for, as <c>provider/model</c>.</summary>
    public required string Requested { get; init; }

    /// <summary>Events to show after <c>turn.started</c>: a model switched, an option left out, a remark of the caller.</summary>
    public IReadOnlyList<GptEvent> Notices { get; init; } = [];

    public Annotator? Annotator { get; init; }

    public Func<GptEvent, CancellationToken, ValueTask>? StreamCallback { get; init; }

    public TimeSpan? Timeout { get; init; }

    public bool ShowOpaque { get; init; }

    public FunctionLimits Limits { get; init; } = FunctionLimits.Default;

    public Approver? Approver { get; init; }

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
