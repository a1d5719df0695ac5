using Omega.Desk.Facts;

namespace Omega.Desk.Prose;

/// <summary>
/// Finds what each figure is a figure of: the quantity named right beside it, else in its segment, else before it in its sentence, else in
/// the head of its list or its row and column of a table; and which market, timeframe and strategy it is said to be of.
/// </summary>
internal sealed partial class Labeller
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
