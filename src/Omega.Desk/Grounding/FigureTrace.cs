namespace Omega.Desk;

/// <summary>How a figure follows from results.</summary>
public enum FigureTraceKind
{
    /// <summary>It is a figure of a result.</summary>
    Cited,

    /// <summary>The first of two figures less the second.</summary>
    Difference,

    /// <summary>The first over the second.</summary>
    Ratio,

    /// <summary>The first less the second, over the second.</summary>
    Change,
}

/// <summary>Where a figure comes from.</summary>
/// <param name="Kind">How it follows.</param>
/// <param name="Origins">One figure of a result; two for a difference, a ratio and a change, in that order.</param>
public sealed record FigureTrace(FigureTraceKind Kind, IReadOnlyList<FigureOrigin> Origins);

/// <summary>A figure in a function's result.</summary>
/// <param name="Ref">The result's own <c>ref</c>, or else the id of its call.</param>
/// <param name="Source">The data it was computed from, such as <c>SIM:42</c>; null where the result does not say.</param>
/// <param name="Path">Where it stands in the result: a JSON Pointer (RFC 6901).</param>
/// <param name="Value">Its value as it stands there.</param>
/// <param name="Unit">Its unit in the result's words; null where unknown.</param>
public sealed record FigureOrigin(string Ref, string? Source, string Path, double Value, string? Unit);
