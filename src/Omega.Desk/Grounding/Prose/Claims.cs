using Omega.Desk.Facts;

namespace Omega.Desk.Prose;

/// <summary>Numbers that claim nothing: lengths of time that are no quantity, thresholds of textbooks, what an answer counts of its own.</summary>
internal static class Claims
{
    public static bool IsNone(ProseText prose, ProseFigure figure)
    {
        var block = prose.BlockAt[figure.At];
        return figure.Unit switch
        {
            FigureUnit.Duration => !figure.Labels.Exists(label => label.Term.Unit == FactUnit.Seconds),
            FigureUnit.Number => figure.IsWhole && (IsThreshold(prose, figure) || IsScale(prose, figure, block) || IsOwnCount(prose, figure, block) || IsWindow(prose, figure, block)),
            FigureUnit.Percent => figure.IsWhole && IsTail(prose, figure, block),
            _ => false,
        };
    }

    /// <summary>"The worst 5 % of the paths": a number of a name in the results.</summary>
    private static bool IsTail(ProseText prose, ProseFigure figure, Block block)
    {
        if (!prose.Vocabulary.HasAnyLength(figure.Magnitude))
            return false;
        var (before, after) = (prose.At(figure.First - 1, block).Text, prose.At(figure.End, block).Text);
        return before is "worst" or "best" or "bottom" or "top" or "lowest" or "highest" || after is "worst" or "best" or "tail" or "quantile" or "lowest" or "highest";
    }

    /// <summary>"RSI above 70 is overbought" says nothing of this RSI.</summary>
    private static bool IsThreshold(ProseText prose, ProseFigure figure)
    {
        if (!figure.Labels.Exists(label => label.Term.Names[0] is "rsi" or "stochastic" or "mfi" or "adx") || figure.Magnitude is not (20 or 25 or 30 or 40 or 50 or 60 or 70 or 80 or 100 or 0))
            return false;
        var block = prose.BlockAt[figure.At];
        for (var at = figure.First - 1; at >= Math.Max(block.First, figure.First - 4); at--)
        {
            if (prose.Tokens[at].Is('>') || prose.Tokens[at].Is('<') || prose.Tokens[at].Text is "above" or "below" or "over" or "under" or "beyond" or "between" or "than" or "crosses" or "exceeds" or "the" or "threshold" or "past" or "cross")
                return true;
        }

        return prose.At(figure.End, block).Text is "threshold" or "line" or "mark" or "level";
    }

    /// <summary>"Out of 100", "on a scale of 0 to 100", "0–100".</summary>
    private static bool IsScale(ProseText prose, ProseFigure figure, Block block)
    {
        var (one, two, after) = (prose.At(figure.First - 1, block), prose.At(figure.First - 2, block), prose.At(figure.End, block));
        if (figure.Magnitude is 100 or 10 or 5 && ((one.Text == "of" && two.Text == "out") || one.Is('/')))
            return true;
        return (figure.Magnitude == 0 && after.Text is "to" or "–" or "-" && prose.At(figure.End + 1, block).Text is "100" or "1")
            || (figure.Magnitude is 100 or 1 && one.Text is "to" or "–" or "-" && two.Text == "0");
    }

    private static bool IsOwnCount(ProseText prose, ProseFigure figure, Block block)
    {
        if (figure.Magnitude > 31)
            return false;

        // "Step 2", "scenario 1".
        if (prose.At(figure.First - 1, block) is { IsWord: true } before && WordLists.OwnCounts.Contains(before.Text) && !before.Text.EndsWith('s'))
            return true;
        for (var at = figure.End; at < Math.Min(block.End, figure.End + 3); at++)
        {
            if (!prose.Tokens[at].IsWord || prose.MentionAt[at] is { IsQuantity: true, Term.IsWeak: false })
                return false;
            if (WordLists.OwnCounts.Contains(prose.Tokens[at].Text))
                return true;
        }

        return false;
    }

    /// <summary>"Over the last 20 bars": a length in a name of the results.</summary>
    private static bool IsWindow(ProseText prose, ProseFigure figure, Block block)
    {
        if (!figure.Labels.Exists(label => label.Term.Names[0] == "bars") || !prose.Vocabulary.HasAnyLength(figure.Magnitude))
            return false;
        for (var at = figure.First - 1; at >= Math.Max(block.First, figure.First - 3); at--)
        {
            if (prose.Tokens[at].Text is "last" or "past" or "over" or "previous" or "within" or "every" or "per" or "next" or "of" or "rolling" or "in" or "for" or "after")
                return true;
        }

        return false;
    }
}
