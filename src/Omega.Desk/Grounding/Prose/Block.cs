namespace Omega.Desk.Prose;

/// <summary>What a block of an answer is.</summary>
internal enum BlockKind
{
    Paragraph,
    Item,
    Heading,
    Row,
}

/// <summary>A paragraph, an item of a list, a heading or a row of a table.</summary>
internal sealed class Block
{
    public required BlockKind Kind { get; init; }

    /// <summary>Its first token.</summary>
    public required int First { get; init; }

    /// <summary>Behind its last token.</summary>
    public int End { get; set; }

    /// <summary>How far the line is indented.</summary>
    public int Indent { get; init; }

    /// <summary>The heading that it stands under.</summary>
    public Block? Heading { get; init; }

    /// <summary>The line that ends in a colon, or the item, that it stands below.</summary>
    public Block? Lead { get; init; }

    /// <summary>The first row of its table, this one included.</summary>
    public Block? Header { get; init; }

    /// <summary>Whether it ends in a colon.</summary>
    public bool IsLead { get; set; }
}
