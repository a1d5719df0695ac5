namespace Omega.Desk;

/// <summary>
/// Finds what each figure is a figure of: the quantity named right beside it, else in its segment, else before it in its sentence, else in
/// the head of its list or its row and column of a table; and which market, timeframe and strategy it is said to be of.
/// </summary>
internal sealed class Labeller
{
    private static readonly Term Return = new([], TermKind.Quantity, ["return", "change"], [], FactUnit.Fraction, false, false);
    private static readonly Term Price = new([], TermKind.Quantity, ["price", "entry"], [], FactUnit.Currency, false, false);

    private readonly ProseText _prose;
    private readonly List<Token> _tokens;

    private Labeller(ProseText prose) => (_prose, _tokens) = (prose, prose.Tokens);

    public static void Label(ProseText prose)
    {
        var labeller = new Labeller(prose);
        labeller.Beside();
        Lists.InOrder(prose);
        foreach (var figure in prose.Figures)
        {
            figure.Sentence = prose.Sentences[figure.At];
            labeller.Name(figure);
            Surroundings.Read(prose, figure);
        }

        prose.Figures.RemoveAll(figure => Claims.IsNone(prose, figure));
    }

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

    private static bool IsFirm(ProseFigure figure, Mention label) => (!label.Term.IsWeak || (figure.Unit == FigureUnit.Currency && label.Term.Names.Contains("trades"))) && !(IsMove(label) && figure.Unit == FigureUnit.Currency);

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

    private void Name(ProseFigure figure)
    {
        var block = _prose.BlockAt[figure.At];
        figure.Labels.RemoveAll(label => IsOfAnother(label, block));
        figure.IsStrict = figure.IsDirect = figure.Labels.Exists(label => IsFirm(figure, label));
        if (figure.IsStrict)
            return;
        if (Order(figure, block))
            return;
        if (block.Kind == BlockKind.Item && figure.First == block.First && (OfLead(figure, block) || OfHeading(figure, block)))
        {
            figure.IsStrict = true;
            return;
        }

        if (figure.Unit == FigureUnit.Multiple && figure.IsWhole)
            Touches(figure, block);
        if (!InSegment(figure, block) && block.Kind == BlockKind.Row && Tables.Name(_prose, figure, block))
            figure.IsDirect = true;
        figure.IsStrict = figure.Labels.Exists(label => IsFirm(figure, label)) || figure.IsDirect || (block.Kind != BlockKind.Row && InSentence(figure, block) && !HasOwnName(figure, block)) || OfMarket(figure, block) || OfLead(figure, block) || figure.Labels.Exists(label => !IsMove(label));
        if (figure.IsStrict)
            return;

        if (figure.Unit == FigureUnit.Percent && (figure.Sign != 0 || block.Kind != BlockKind.Row))
            figure.Labels.Add(new Mention(Return, figure.First, figure.First));

        // A heading or the sentence before may help, no more.
        if (block.Heading is { } heading)
            Add(figure, heading.First, heading.End);
        for (var at = figure.First - 1; at >= block.First && figure.Labels.Count == 0; at--)
        {
            if (_prose.MentionAt[at] is { IsQuantity: true, Term.IsWeak: false } mention)
                figure.Labels.Add(mention);
        }
    }

    /// <summary>"Buy 0.1 BTC at $64,210" says a price to deal at.</summary>
    private bool Order(ProseFigure figure, Block block)
    {
        if (figure.Unit != FigureUnit.Currency || _prose.At(figure.First - 1, block).Text != "at")
            return false;
        for (var at = figure.First - 2; at >= block.First && _prose.Segments[at] == _prose.Segments[figure.At]; at--)
        {
            if (_tokens[at].Text is "buy" or "bought" or "sell" or "sold" or "enter" or "entered" or "buying" or "selling")
            {
                figure.Labels.Add(new Mention(Price, at, at));
                return figure.IsStrict = figure.IsDirect = true;
            }
        }

        return false;
    }

    private bool InSegment(ProseFigure figure, Block block)
    {
        var (segment, found) = (_prose.Segments[figure.At], false);
        for (var at = figure.First - 1; at >= block.First && _prose.Segments[at] == segment; at--)
            found |= Offer(figure, at);
        for (var at = figure.End; !found && !IsShare(figure, block) && at < block.End && _prose.Segments[at] == segment; at++)
            found |= Offer(figure, at);
        return found;
    }

    private bool Offer(ProseFigure figure, int at)
    {
        if (_prose.MentionAt[at] is not { IsQuantity: true, Term.IsWeak: false } mention || mention.First != at || (mention.Owner is { } owner && owner != figure) || figure.Labels.Contains(mention) || (IsMove(mention) && figure.Unit is FigureUnit.Currency or FigureUnit.Number) || !(IsPlausible(figure.Unit, mention.Term.Unit) || IsShare(figure, _prose.BlockAt[figure.At])))
            return false;
        figure.Labels.Add(mention);
        return true;
    }

    /// <summary>Whether a word that nobody knows stands right before it: it is a figure of that, not of what was named before.</summary>
    private bool HasOwnName(ProseFigure figure, Block block) =>
        _prose.At(figure.First - 1, block) is { IsWord: true } before && _prose.MentionAt[figure.First - 1] is null && !WordLists.Links.Contains(before.Text) && !WordLists.Parts.Contains(before.Text)
        && !WordLists.Relations.Contains(before.Text) && !WordLists.Falls.Contains(before.Text) && !WordLists.Rises.Contains(before.Text);

