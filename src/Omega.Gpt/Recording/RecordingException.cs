namespace Omega.Gpt;

/// <summary>A recording cannot be read, or a replay left what was recorded.</summary>
public sealed class RecordingException : GptException
{
    /// <summary>A problem with a recording.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    /// <param name="innerException">What caused it; null for nothing.</param>
    public RecordingException(string message, Exception? innerException = null)
        : base(GptErrorKind.BadRequest, message, innerException) => Phase = GptPhase.Request;

    /// <summary>The file; null where there is none.</summary>
    public string? File { get; init; }

    /// <summary>The line, from 1; null where no line is to blame.</summary>
    public long? Line { get; init; }
}
