namespace Omega.Desk.Prose;

/// <summary>"EMA 20 and EMA 50 are at 63,000 and 62,100": as many figures in a row as names in a row belong together in their order.</summary>
internal static class Lists
{
    public static void InOrder(ProseText prose)
    {
        for (var i = 0; i + 1 < prose.Figures.Count; i++)
        {
            var end = i + 1;
            while (end < prose.Figures.Count && Joined(prose, prose.Figures[end - 1].End, prose.Figures[end].First))
                end++;
            if (end - i > 1)
            {
                Assign(prose, i, end);
                Share(prose, i, end);
                i = end - 1;
            }
        }
    }

    /// <summary>"389 against 841 trades": what is named behind the last is meant of all.</summary>
    private static void Share(ProseText prose, int from, int end)
    {
        var last = prose.Figures[end - 1];
        if (last.Labels.Find(label => label.First >= last.End) is not { } shared)
            return;
        for (var i = from; i < end - 1; i++)
        {
            if (prose.Figures[i].Labels.Count == 0)
                prose.Figures[i].Labels.Add(shared);
        }
    }

    private static void Assign(ProseText prose, int from, int to)
    {
        foreach (var kind in (ReadOnlySpan<TermKind>)[TermKind.Quantity, TermKind.Market, TermKind.Timeframe, TermKind.Strategy])
        {
            if (Names(prose, prose.Figures[from], kind, to - from) is not { } names)
                continue;
            for (var i = 0; i < names.Count; i++)
                Assign(prose.Figures[from + i], names[i], kind);
        }
    }

    /// <summary>The nearest so many names in a row before a figure, in their order; null where there are more or fewer.</summary>
    private static List<Mention>? Names(ProseText prose, ProseFigure first, TermKind kind, int count)
    {
        var block = prose.BlockAt[first.At];
        var names = new List<Mention>();
        for (var at = first.First - 1; at >= block.First && prose.Sentences[at] == prose.Sentences[first.At]; at--)
        {
            if (kind == TermKind.Quantity && prose.FigureAt[at] is not null)
                break;
            if (prose.MentionAt[at] is not { } mention)
                continue;
            at = mention.First;
            if (mention.Term.Kind != kind || mention.Term.IsWeak)
                continue;
            if (names.Count > 0 && !Joined(prose, mention.End, names[^1].First))
            {
                if (names.Count > 1 || kind == TermKind.Quantity)
                    break;
                names.Clear();
            }

            names.Add(mention);
        }

        names.Reverse();
        return names.Count == count ? names : null;
    }

    private static void Assign(ProseFigure figure, Mention name, TermKind kind)
    {
        switch (kind)
        {
            case TermKind.Quantity:
                foreach (var label in figure.Labels)
                    label.Owner = null;
                figure.Labels.Clear();
                figure.Labels.Add(name);
                name.Owner = figure;
                break;
            case TermKind.Market:
                figure.Market = name.Term.Names[0];
                break;
            case TermKind.Timeframe:
                figure.Timeframe = name.Term.Names[0];
                break;
            default:
                figure.Strategy = name.Term.Names[0];
                break;
        }
    }

    /// <summary>Whether nothing but "and", commas and slashes stands between two places.</summary>
    private static bool Joined(ProseText prose, int from, int to)
    {
        if (to - from is < 1 or > 3)
            return false;
        for (var at = from; at < to; at++)
        {
            if (prose.Tokens[at].Text is not ("and" or "," or "/" or "&" or "the" or "or" or "respectively" or "vs" or "versus" or "against" or "to" or "."))
                return false;
        }

        return prose.BlockAt[from] == prose.BlockAt[to];
    }
}
