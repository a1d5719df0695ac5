namespace Omega.Gpt;

/// <summary>What was used: in all, and by group.</summary>
/// <param name="By">What a group is.</param>
/// <param name="Total">Everything together.</param>
/// <param name="Lines">The groups; days in their order, others by cost, the dearest first.</param>
public sealed record UsageReport(UsageGroup By, UsageLine Total, IReadOnlyList<UsageLine> Lines);

/// <summary>What a group used. A call of a model is one request to a provider; a turn takes at least one for each step.</summary>
public sealed record UsageLine
{
    /// <summary>The group; empty for what belongs to none (no key id, no conversation, no function).</summary>
    public required string Name { get; init; }

    /// <summary>Turns that began.</summary>
    public long Turns { get; init; }

    /// <summary>Calls of models.</summary>
    public long Attempts { get; init; }

    /// <summary>Input tokens, cached or not.</summary>
    public long InputTokens { get; init; }

    /// <summary>Of those, read from the provider's prompt cache.</summary>
    public long CacheReadTokens { get; init; }

    /// <summary>Output tokens, reasoning included.</summary>
    public long OutputTokens { get; init; }

    /// <summary>US dollars, where the price is known.</summary>
    public decimal CostUsd { get; init; }

    /// <summary>Whether a part of <see cref="CostUsd"/> is an estimate, calls that are still open among it.</summary>
    public bool IsCostEstimated { get; init; }

    /// <summary>Calls whose price is unknown; they are not in <see cref="CostUsd"/>.</summary>
    public long Unpriced { get; init; }

    /// <summary>US dollars that providers' prompt caches saved.</summary>
    public decimal SavedUsd { get; init; }

    /// <summary>Time that calls waited for their turn, in milliseconds; null where nothing makes calls wait.</summary>
    public UsageTimes? Queue { get; init; }

    /// <summary>Time to the first token, in milliseconds; null where none came.</summary>
    public UsageTimes? FirstToken { get; init; }

    /// <summary>Output tokens a second, from first token to end, over the completed calls; null where none is.</summary>
    public double? TokensPerSecond { get; init; }

    /// <summary>Calls that run, or whose end nobody saw.</summary>
    public long Open { get; init; }

    /// <summary>Calls that failed before their first token.</summary>
    public long Failed { get; init; }

    /// <summary>Calls whose answer broke off.</summary>
    public long Interrupted { get; init; }

    /// <summary>Calls that were cancelled.</summary>
    public long Cancelled { get; init; }

    /// <summary>Calls that were not the first of their step: retries, other models, hedges.</summary>
    public long Retries { get; init; }

    /// <summary>Function calls that ran or were rejected; null where they are not told apart by this group.</summary>
    public long? FunctionCalls { get; init; }

    /// <summary>Of those, that failed or were rejected.</summary>
    public long? FunctionFailures { get; init; }

    /// <summary>The part of calls that failed.</summary>
    public double ErrorRate => Part(Failed);

    /// <summary>The part of calls whose answer broke off.</summary>
    public double InterruptionRate => Part(Interrupted);

    /// <summary>The part of calls that were not the first of their step.</summary>
    public double RetryRate => Part(Retries);

    /// <summary>The part of function calls that failed or were rejected; null where there were none.</summary>
    public double? FunctionFailureRate => FunctionCalls is > 0 ? (double)FunctionFailures!.Value / FunctionCalls.Value : null;

    private double Part(long count) => Attempts == 0 ? 0 : (double)count / Attempts;
}

/// <summary>Percentiles in milliseconds: the smallest time that so many of a hundred do not exceed.</summary>
/// <param name="P50">The median.</param>
/// <param name="P95">Of a hundred, 95 take no longer.</param>
/// <param name="P99">Of a hundred, 99 take no longer.</param>
public sealed record UsageTimes(double P50, double P95, double P99);
