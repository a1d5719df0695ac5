using Omega.Desk.Facts;

namespace Omega.Desk.Prose;

/// <content>The quantity right beside a figure.</content>
internal sealed partial class Labeller
{
    /// <summary>Gives each figure the quantity right beside it, the nearest pairs first.</summary>
    private void Beside()
    {
        var pairs = new List<(int Gap, bool IsBehind, ProseFigure Figure, Mention Mention)>();
        foreach (var figure in _prose.Figures)
        {
            if (Before(figure, out var distance) is { } before)
                pairs.Add((distance, false, figure, before));
            if (Behind(figure, out distance) is { } behind)
                pairs.Add((distance, true, figure, behind));
        }

        pairs.Sort((one, other) => (one.Gap, one.IsBehind, one.Figure.At).CompareTo((other.Gap, other.IsBehind, other.Figure.At)));
        foreach (var (_, _, figure, mention) in pairs)
        {
            if (mention.Owner is not null || figure.Labels.Count > 0)
                continue;
            mention.Owner = figure;
            figure.Labels.Add(mention);
        }

        foreach (var (gap, _, figure, mention) in pairs)
        {
            if (mention.Owner is null && gap == 0)
            {
                mention.Owner = figure;
                figure.Labels.Add(mention);
            }
        }

        foreach (var figure in _prose.Figures)
        {
            for (var i = figure.Labels.Count - 1; i >= 0; i--)
                Compound(figure, figure.Labels[i]);
        }
    }

    /// <summary>"The DI spread" and "the drawdown of the simulations" go by both names.</summary>
    private void Compound(ProseFigure figure, Mention mention)
    {
        var block = _prose.BlockAt[mention.First];
        var at = mention.First - 1;
        while (at > block.First && mention.First - at < 4 && _tokens[at].Text is "the" or "of" or "its" or "all" or "-")
            at--;
        if (at >= block.First && _prose.MentionAt[at] is { IsQuantity: true, Term.IsWeak: false } other && other != mention && other.Owner is null)
        {
            other.Owner = figure;
            figure.Labels.Add(other);
        }
    }

    private Mention? Before(ProseFigure figure, out int gap)
    {
        var block = _prose.BlockAt[figure.At];
        gap = 0;
        for (var at = figure.First - 1; at >= block.First && gap < 8; gap++)
        {
            if (_prose.MentionAt[at] is { } mention)
            {
                if (mention.IsQuantity && IsName(mention, at, figure))
                    return IsCountOf(figure, mention) ? null : mention;
                if (mention.Term.Kind == TermKind.Market)
                    return figure.Unit is FigureUnit.Currency or FigureUnit.Number && figure.Digits > 2 && gap > 0 && !IsJoinedToQuantity(mention, block) ? new Mention(Price, mention.First, mention.End) : null;
                at = mention.First - 1;
                continue;
            }

            var token = _tokens[at];
            var isLink = token.IsWord ? WordLists.Links.Contains(token.Text) : token.Kind == TokenKind.Symbol && token.Text[0] is ':' or '=' or '(' or '~' or '≈' or '<' or '>' or '±' or '"' or '–' or '—' or '$' or '@';
            if (!isLink)
                return null;
            gap += token.Text is "to" or "from" ? 1 : 0;
            at--;
        }

        return null;
    }

    /// <summary>"RSI for BTC is 63" speaks of the RSI.</summary>
    private bool IsJoinedToQuantity(Mention market, Block block)
    {
        for (var at = market.First - 1; at >= Math.Max(block.First, market.First - 4); at--)
        {
            if (_prose.MentionAt[at] is { IsQuantity: true })
                return true;
        }

        return _prose.At(market.End, block) is { IsWord: true } next && _prose.MentionAt[market.End] is { IsQuantity: true } && next.Text.Length > 0;
    }

