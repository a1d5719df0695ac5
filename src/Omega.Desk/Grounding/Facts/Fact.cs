using Omega.Desk.Prose;

namespace Omega.Desk.Facts;

/// <summary>A figure of a source, with all that the source says of it.</summary>
internal sealed class Fact
{
    public required string Ref { get; init; }

    public required string? Source { get; init; }

    /// <summary>JSON Pointer; of a text, to it.</summary>
    public required string Pointer { get; init; }

    public required double Value { get; init; }

    public required FactUnit Unit { get; init; }

    /// <summary>The unit in the source's own words.</summary>
    public required string? UnitText { get; init; }

    /// <summary>The currency or asset, in lower case; null where unknown.</summary>
    public required string? Code { get; init; }

    /// <summary>The quantities that it may be called.</summary>
    public required string[] Names { get; init; }

    public required IReadOnlyList<Modifier> Modifiers { get; init; }

    /// <summary>Numbers of its name, as 14 in <c>rsi_14</c>.</summary>
    public required double[] Lengths { get; init; }

    public required string? Market { get; init; }

    public required string? Timeframe { get; init; }

    public required string? Strategy { get; init; }

    /// <summary>Whether it was said by a person or was an argument: repeating it claims nothing.</summary>
    public required bool IsGiven { get; init; }

    /// <summary>How exactly it is known, where it comes from prose; 0 from JSON.</summary>
    public double Step { get; init; }

    public bool Is(string name) => Array.IndexOf(Names, name) >= 0;

    public bool IsAny(System.Collections.Frozen.FrozenSet<string> names)
    {
        foreach (var name in Names)
        {
            if (names.Contains(name))
                return true;
        }

        return false;
    }

    public FigureOrigin ToOrigin() => new(Ref, Source, Pointer, Value, UnitText);
}
