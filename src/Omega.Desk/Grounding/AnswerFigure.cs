namespace Omega.Desk;

/// <summary>A figure that an answer claims.</summary>
public sealed record AnswerFigure
{
    /// <summary>Where it begins in the answer, in UTF-16 code units.</summary>
    public required int Start { get; init; }

    /// <summary>Its length with sign and unit, in UTF-16 code units.</summary>
    public required int Length { get; init; }

    /// <summary>It as it is written.</summary>
    public required string Text { get; init; }

    /// <summary>Its value in <see cref="Unit"/>: 64200 for <c>$64.2k</c>, 3.2 for <c>3.2 %</c>. Negative where a sign or a word says so.</summary>
    public required double Value { get; init; }

    /// <summary>What it is counted in.</summary>
    public required FigureUnit Unit { get; init; }

    /// <summary>Where it comes from; null where it was traced to nothing.</summary>
    public FigureTrace? Trace { get; init; }

    /// <summary>Why it was traced to nothing; null where it was traced.</summary>
    public UngroundedReason? Reason { get; init; }

    /// <summary>The figure that was perhaps meant: of the quantity that is named, or of the value that is given. Null where none is near.</summary>
    public FigureOrigin? Nearest { get; init; }
}
