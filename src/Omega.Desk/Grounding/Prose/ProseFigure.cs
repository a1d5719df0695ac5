namespace Omega.Desk.Prose;

/// <summary>A figure in a text, as it is written, with what is said of it.</summary>
internal sealed class ProseFigure
{
    /// <summary>Its first token, sign and currency included.</summary>
    public required int First { get; init; }

    /// <summary>Its number's token.</summary>
    public required int At { get; init; }

    /// <summary>Behind its last token, unit included.</summary>
    public required int End { get; set; }

    /// <summary>Without sign, in <see cref="Unit"/>.</summary>
    public required double Magnitude { get; set; }

    /// <summary>What its last digit counts, in <see cref="Unit"/>.</summary>
    public required double Step { get; set; }

    public required int Digits { get; init; }

    /// <summary>Whether it has neither point, comma, scale nor exponent.</summary>
    public required bool IsWhole { get; set; }

    public FigureUnit Unit { get; set; }

    /// <summary>The currency or asset that is named, in lower case; null where none is.</summary>
    public string? Code { get; set; }

    /// <summary>1 or −1 where it is written with a sign, else 0.</summary>
    public int Sign { get; set; }

    /// <summary>What a word beside it says of its sign.</summary>
    public int Direction { get; set; }

    /// <summary>Whether a word says that it is rounded freely.</summary>
    public bool IsAbout { get; set; }

    /// <summary>1 where the true value is somewhat above, −1 where it is somewhat below, else 0.</summary>
    public int Bound { get; set; }

    /// <summary>Quantities that it may be a figure of, nearest first.</summary>
    public List<Mention> Labels { get; } = [];

    /// <summary>Whether a quantity is named right beside it.</summary>
    public bool IsDirect { get; set; }

    /// <summary>Whether it is one end of a range, as in "62.9k–65.4k".</summary>
    public bool IsRange { get; set; }

    /// <summary>Whether buying and holding, with which strategies are compared, is spoken of near it.</summary>
    public bool IsBesideHolding { get; set; }

    /// <summary>Whether it has to be one of them; else they only help.</summary>
    public bool IsStrict { get; set; }

    /// <summary>The market, timeframe and strategy that it is said to be of; null where nothing says so.</summary>
    public string? Market { get; set; }

    public string? Timeframe { get; set; }

    public string? Strategy { get; set; }

    /// <summary>What the sentence says besides: the confidence, the side.</summary>
    public List<Modifier> Context { get; } = [];

    /// <summary>The sentence it stands in.</summary>
    public int Sentence { get; set; }

    /// <summary>Value with its sign.</summary>
    public double Value => (Sign != 0 ? Sign : Direction < 0 ? -1 : 1) * Magnitude;
}