    /// <summary>"3 % above the EMA 50" is no distance of a level.</summary>
    private bool IsOfAnother(Mention label, Block block)
    {
        if (label.Term.Names[0] != "distance" || !label.Term.IsWeak)
            return false;
        for (var at = label.End; at < Math.Min(block.End, label.End + 4); at++)
        {
            if (_prose.MentionAt[at] is { IsQuantity: true } mention)
                return !mention.Term.Names.Contains("price");
            if (!_tokens[at].IsWord || !WordLists.Links.Contains(_tokens[at].Text))
                return false;
        }

        return false;
    }

    /// <summary>"Touched 4 times": how often, not how many times as much.</summary>
    private void Touches(ProseFigure figure, Block block)
    {
        for (var at = block.First; at < block.End; at++)
        {
            if (_prose.Sentences[at] == _prose.Sentences[figure.At] && _prose.MentionAt[at] is { IsQuantity: true } mention && mention.Term.Names[0] == "touches")
            {
                figure.Labels.Add(mention);
                return;
            }
        }
    }

    private bool InSentence(ProseFigure figure, Block block)
    {
        var (sentence, segment) = (_prose.Sentences[figure.At], _prose.Segments[figure.At]);
        for (var at = figure.First - 1; at >= block.First && _prose.Sentences[at] == sentence; at--)
        {
            // A word of many meanings has one where it named a figure before.
            if (_prose.MentionAt[at] is not { IsQuantity: true } mention || (mention.Term.IsWeak && (mention.Owner is null || mention.Term.Names[0] == "distance")) || (IsMove(mention) && figure.Unit is FigureUnit.Currency or FigureUnit.Number) || !(IsPlausible(figure.Unit, mention.Term.Unit) || IsShare(figure, block)))
                continue;
            if (!figure.Labels.Contains(mention))
                figure.Labels.Add(mention);
            return true;
        }

        for (var at = figure.End; at < block.End && _prose.Sentences[at] == sentence && _prose.Segments[at] <= segment + 1; at++)
        {
            if (_prose.Segments[at] > segment && Offer(figure, at))
                return true;
        }

        return false;
    }

    /// <summary>"0.8 % of the price" is no price.</summary>
    private bool IsShare(ProseFigure figure, Block block) => figure.Unit is FigureUnit.Percent or FigureUnit.BasisPoints && _prose.At(figure.End, block).Text == "of";

    /// <summary>Whether a quantity named further off can be counted so: touches are not in dollars.</summary>
    private static bool IsPlausible(FigureUnit figure, FactUnit term) => term switch
    {
        FactUnit.Count => figure is FigureUnit.Number or FigureUnit.Multiple,
        FactUnit.Currency => figure is FigureUnit.Currency or FigureUnit.Number,
        FactUnit.Quantity => figure is FigureUnit.Quantity or FigureUnit.Number,
        FactUnit.Index => figure is FigureUnit.Number,
        FactUnit.Ratio => figure is FigureUnit.Number or FigureUnit.Multiple or FigureUnit.Percent,
        FactUnit.Fraction => figure is FigureUnit.Number or FigureUnit.Percent or FigureUnit.BasisPoints,
        FactUnit.Seconds => figure is FigureUnit.Duration,
        FactUnit.Atr => figure is FigureUnit.Atr or FigureUnit.Number,
        _ => true,
    };

    /// <summary>"Bitcoin stands at $64,210" speaks of its price.</summary>
    private bool OfMarket(ProseFigure figure, Block block)
    {
        if (figure.Unit is not (FigureUnit.Currency or FigureUnit.Number) || (figure.Unit == FigureUnit.Number && figure.Digits < 3))
            return false;
        var sentence = _prose.Sentences[figure.At];
        var speaks = GoesTo(figure) && Moves(figure, block);
        for (var at = block.First; at < block.End && !speaks; at++)
            speaks = _prose.Sentences[at] == sentence && _prose.MentionAt[at] is { Term.Kind: TermKind.Market };
        if (speaks && !IsRange(sentence, block))
            figure.Labels.Add(new Mention(Price, figure.First, figure.First));
        return false;
    }

    private bool Moves(ProseFigure figure, Block block)
    {
        for (var at = figure.First - 1; at >= block.First && _prose.Sentences[at] == _prose.Sentences[figure.At]; at--)
        {
            if (_tokens[at].IsWord && (WordLists.Falls.Contains(_tokens[at].Text) || WordLists.Rises.Contains(_tokens[at].Text)))
                return true;
        }

        return false;
    }

    /// <summary>"Ranged from 64,000 to 65,000": neither is the price.</summary>
    private bool IsRange(int sentence, Block block)
    {
        for (var at = block.First; at < block.End; at++)
        {
            if (_prose.Sentences[at] == sentence && _tokens[at].Text is "range" or "ranged" or "ranges" or "between" or "swung")
                return true;
        }

        return false;
    }

    private bool OfLead(ProseFigure figure, Block block)
    {
        for (var lead = block.Lead; lead is not null; lead = lead.Lead)
        {
            if (Add(figure, lead.First, lead.End))
                return true;
        }

        return false;
    }

    /// <summary>A heading of a word or two that names one quantity leads its list.</summary>
    private bool OfHeading(ProseFigure figure, Block block) => block.Heading is { } heading && heading.End - heading.First <= 3 && Add(figure, heading.First, heading.End);

    private bool Add(ProseFigure figure, int first, int end)
    {
        var found = false;
        for (var at = first; at < end; at++)
        {
            if (_prose.MentionAt[at] is { IsQuantity: true, Term.IsWeak: false } mention && mention.First == at)
            {
                figure.Labels.Add(mention);
                found = true;
            }
        }

        return found;
    }
}
