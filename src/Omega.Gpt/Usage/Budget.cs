namespace Omega.Gpt;

/// <summary>
/// Most money that may be spent, in US dollars; a limit that is null does not hold. Each call of a model reserves what it may cost at most
/// before it is sent, so that calls at one time cannot spend more than there is.
/// </summary>
/// <remarks>
/// What is left also bounds the answer: where the model's longest answer would cost more, it is asked for a shorter one. A request that cannot
/// be paid for any more fails with <see cref="GptErrorKind.BudgetExceeded"/> before it is sent.
/// </remarks>
public sealed record Budget
{
    /// <summary>For one turn, with all its steps, retries and other models tried.</summary>
    /// <value>Above 0. Default null.</value>
    public decimal? PerTurn { get; init; }

    /// <summary>For one conversation, as long as the ledger keeps it.</summary>
    /// <value>Above 0. Default null.</value>
    public decimal? PerSession { get; init; }

    /// <summary>For one day of UTC, over everything that the ledger counts.</summary>
    /// <value>Above 0. Default null.</value>
    public decimal? PerDay { get; init; }

    /// <summary>For one month of UTC, over everything that the ledger counts.</summary>
    /// <value>Above 0. Default null.</value>
    public decimal? PerMonth { get; init; }

    /// <summary>The part of a limit at which <see cref="BudgetWarningEvent"/> tells of it.</summary>
    /// <value>Above 0, up to 1. Default 0.8.</value>
    public double WarnAt { get; init; } = 0.8;

    /// <summary>Whether a model whose price is unknown may be asked under a limit; what it costs is then not counted. Default false.</summary>
    public bool AllowUnpriced { get; init; }

    /// <summary>Checks ranges.</summary>
    /// <exception cref="GptException">A limit or <see cref="WarnAt"/> is out of range; the message names it, its value and the range.</exception>
    public void Validate()
    {
        Check(nameof(PerTurn), PerTurn);
        Check(nameof(PerSession), PerSession);
        Check(nameof(PerDay), PerDay);
        Check(nameof(PerMonth), PerMonth);
        if (WarnAt is not (> 0 and <= 1))
            throw Invalid(nameof(WarnAt), FormattableString.Invariant($"{WarnAt}"), "above 0, up to 1");
    }

    private static void Check(string name, decimal? limit)
    {
        if (limit is not null and not (> 0 and <= Picodollars.MostUsd))
            throw Invalid(name, FormattableString.Invariant($"{limit} US dollars"), FormattableString.Invariant($"above 0, up to {Picodollars.MostUsd}"));
    }

    private static GptException Invalid(string name, string value, string range) =>
        new(GptErrorKind.BadRequest, $"Budget.{name} is {value}; allowed: {range}.") { Phase = GptPhase.Request };
}
