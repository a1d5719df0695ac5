using Omega.Desk.Prose;

namespace Omega.Desk.Facts;

/// <summary>What the objects around a figure say of it.</summary>
/// <param name="Ref">The source to cite.</param>
/// <param name="IsGiven">Whether it was said by a person or is an argument.</param>
internal sealed record Scope(string Ref, bool IsGiven)
{
    public string? Source { get; init; }

    public string? Market { get; init; }

    public string? Quote { get; init; }

    public string? Timeframe { get; init; }

    public string? Strategy { get; init; }

    public IReadOnlyList<Modifier> Modifiers { get; init; } = [];

    /// <summary>The nearest property around it that names a quantity; else an empty one.</summary>
    public Key Key { get; init; } = Key.Empty;

    /// <summary>That property's name, or the nearest property's.</summary>
    public string? Name { get; init; }

    /// <summary>The scope within a property.</summary>
    public Scope Within(Key key, string name)
    {
        // Candles and trades are lists of figures, not figures; a weak name yields to what is around it.
        var names = key.Names.Length > 0 && !(key.Names is ["bars"] or ["trades"]) && !(key.IsWeak && Key.Names.Length > 0);
        return this with
        {
            Key = names ? key : Key,
            Name = name,
            Modifiers = key.Modifiers.Length == 0 ? Modifiers : [.. Modifiers, .. key.Modifiers],
            Strategy = key.Strategy ?? Strategy,
            Timeframe = key.Timeframe ?? Timeframe,
            Market = key.Market ?? Market,
        };
    }
}
