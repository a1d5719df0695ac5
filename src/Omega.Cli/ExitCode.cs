using Omega.Gpt;

namespace Omega.Cli;

/// <summary>What the program tells the shell.</summary>
internal static class ExitCode
{
    public const int Answered = 0;
    public const int Failed = 1;
    public const int Usage = 2;
    public const int Unreachable = 3;
    public const int Access = 4;
    public const int TimedOut = 124;
    public const int Interrupted = 130;

    /// <summary>The reader of standard output went away; what a shell reports for a program that SIGPIPE ended.</summary>
    public const int OutputClosed = 141;

    public const int Terminated = 143;

    /// <summary>The code for a turn that failed, or could not begin.</summary>
    public static int Of(GptException exception) => exception.Kind switch
    {
        GptErrorKind.Authentication or GptErrorKind.Permission or GptErrorKind.QuotaExceeded => Access,
        GptErrorKind.Connection => Unreachable,
        GptErrorKind.Timeout when exception.Phase == GptPhase.Connect => Unreachable,
        GptErrorKind.Timeout => TimedOut,
        _ when exception is ConversationException => Failed,
        GptErrorKind.BadRequest or GptErrorKind.ModelNotFound when exception.Phase == GptPhase.Request => Usage,
        _ => Failed,
    };

    /// <summary>The code for a turn that ended with its terminal event.</summary>
    public static int Of(TurnCompletedEvent completed) =>
        completed.FinishReason is FinishReason.Refusal or FinishReason.ContentFilter ? Failed : Answered;
}
