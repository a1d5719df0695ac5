namespace Omega.Gpt.Usage;

/// <summary>What is known of a call of a model before it is sent.</summary>
internal sealed record AttemptOpening
{
    public required DateTimeOffset At { get; init; }

    public string? Session { get; init; }

    public string? Turn { get; init; }

    /// <summary>The turn's step, from 1; 0 outside of a turn.</summary>
    public required int Step { get; init; }

    /// <summary>Which call of the step it is, over all providers, from 1.</summary>
    public required int Number { get; init; }

    public required string Provider { get; init; }

    public required string Model { get; init; }

    public string? KeyId { get; init; }
}

/// <summary>What a call of a model has come to.</summary>
internal sealed record AttemptClosing
{
    public required AttemptOutcome Outcome { get; init; }

    public GptErrorKind? Error { get; init; }

    public FinishReason? Finish { get; init; }

    /// <summary>The model that answered, as the provider names it.</summary>
    public string? Served { get; init; }

    /// <summary>Waited before it was sent.</summary>
    public TimeSpan? Queued { get; init; }

    /// <summary>From sending to the answer's headers.</summary>
    public TimeSpan? Connected { get; init; }

    /// <summary>From sending to the first text, reasoning, refusal or call.</summary>
    public TimeSpan? FirstToken { get; init; }

    public TimeSpan Total { get; init; }

    public TokenUsage? Usage { get; init; }

    /// <summary>Whether the tokens were counted here, for the provider did not say.</summary>
    public bool IsUsageEstimated { get; init; }

    public Cost? Cost { get; init; }

    /// <summary>US dollars that the provider's prompt cache saved.</summary>
    public decimal Saved { get; init; }

    /// <summary>The functions that the model called, each once.</summary>
    public IReadOnlyList<string> Functions { get; init; } = [];
}

/// <summary>A call that is open: where the ledger has it, and what was reserved for it.</summary>
internal sealed record OpenAttempt(long Id, AttemptOpening Opening, Reservation? Reservation, IReadOnlyList<BudgetState> Budgets)
{
    /// <summary>Whether a limit on the turn is among <see cref="Budgets"/>.</summary>
    public bool IsTurnLimited => Budgets.Any(budget => budget.Account.Scope == BudgetScope.Turn);
}

/// <summary>How a function call went.</summary>
internal sealed record CallRecordRow(DateTimeOffset At, string? Session, string? Turn, int Step, string Name, CallEnd End, GptErrorKind? Error, TimeSpan? Duration);

/// <summary>How a function call ended. The numbers are in the ledger's file.</summary>
internal enum CallEnd
{
    Completed = 1,
    Failed = 2,
    Rejected = 3,
}
