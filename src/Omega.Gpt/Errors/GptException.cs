namespace Omega.Gpt;

/// <summary>The one exception of the engine. Its message says what was wrong, where, and what to do; it never holds a secret.</summary>
public class GptException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="kind">What went wrong.</param>
    /// <param name="message">What was wrong, the value, and the remedy; without secrets.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public GptException(GptErrorKind kind, string message, Exception? innerException = null)
        : base(message, innerException) => Kind = kind;

    /// <summary>What went wrong.</summary>
    public GptErrorKind Kind { get; }

    /// <summary>Where in the turn.</summary>
    public GptPhase Phase { get; init; }

    /// <summary>The provider's name, when one was involved.</summary>
    public string? Provider { get; init; }

    /// <summary>The model's name, when one was involved.</summary>
    public string? Model { get; init; }

    /// <summary>The HTTP status, when there was one.</summary>
    public int? StatusCode { get; init; }

    /// <summary>The provider's id of the request, for its support; null when it gave none.</summary>
    public string? RequestId { get; init; }

    /// <summary>Whether the same request may succeed later.</summary>
    public bool IsRetryable { get; init; }

    /// <summary>How long the provider asked to wait; null when it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Text of the answer that had arrived; null when none had.</summary>
    public string? PartialText { get; internal set; }

    /// <summary>Which attempt of the step failed, counted from 1.</summary>
    public int Attempt { get; internal set; } = 1;
}
