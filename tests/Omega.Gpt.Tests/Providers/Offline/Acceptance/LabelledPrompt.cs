namespace Omega.Gpt.Tests.Providers.Offline.Acceptance;

/// <summary>A prompt with what a reasonable person expects of it.</summary>
/// <param name="Text">What the person writes.</param>
/// <param name="Functions">The functions to call, in order of mention; empty when none fits.</param>
public sealed record LabelledPrompt(string Text, params string[] Functions)
{
    /// <summary>Arguments expected of the first function, as JSON; null where the prompt leaves room.</summary>
    public string? Arguments { get; init; }

    /// <summary>A required parameter that the prompt does not give: the answer is a question, not a call. Null when all are given.</summary>
    public string? Missing { get; init; }
}
