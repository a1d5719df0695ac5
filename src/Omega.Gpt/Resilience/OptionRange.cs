namespace Omega.Gpt.Resilience;

/// <summary>Checks options of the pipeline, all in one sentence of the same form.</summary>
internal static class OptionRange
{
    /// <exception cref="GptException">The value is out of range.</exception>
    public static void Check(bool holds, string option, object? value, string range)
    {
        if (!holds)
            throw new GptException(GptErrorKind.BadRequest, FormattableString.Invariant($"{option} is {value}; allowed: {range}.")) { Phase = GptPhase.Request };
    }

    /// <exception cref="GptException">The time is zero, negative, or longer than a day.</exception>
    public static void Check(TimeSpan? time, string option) =>
        Check(time is null || (time > TimeSpan.Zero && time <= TimeSpan.FromDays(1)), option, time, "above zero, up to 24 hours");
}
