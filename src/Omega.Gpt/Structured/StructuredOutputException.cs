using Omega.Gpt.Functions.Schema;

namespace Omega.Gpt;

/// <summary>
/// The model did not give the typed answer: it stayed wrong after the last repair, was cut at the output limit, was filtered, or the
/// model refused. <see cref="GptException.PartialText"/> is what it wrote.
/// </summary>
public sealed class StructuredOutputException : GptException
{
    internal StructuredOutputException(GptErrorKind kind, string message, FinishReason finishReason, IReadOnlyList<SchemaError> errors, Exception? innerException = null)
        : base(kind, message, innerException)
    {
        FinishReason = finishReason;
        Errors = errors;
        Phase = GptPhase.Step;
    }

    /// <summary>Why the model stopped.</summary>
    public FinishReason FinishReason { get; }

    /// <summary>What is wrong with the last answer; empty where there was none to check.</summary>
    public IReadOnlyList<SchemaError> Errors { get; }
}
