using Omega.Desk.Facts;
using Omega.Desk.Prose;

namespace Omega.Desk.Matching;

/// <summary>
/// Finds two cited figures of which a figure is the difference, the ratio or the change. Only such come in question as the sentence cites or
/// names, and only where it speaks of a relation: among all figures of a result any number would be some ratio.
/// </summary>
internal sealed class Derivation(ProseText prose, IReadOnlyList<Fact> facts)
{
    private const int MostNamed = 24;

    public FigureTrace? Find(ProseFigure figure, IReadOnlyList<(ProseFigure Figure, Fact Fact)> cited)
    {
        var block = prose.BlockAt[figure.At];
        if (figure.Unit == FigureUnit.Duration || (figure.Unit == FigureUnit.Number && figure.Digits < 2) || !Relates(figure, block))
            return null;
        var named = Named(figure, block, cited);
        for (var i = 0; i < named.Count; i++)
        {
            for (var j = 0; j < named.Count; j++)
            {
                if (i != j && Relate(figure, named[i], named[j]) is { } kind)
                    return new FigureTrace(kind, [named[i].Fact.ToOrigin(), named[j].Fact.ToOrigin()]);
            }
        }

        return null;
    }

    private bool Relates(ProseFigure figure, Block block)
    {
        if (figure.Unit == FigureUnit.Multiple || (figure.Unit == FigureUnit.Percent && prose.At(figure.End, block).Text == "of"))
            return true;
        for (var at = block.First; at < block.End; at++)
        {
            if (prose.Sentences[at] == figure.Sentence && prose.Tokens[at].IsWord && WordLists.Relations.Contains(prose.Tokens[at].Text))
                return true;
        }

        return false;
    }

    /// <summary>The facts that the sentence and the one before cite, those that the sentence names, and the price where it is compared with.</summary>
    private List<(Fact Fact, int At)> Named(ProseFigure figure, Block block, IReadOnlyList<(ProseFigure Figure, Fact Fact)> cited)
    {
        var named = new List<(Fact Fact, int At)>();
        foreach (var (other, fact) in cited)
        {
            if (other.Sentence == figure.Sentence || (figure.Digits > 1 && other.Sentence < figure.Sentence && other.Sentence >= figure.Sentence - 2))
                Add(fact, other.Sentence == figure.Sentence ? other.At : -1);
        }

        for (var at = block.First; at < block.End; at++)
        {
            if (prose.Sentences[at] != figure.Sentence || prose.MentionAt[at] is not { IsQuantity: true, Term.IsWeak: false } mention || mention.First != at)
                continue;
            foreach (var fact in facts)
            {
                if (!fact.IsGiven && Meanings.Names(mention, fact) && !IsOtherEntry(fact, named))
                    Add(fact, at);
            }
        }

        if (figure.Unit is FigureUnit.Percent or FigureUnit.Currency or FigureUnit.Atr or FigureUnit.BasisPoints or FigureUnit.Number)
        {
            foreach (var fact in facts)
            {
                if (!fact.IsGiven && fact.Is("price") && fact.Names.Length <= 2 && !fact.Pointer.Contains("candles", StringComparison.Ordinal))
                    Add(fact, -1);
            }
        }

        return named;

        void Add(Fact fact, int at)
        {
            if (named.Count < MostNamed && Fits(figure, fact) && !named.Exists(known => known.Fact == fact))
                named.Add((fact, at));
        }
    }

    /// <summary>Whether the sentence cites one entry of a list, and the fact is of another.</summary>
    private static bool IsOtherEntry(Fact fact, List<(Fact Fact, int At)> named)
    {
        if (Entry.Of(fact.Pointer) is not { } entry)
            return false;
        var (any, same) = (false, false);
        foreach (var (cited, at) in named)
        {
            if (at < 0 || Entry.Of(cited.Pointer) is not { } other || other.List != entry.List || cited.Strategy != fact.Strategy || cited.Timeframe != fact.Timeframe)
                continue;
            any = true;
            same |= other.Index == entry.Index;
        }

        return any && !same;
    }

    /// <summary>A sentence that compares markets or strategies names both; the timeframe alone has to be the figure's.</summary>
    private static bool Fits(ProseFigure figure, Fact fact) => Meanings.Against(figure, fact) is null or UngroundedReason.Strategy or UngroundedReason.Market;

