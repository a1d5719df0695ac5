using Omega.Gpt.Resilience;

namespace Omega.Gpt;

/// <summary>How a request that failed is sent again. One loop for all kinds of failure; nothing beneath it retries.</summary>
public sealed record RetryOptions
{
    /// <summary>How often one model is asked for one step, the first time included.</summary>
    /// <value>1 to 20. Default: 4.</value>
    public int MaxAttempts { get; init; } = 4;

    /// <summary>The median pause before the second attempt; each further one is about twice as long. All are drawn at random around that.</summary>
    /// <value>Above zero, up to 24 hours. Default: 500 ms.</value>
    public TimeSpan Delay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest pause that is chosen here; what a provider asks for may be longer.</summary>
    /// <value>Above zero, up to 24 hours. Default: 20 seconds.</value>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The longest pause that a provider may ask for; where it asks for more, another model is asked, or the turn fails and says when to come back.</summary>
    /// <value>Above zero, up to 24 hours. Default: 60 seconds.</value>
    public TimeSpan MaxRetryAfter { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Retries that one provider gets in a minute over all turns, whatever happens.</summary>
    /// <value>0 to 10,000. Default: 20.</value>
    public int RetriesPerMinute { get; init; } = 20;

    /// <summary>Retries that one provider gets beyond those, as a share of the requests it gets.</summary>
    /// <value>0 to 1. Default: 0.2.</value>
    public double RetryShare { get; init; } = 0.2;

    /// <exception cref="GptException">An option is out of range.</exception>
    internal void Validate()
    {
        OptionRange.Check(MaxAttempts is >= 1 and <= 20, $"Retry.{nameof(MaxAttempts)}", MaxAttempts, "1 to 20");
        OptionRange.Check(Delay, $"Retry.{nameof(Delay)}");
        OptionRange.Check(MaxDelay, $"Retry.{nameof(MaxDelay)}");
        OptionRange.Check(MaxRetryAfter, $"Retry.{nameof(MaxRetryAfter)}");
        OptionRange.Check(RetriesPerMinute is >= 0 and <= 10_000, $"Retry.{nameof(RetriesPerMinute)}", RetriesPerMinute, "0 to 10000");
        OptionRange.Check(RetryShare is >= 0 and <= 1, $"Retry.{nameof(RetryShare)}", RetryShare, "0 to 1");
    }
}
