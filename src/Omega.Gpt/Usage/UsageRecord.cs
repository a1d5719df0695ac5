namespace Omega.Gpt;

/// <summary>One call of a model, as the ledger has it.</summary>
public sealed record UsageRecord
{
    /// <summary>The row's number; later calls have higher ones.</summary>
    public required long Id { get; init; }

    /// <summary>When it was about to be sent, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The conversation; null for none.</summary>
    public string? Session { get; init; }

    /// <summary>The turn; null for none.</summary>
    public string? Turn { get; init; }

    /// <summary>The turn's step, from 1; 0 outside of a turn.</summary>
    public int Step { get; init; }

    /// <summary>Which call of the step it is, over all providers, from 1.</summary>
    public int Attempt { get; init; }

    /// <summary>Who was asked.</summary>
    public required string Provider { get; init; }

    /// <summary>The model that was asked for.</summary>
    public required string Model { get; init; }

    /// <summary>The model that answered, as the provider names it; null when it did not say.</summary>
    public string? Served { get; init; }

    /// <summary>The id of the key, never the key; null where none was chosen.</summary>
    public string? KeyId { get; init; }

    /// <summary>How it ended.</summary>
    public AttemptOutcome Outcome { get; init; }

    /// <summary>What went wrong, in the words of <see cref="GptErrorKind"/>; null where nothing did.</summary>
    public string? Error { get; init; }

    /// <summary>Why the model stopped; null where it did not come to that.</summary>
    public string? Finish { get; init; }

    /// <summary>Milliseconds of waiting before it was sent; null where nothing makes calls wait.</summary>
    public double? QueueMs { get; init; }

    /// <summary>Milliseconds to the answer's headers; null where none came.</summary>
    public double? ConnectMs { get; init; }

    /// <summary>Milliseconds to the first token; null where none came.</summary>
    public double? FirstTokenMs { get; init; }

    /// <summary>Milliseconds to the end; null while it is open, and where it was settled because nobody saw its end.</summary>
    public double? TotalMs { get; init; }

    /// <summary>Tokens; null where there are none or nobody knows.</summary>
    public TokenUsage? Usage { get; init; }

    /// <summary>Whether the tokens were counted here, for the provider did not say.</summary>
    public bool IsUsageEstimated { get; init; }

    /// <summary>What it cost; null when the price is unknown, or while it is open.</summary>
    public Cost? Cost { get; init; }

    /// <summary>US dollars reserved for it; null where nothing was.</summary>
    public decimal? ReservedUsd { get; init; }

    /// <summary>US dollars that the provider's prompt cache saved.</summary>
    public decimal SavedUsd { get; init; }

    /// <summary>The functions that the model called, each once.</summary>
    public IReadOnlyList<string> Functions { get; init; } = [];
}
