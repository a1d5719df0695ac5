namespace Omega.Desk.Prose;

/// <summary>A term where it stands in a text.</summary>
/// <param name="term">The term.</param>
/// <param name="first">Its first token.</param>
/// <param name="end">Behind its last token.</param>
internal sealed class Mention(Term term, int first, int end)
{
    public Term Term { get; } = term;

    public int First { get; } = first;

    /// <summary>Behind its last token, numbers of its name included.</summary>
    public int End { get; set; } = end;

    /// <summary>Numbers of its name, as in EMA 20; null for none.</summary>
    public List<double>? Lengths { get; set; }

    /// <summary>What it says besides, with the words around it.</summary>
    public List<Modifier> Modifiers { get; } = [.. term.Modifiers];

    /// <summary>Of a modifier: whether it belongs to a quantity beside it.</summary>
    public bool IsAttached { get; set; }

    /// <summary>The figure right beside it.</summary>
    public ProseFigure? Owner { get; set; }

    public bool IsQuantity => Term.Kind == TermKind.Quantity;
}