    /// <summary>Whether a quantity before a figure names it; "above", "up" and "high" do so only right before it.</summary>
    private bool IsName(Mention mention, int last, ProseFigure figure)
    {
        if (IsMove(mention) && GoesTo(figure))
            return false;
        if (!mention.Term.IsWeak)
            return true;
        if (mention.Term.Names[0] == "distance")
            return false;
        var deals = mention.Term.Names.Contains("trades");
        for (var at = last + 1; at < figure.First; at++)
        {
            if (deals && _tokens[at].Text is "at" or "near" or "just" or "to" or "over" or "under" or "above" or "below")
                continue;
            if (_tokens[at].Text is not ("by" or "of" or "about" or "around" or "roughly" or "approximately" or "nearly" or "almost" or ":" or "=" or "is" or "was" or "(" or "~" or "a"))
                return false;
        }

        return true;
    }

    /// <summary>A rise or fall, which can be a figure's name ("down 3 %") or lead to it ("down to 64,000").</summary>
    private static bool IsMove(Mention mention) => mention.Term.Unit == FactUnit.Unknown && mention.Term.Names.Contains("return") && !mention.Term.Names.Contains("cagr") && mention.Term.Names[0] != "pnl";

    /// <summary>"61 % of trades", "paths end at 5 %": no count.</summary>
    private static bool IsCountOf(ProseFigure figure, Mention mention) => mention.Term.Unit == FactUnit.Count && figure.Unit is not (FigureUnit.Number or FigureUnit.Multiple);

    private static bool IsFirm(ProseFigure figure, Mention label) => (!label.Term.IsWeak || (figure.Unit == FigureUnit.Currency && label.End <= figure.First && label.Term.Names[0] is "price" or "high" or "low" or "open")) && !(IsMove(label) && figure.Unit == FigureUnit.Currency);

    private bool GoesTo(ProseFigure figure)
    {
        var block = _prose.BlockAt[figure.At];
        var at = figure.First - 1;
        while (at >= block.First && _tokens[at].IsWord && WordLists.About.Contains(_tokens[at].Text) && _tokens[at].Text is not "near")
            at--;
        return at >= block.First && figure.Unit is FigureUnit.Currency or FigureUnit.Number && _tokens[at].Text is "to" or "at" or "from" or "near" or "towards" or "toward" or "through" or "past" or "around" or "below" or "above" or "under" or "over";
    }

    private Mention? Behind(ProseFigure figure, out int gap)
    {
        var block = _prose.BlockAt[figure.At];
        gap = 0;
        for (var at = figure.End; at < block.End && gap < 3; gap++)
        {
            if (_prose.MentionAt[at] is { } mention)
            {
                // "2.57 times your account" is no account.
                if (mention.IsQuantity)
                    return (figure.Unit == FigureUnit.Multiple && mention.Term.Unit == FactUnit.Currency) || IsCountOf(figure, mention) ? null : mention;
                if (mention.Term.Kind is TermKind.Market or TermKind.Strategy)
                    return null;
                at = mention.End;
                continue;
            }

            var token = _tokens[at];
            if (token.Text is "of" && gap == 0 && at + 1 < block.End && _prose.MentionAt[at + 1] is { IsQuantity: true } owner && (figure.Unit is FigureUnit.Currency or FigureUnit.Number || owner.Term.Unit == FactUnit.Fraction || owner.Term.Names[0] is "slippage" or "fee"))
            {
                at++;
                continue;
            }

            if (token.Is(')') && gap == 0 && _prose.At(figure.First - 1, block).Is('('))
            {
                at++;
                continue;
            }

            if (!token.IsWord ? !token.Is('-') : WordLists.Parts.Contains(token.Text) || (WordLists.Links.Contains(token.Text) && token.Text is not ("the" or "a" or "its" or "for" or "in" or "from")))
                return null;
            if (token.Text is "for" or "in" or "from" or "the" or "on")
                gap++;
            at++;
        }

        return null;
    }
}
