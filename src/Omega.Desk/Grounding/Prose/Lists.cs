namespace Omega.Desk;

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
                i = end - 1;
            }
        }
    }

    private static void Assign(ProseText prose, int from, int to)
    {
        var block = prose.BlockAt[prose.Figures[from].At];
        var names = new List<Mention>();
        var at = prose.Figures[from].First - 1;
        for (; at >= block.First && prose.FigureAt[at] is null && names.Count <= to - from; at--)
        {
            if (prose.MentionAt[at] is not { } mention)
                continue;
            at = mention.First;
            if (mention.Term.IsWeak || (names.Count > 0 && !IsLike(mention, names[0])))
                continue;
            if (names.Count > 0 && !Joined(prose, mention.End, names[^1].First))
                break;
            if (mention.IsQuantity || names.Count > 0 || mention.Term.Kind is TermKind.Timeframe or TermKind.Market or TermKind.Strategy)
                names.Add(mention);
        }

        if (names.Count != to - from)
            return;
        names.Reverse();
        for (var i = 0; i < names.Count; i++)
        {
            var figure = prose.Figures[from + i];
            switch (names[i].Term.Kind)
            {
                case TermKind.Quantity:
                    foreach (var label in figure.Labels)
                        label.Owner = null;
                    figure.Labels.Clear();
                    figure.Labels.Add(names[i]);
                    names[i].Owner = figure;
                    break;
                case TermKind.Market:
                    figure.Market = names[i].Term.Names[0];
                    break;
                case TermKind.Timeframe:
                    figure.Timeframe = names[i].Term.Names[0];
                    break;
                case TermKind.Strategy:
                    figure.Strategy = names[i].Term.Names[0];
                    break;
            }
        }
    }

    private static bool IsLike(Mention one, Mention other) => one.Term.Kind == other.Term.Kind;

    /// <summary>Whether nothing but "and", commas and slashes stands between two places.</summary>
    private static bool Joined(ProseText prose, int from, int to)
    {
        if (to - from is < 1 or > 3)
            return false;
        for (var at = from; at < to; at++)
        {
            if (prose.Tokens[at].Text is not ("and" or "," or "/" or "&" or "the" or "or" or "respectively"))
                return false;
        }

        return prose.BlockAt[from] == prose.BlockAt[to];
    }
}
