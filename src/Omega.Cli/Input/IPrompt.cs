using Omega.Cli.Editing;

namespace Omega.Cli.Input;

/// <summary>Asks a person, or a program that pretends to be one, for a line.</summary>
internal interface IPrompt
{
    /// <summary>Asks; where it is given up, the cursor is left on a line of its own.</summary>
    /// <param name="question">What stands before the answer, and what helps with writing it.</param>
    /// <param name="cancellationToken">Gives up; what then comes is the next question's.</param>
    ValueTask<PromptAnswer> AskAsync(PromptQuestion question, CancellationToken cancellationToken = default);
}

/// <summary>A question.</summary>
/// <param name="Invitation">What stands before the answer.</param>
internal sealed record PromptQuestion(string Invitation)
{
    /// <summary>Whether a line above keeps it apart from what was before.</summary>
    public bool IsSpaced { get; init; }

    /// <summary>What Up and Down go through; null for none.</summary>
    public LineHistory? History { get; init; }

    /// <summary>What Tab may make of what is written; null for nothing.</summary>
    public Func<string, IReadOnlyList<string>>? Complete { get; init; }

    /// <summary>Whether Ctrl-C is an answer, where the prompt can tell; otherwise it is a signal.</summary>
    public bool TakesInterrupt { get; init; }
}

/// <summary>How a question was answered.</summary>
internal enum PromptEnd
{
    Line,

    /// <summary>Ctrl-C: what was written is dropped.</summary>
    Interrupt,

    /// <summary>There is nothing more to come.</summary>
    EndOfInput,
}

/// <summary>An answer.</summary>
/// <param name="End">How it ended.</param>
/// <param name="Text">What was written; after an interrupt what is dropped.</param>
internal readonly record struct PromptAnswer(PromptEnd End, string Text)
{
    /// <summary>The line; null where none came.</summary>
    public string? Line => End == PromptEnd.Line ? Text : null;
}
