using Omega.Gpt.Resilience;

namespace Omega.Gpt;

/// <summary>
/// When the next model is asked beside one that has not spoken yet. What begins to answer first goes on alone; both calls cost money.
/// </summary>
public sealed record HedgeOptions
{
    /// <summary>How long the first model has, until 20 of its answers are known; from then on it has the time within which 95 of its last 100 answers began.</summary>
    /// <value>Above zero, up to 24 hours. Default: 5 seconds.</value>
    public TimeSpan Delay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The least time that the first model has.</summary>
    /// <value>Above zero, up to 24 hours. Default: 250 ms.</value>
    public TimeSpan MinDelay { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <exception cref="GptException">An option is out of range.</exception>
    internal void Validate()
    {
        OptionRange.Check(Delay, $"Hedge.{nameof(Delay)}");
        OptionRange.Check(MinDelay, $"Hedge.{nameof(MinDelay)}");
    }
}