    private FigureTraceKind? Relate(ProseFigure figure, (Fact Fact, int At) first, (Fact Fact, int At) second)
    {
        var (one, two) = (first.Fact, second.Fact);
        if (one.Unit == FactUnit.Atr || two.Unit == FactUnit.Atr || !IsLike(one, two))
            return one.Unit == FactUnit.Currency && two.Is("atr") && figure.Unit == FigureUnit.Atr && two.Value > 0 && Values.IsNear(figure, Math.Abs(one.Value) / two.Value) ? FigureTraceKind.Ratio : null;
        if (!Agrees(figure, first, second))
            return null;
        var difference = Math.Abs(one.Value - two.Value);
        var scale = (figure.Unit, one.Unit) switch
        {
            (FigureUnit.Currency, FactUnit.Currency or FactUnit.Unknown) => 1,
            (FigureUnit.Quantity, FactUnit.Quantity) => 1,
            (FigureUnit.Percent, FactUnit.Fraction) => 100,
            (FigureUnit.Percent, FactUnit.Percent) => 1,
            (FigureUnit.BasisPoints, FactUnit.Fraction) => 10_000,
            (FigureUnit.Number, FactUnit.Fraction or FactUnit.Currency or FactUnit.Index or FactUnit.Ratio or FactUnit.Count or FactUnit.Quantity or FactUnit.Unknown) => 1,
            _ => 0,
        };
        if (figure.Unit == FigureUnit.Number && one.Unit == FactUnit.Fraction && prose.At(figure.End, prose.BlockAt[figure.At]).Text is "points" or "point")
            scale = 100;
        var isDirected = figure.Sign == 0 || Math.Sign(one.Value - two.Value) == figure.Sign;
        if (scale > 0 && isDirected && Values.IsNear(figure, difference * scale))
            return FigureTraceKind.Difference;
        if (two.Value == 0)
            return null;
        var ratio = one.Value / two.Value;
        if (figure.Unit is FigureUnit.Percent or FigureUnit.BasisPoints && (figure.Digits > 1 || first.At >= 0 || second.At >= 0))
        {
            var unit = figure.Unit == FigureUnit.Percent ? 100 : 10_000;
            if (isDirected && Values.IsNear(figure, Math.Abs(ratio - 1) * unit))
                return FigureTraceKind.Change;
            if (first.At >= 0 && second.At >= 0 && ratio is > 0 and < 1 && Values.IsNear(figure, ratio * unit))
                return FigureTraceKind.Ratio;
        }

        var isTold = figure.Unit == FigureUnit.Multiple || (figure.Unit == FigureUnit.Number && figure.Digits > 1);
        var areCited = (first.At >= 0 && second.At >= 0) || (figure.Digits > 1 && (first.At >= 0 || second.At >= 0));
        return isTold && areCited && ratio > 0 && Values.IsNear(figure, ratio) ? FigureTraceKind.Ratio : null;
    }

    /// <summary>Like is compared with like: prices with prices, a return with the return of another strategy.</summary>
    private static bool IsLike(Fact one, Fact two) => one.Unit == two.Unit && (one.Unit == FactUnit.Currency || Shares(one, two));

    private static bool Shares(Fact one, Fact two)
    {
        foreach (var name in one.Names)
        {
            if (two.Is(name))
                return true;
        }

        return false;
    }

    /// <summary>Where the order of the sentence tells which of the two is the greater, it has to be so.</summary>
    private bool Agrees(ProseFigure figure, (Fact Fact, int At) first, (Fact Fact, int At) second)
    {
        var block = prose.BlockAt[figure.At];
        var greater = 0;
        for (var at = figure.End; at < Math.Min(block.End, figure.End + 3) && greater == 0; at++)
        {
            if (prose.Tokens[at].IsWord)
                greater = WordLists.Greater.Contains(prose.Tokens[at].Text) ? 1 : WordLists.Lesser.Contains(prose.Tokens[at].Text) ? -1 : 0;
        }

        if (greater == 0)
            return true;

        // "[The price is] 3 % above EMA 50": what stands behind the figure is the second, what stands before it or is not said the first.
        if (first.At > figure.At || (second.At >= 0 && second.At < figure.At && first.At < 0))
            return false;
        return Math.Sign(first.Fact.Value - second.Fact.Value) == greater;
    }
}
