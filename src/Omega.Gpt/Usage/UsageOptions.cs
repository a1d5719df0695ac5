namespace Omega.Gpt;

/// <summary>Counting and limiting what is spent. Each call of a model is a row in a ledger, opened before it is sent.</summary>
public sealed record UsageOptions
{
    /// <summary>Where it is written down.</summary>
    public required UsageLedger Ledger { get; init; }

    /// <summary>Most money that may be spent; null for no limit.</summary>
    public Budget? Budget { get; init; }

    /// <summary>
    /// How often a running answer tells what it has cost so far, as <see cref="UsageUpdatedEvent"/> with an estimated cost, where the
    /// model's price is known. Null (the default) tells when the provider does.
    /// </summary>
    /// <value>Above zero.</value>
    public TimeSpan? LiveSpend { get; init; }

    /// <summary>Checks ranges.</summary>
    /// <exception cref="GptException">An option is out of range.</exception>
    internal void Validate()
    {
        Budget?.Validate();
        if (LiveSpend <= TimeSpan.Zero)
            throw new GptException(GptErrorKind.BadRequest, $"UsageOptions.LiveSpend is {LiveSpend}; allowed: above zero.") { Phase = GptPhase.Request };
    }
}
