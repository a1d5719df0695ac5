using System.Globalization;
using Omega.Gpt;

namespace Omega.Cli.Turns;

/// <summary>What becomes of a fault, in one calm line each. Pure.</summary>
internal static class FaultLines
{
    /// <summary>The line; null for an event that is no fault's.</summary>
    public static string? Of(GptEvent gptEvent) => gptEvent switch
    {
        RetryScheduledEvent retry => $"{Word(retry.Kind)}; attempt {retry.Attempt} in {TurnFooter.Seconds(retry.DelayMs)}",
        StreamInterruptedEvent interrupted => string.Create(CultureInfo.InvariantCulture, $"the stream broke after {interrupted.Characters:N0} characters ({Word(interrupted.Kind)})"),
        StreamResumedEvent { Method: "starting_after" } => "it goes on where it broke",
        StreamResumedEvent { Verified: false } => "it goes on from what was shown; nobody can check the joint",
        StreamResumedEvent => "it goes on: what was shown came again, to the character",
        _ => null,
    };

    private static string Word(GptErrorKind kind) => kind switch
    {
        GptErrorKind.RateLimit => "rate limit reached",
        GptErrorKind.Overloaded => "the provider is overloaded",
        GptErrorKind.Server => "the provider failed",
        GptErrorKind.Connection => "the provider could not be reached",
        GptErrorKind.Timeout => "no answer in time",
        GptErrorKind.StreamInterrupted => "the connection broke",
        GptErrorKind.StreamProtocol => "the stream was not sound",
        _ => "the request failed",
    };
}
