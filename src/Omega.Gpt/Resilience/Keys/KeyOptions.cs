namespace Omega.Gpt.Resilience;

/// <summary>How long a key rests after a provider refused it.</summary>
public sealed record KeyOptions
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    /// <summary>How long a key rests after a 429 that does not say for how long.</summary>
    /// <value>Default 20 s; above zero, up to 30 days.</value>
    public TimeSpan CoolingFor { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long a key without money or quota rests before it is tried again.</summary>
    /// <value>Default 1 h; above zero, up to 30 days.</value>
    public TimeSpan ExhaustedFor { get; init; } = TimeSpan.FromHours(1);

    /// <exception cref="GptException">A value is out of range.</exception>
    internal void Validate()
    {
        Check(nameof(CoolingFor), CoolingFor);
        Check(nameof(ExhaustedFor), ExhaustedFor);

        static void Check(string name, TimeSpan value)
        {
            if (value <= TimeSpan.Zero || value > Longest)
                throw new GptException(GptErrorKind.BadRequest, $"KeyOptions.{name} is {value}; allowed: above zero, up to 30 days.") { Phase = GptPhase.Request };
        }
    }
}
