namespace Omega.Desk.Prose;

/// <summary>A figure in a table is named by the head of its column and of its row.</summary>
internal static class Tables
{
    /// <summary>Adds the names in the heads; false where there are none.</summary>
    public static bool Name(ProseText prose, ProseFigure figure, Block row)
    {
        var (column, found) = (Column(prose, row, figure.At), false);
        foreach (var at in Heads(prose, row, column))
        {
            if (prose.MentionAt[at] is { IsQuantity: true } mention && mention.First == at && !figure.Labels.Contains(mention))
            {
                figure.Labels.Add(mention);
                found = true;
            }
        }

        Unit(prose, figure, row, column);
        return found;
    }

    /// <summary>The tokens of the head of a figure's column, then of its row.</summary>
    public static IEnumerable<int> Heads(ProseText prose, Block row, int column)
    {
        if (row.Header is { } header && header != row)
        {
            foreach (var at in Cell(prose, header, column))
                yield return at;
        }

        if (column == 1)
            yield break;
        foreach (var at in Cell(prose, row, 1))
            yield return at;
    }

    /// <summary>The column of a token, from 1.</summary>
    public static int Column(ProseText prose, Block row, int token)
    {
        var column = 0;
        for (var at = row.First; at < token; at++)
            column += prose.Tokens[at].Is('|') ? 1 : 0;
        return column;
    }

    private static IEnumerable<int> Cell(ProseText prose, Block row, int column)
    {
        var current = 0;
        for (var at = row.First; at < row.End && current <= column; at++)
        {
            if (prose.Tokens[at].Is('|'))
                current++;
            else if (current == column)
                yield return at;
        }
    }

    /// <summary>"Return (%)" over a column gives its figures their unit.</summary>
    private static void Unit(ProseText prose, ProseFigure figure, Block row, int column)
    {
        if (figure.Unit != FigureUnit.Number || row.Header is not { } header || header == row)
            return;
        foreach (var at in Cell(prose, header, column))
        {
            var unit = prose.Tokens[at].Text switch
            {
                "%" or "pct" or "percent" => FigureUnit.Percent,
                "bps" => FigureUnit.BasisPoints,
                "$" or "usd" or "usdt" => FigureUnit.Currency,
                _ => FigureUnit.Number,
            };
            if (unit != FigureUnit.Number && (prose.MentionAt[at] is null || unit == FigureUnit.Percent))
                figure.Unit = unit;
        }
    }
}
