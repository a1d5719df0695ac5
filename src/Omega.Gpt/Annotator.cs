namespace Omega.Gpt;

/// <summary>
/// Looks at an answer before its turn is completed, and remarks on it. The remarks are events of the turn, just before
/// <see cref="TurnCompletedEvent"/>. Called once for a turn that completes, never for one that failed or was cancelled.
/// </summary>
/// <param name="answer">The turn.</param>
/// <param name="cancellationToken">Cancelled with the turn.</param>
/// <returns>The remarks, in their order; empty for none.</returns>
/// <remarks>As with <see cref="TurnOptions.StreamCallback"/>, an exception from it ends the turn.</remarks>
public delegate ValueTask<IReadOnlyList<AnnotationEvent>> Annotator(AnsweredTurn answer, CancellationToken cancellationToken);

/// <summary>A turn whose answer is whole.</summary>
public sealed record AnsweredTurn
{
    /// <summary>The turn's id.</summary>
    public required string Turn { get; init; }

    /// <summary>All text of the answer, over all steps: that of <see cref="TurnCompletedEvent.Text"/>.</summary>
    public required string Text { get; init; }

    /// <summary>
    /// The conversation, oldest first, with this turn at its end: the input, what the model said and called, and the results. The messages
    /// of this turn have its id as <see cref="Message.Turn"/>.
    /// </summary>
    public required IReadOnlyList<Message> Messages { get; init; }
}
