using Omega.Gpt.Resilience;

namespace Omega.Gpt;

/// <summary>When a model that fails again and again is left alone for a while. One request then tries whether it is back.</summary>
public sealed record BreakerOptions
{
    /// <summary>The share of calls that must fail within <see cref="Window"/>.</summary>
    /// <value>Above 0, up to 1. Default: 0.5.</value>
    public double FailureShare { get; init; } = 0.5;

    /// <summary>The calls that must have been made within <see cref="Window"/>. A stream that breaks counts as one that went well and one that failed.</summary>
    /// <value>2 to 10,000. Default: 8.</value>
    public int MinCalls { get; init; } = 8;

    /// <summary>The time over which calls are counted.</summary>
    /// <value>1 second to 24 hours. Default: 30 seconds.</value>
    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the model is left alone.</summary>
    /// <value>1 second to 24 hours. Default: 15 seconds.</value>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(15);

    /// <exception cref="GptException">An option is out of range.</exception>
    internal void Validate()
    {
        OptionRange.Check(FailureShare is > 0 and <= 1, $"Breaker.{nameof(FailureShare)}", FailureShare, "above 0, up to 1");
        OptionRange.Check(MinCalls is >= 2 and <= 10_000, $"Breaker.{nameof(MinCalls)}", MinCalls, "2 to 10000");
        CheckTime(Window, nameof(Window));
        CheckTime(Pause, nameof(Pause));

        static void CheckTime(TimeSpan time, string option) =>
            OptionRange.Check(time >= TimeSpan.FromSeconds(1) && time <= TimeSpan.FromDays(1), $"Breaker.{option}", time, "1 second to 24 hours");
    }
}
