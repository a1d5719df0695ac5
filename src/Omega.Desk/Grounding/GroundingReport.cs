using Omega.Gpt;

namespace Omega.Desk;

/// <summary>The figures that an answer claims, each with where it comes from or why it was traced to nothing. Immutable.</summary>
public sealed class GroundingReport
{
    internal GroundingReport(IReadOnlyList<AnswerFigure> figures, bool isCut)
    {
        (Figures, IsCut) = (figures, isCut);
        Matched = figures.Count(figure => figure.Trace is not null);
    }

    /// <summary>All of them, in the order of the text.</summary>
    public IReadOnlyList<AnswerFigure> Figures { get; }

    /// <summary>How many were traced.</summary>
    public int Matched { get; }

    /// <summary>How many were not.</summary>
    public int Unmatched => Figures.Count - Matched;

    /// <summary>Whether the answer or the results were longer than what is looked at (see <see cref="Grounding"/>).</summary>
    public bool IsCut { get; }

    /// <summary>One <c>ungrounded</c> remark for each figure that was traced to nothing, then one of kind <c>grounding</c> with the counts.</summary>
    public IReadOnlyList<AnnotationEvent> ToAnnotations() => GroundingAnnotations.Of(this);
}
