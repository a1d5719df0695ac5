using Omega.Desk.Facts;
using Omega.Desk.Prose;

namespace Omega.Desk.Matching;

/// <summary>Traces each figure of an answer: first to a figure of a result, then to what was given, then to two figures that the answer cites.</summary>
internal sealed class Tracer
{
    private readonly string _text;
    private readonly ProseText _prose;
    private readonly List<Fact> _facts;
    private readonly HashSet<string> _names;
    private readonly List<(ProseFigure Figure, Fact Fact)> _cited = [];

    private Tracer(string text, ProseText prose, List<Fact> facts)
    {
        (_text, _prose, _facts) = (text, prose, facts);
        _names = [.. facts.Where(fact => !fact.IsGiven).SelectMany(fact => fact.Names)];
    }

    public static GroundingReport Trace(string text, IReadOnlyList<GroundingSource> sources)
    {
        var vocabulary = new Vocabulary();
        var (facts, isCut) = FactReader.Read(sources, vocabulary);
        var prose = ProseText.Read(text, vocabulary);
        return new GroundingReport(new Tracer(text, prose, facts).Trace(), isCut || prose.IsCut);
    }

    private List<AnswerFigure> Trace()
    {
        var (rest, figures) = (new List<(ProseFigure Figure, Fact? Nearest, UngroundedReason Reason)>(), new List<AnswerFigure>());
        foreach (var figure in _prose.Figures)
        {
            var (fact, nearest, reason) = Cite(figure);
            if (fact is { IsGiven: true })
            {
                _cited.Add((figure, fact));
                continue;
            }

            if (fact is null)
            {
                rest.Add((figure, nearest, reason));
                continue;
            }

            _cited.Add((figure, fact));
        }

        Siblings(rest);
        figures.AddRange(_cited.Where(cited => !cited.Fact.IsGiven).Select(cited => Made(cited.Figure) with { Trace = new FigureTrace(FigureTraceKind.Cited, [cited.Fact.ToOrigin()]) }));

        var derivation = new Derivation(_prose, _facts);
        foreach (var (figure, nearest, reason) in rest)
        {
            var trace = derivation.Find(figure, _cited);
            figures.Add(trace is not null ? Made(figure) with { Trace = trace } : Made(figure) with { Reason = reason, Nearest = nearest?.ToOrigin() });
        }

        figures.Sort((one, other) => one.Start.CompareTo(other.Start));
        return figures;
    }

    /// <summary>
    /// "65,430 (5 touches)" has to be the touches of that level, and not those of another in the list. A list's entry is told by the figure
    /// before, or by one in the same segment; entries that have names of their own are told by these.
    /// </summary>
    private void Siblings(List<(ProseFigure Figure, Fact? Nearest, UngroundedReason Reason)> rest)
    {
        for (var i = 0; i < _cited.Count; i++)
        {
            var (figure, fact) = _cited[i];
            if (fact.IsGiven || fact.Unit == FactUnit.Currency || Entry.Of(fact.Pointer) is not { } entry || Anchor(i, entry) is not { } anchor || (anchor.Index == entry.Index && anchor.List == entry.List) || (anchor.List != entry.List && figure.Context.Count + figure.Labels.Sum(label => label.Modifiers.Count) > 0))
                continue;
            var sibling = _facts.Find(other => other.Ref == fact.Ref && Entry.Of(other.Pointer) is { } its && its.Index == anchor.Index && its.List == anchor.List && its.Leaf == entry.Leaf);
            if (sibling is null || sibling.Market != fact.Market || sibling.Timeframe != fact.Timeframe || sibling.Strategy != fact.Strategy || (anchor.List == entry.List && !sibling.Modifiers.SequenceEqual(fact.Modifiers)))
                continue;
            if (Values.Compare(figure, sibling) == Fit.Same)
            {
                _cited[i] = (figure, sibling);
                continue;
            }

            rest.Add((figure, sibling, UngroundedReason.Label));
            _cited.RemoveAt(i--);
        }
    }

    private Entry? Anchor(int cited, Entry entry)
    {
        var figure = _cited[cited].Figure;
        Entry? anchor = null;
        foreach (var (other, fact) in _cited)
        {
            if (other == figure || other.Sentence != figure.Sentence || Entry.Of(fact.Pointer) is not { } its || its.Leaf == entry.Leaf)
                continue;
            if (_prose.Segments[other.At] == _prose.Segments[figure.At])
                return its;
            if (other.At < figure.At)
                anchor = its;
        }

        return anchor;
    }

    /// <summary>The fact that the figure cites, results before what was given; or the nearest one and what is wrong.</summary>
    private (Fact? Fact, Fact? Nearest, UngroundedReason Reason) Cite(ProseFigure figure)
    {
        Fact? given = null, near = null;
        foreach (var fact in _facts)
        {
            var fit = Values.Compare(figure, fact);
            if (fit < Fit.Near)
                continue;
            var isNamed = Meanings.IsNamed(figure, fact);
            var isSound = Meanings.Against(figure, fact) is null;
            if (fit == Fit.Near)
                near ??= isNamed && isSound && !fact.IsGiven ? fact : null;
            else if (isSound && (isNamed || IsTold(figure, fact)) && !fact.IsGiven)
                return (fact, null, default);
            else if (fact.IsGiven && ((isNamed && isSound) || (given is null && IsRepeatable(figure, fact))))
                given = fact;
        }

        if (near is not null)
            return (near, null, default);
        if (given is not null && (!figure.IsDirect || Meanings.IsNamed(figure, given) || !IsKnown(figure)))
            return (given, null, default);
        var (nearest, reason) = Nearest(figure);
        return (null, nearest, reason);
    }

    /// <summary>What a person said may be repeated under any name that the results do not know.</summary>
    private static bool IsRepeatable(ProseFigure figure, Fact fact) =>
        fact.Unit != FactUnit.Unknown || fact.Step > 0 || figure.Unit is FigureUnit.Number or FigureUnit.Currency or FigureUnit.Quantity;

    private bool IsKnown(ProseFigure figure)
    {
        foreach (var fact in _facts)
        {
            if (!fact.IsGiven && fact.Step == 0 && Meanings.IsNamed(figure, fact))
                return true;
        }

        return false;
    }

    /// <summary>What was perhaps meant, and what is wrong.</summary>
    private (Fact? Nearest, UngroundedReason Reason) Nearest(ProseFigure figure)
    {
        Fact? nearest = null, named = null;
        var (reason, distance) = (UngroundedReason.NoSource, double.PositiveInfinity);
        foreach (var fact in _facts)
        {
            if (fact.IsGiven)
                continue;
            var (fit, isNamed) = (Values.Compare(figure, fact), Meanings.IsNamed(figure, fact));
            var against = isNamed ? Meanings.Against(figure, fact) : null;
            var found = fit switch
            {
                Fit.Same when isNamed => against ?? UngroundedReason.Value,
                Fit.Sign when isNamed && against is null => UngroundedReason.Sign,
                Fit.Unit when isNamed && against is null => UngroundedReason.Unit,
                Fit.Same when figure.Labels.Count > 0 => UngroundedReason.Label,
                Fit.Same => UngroundedReason.Unlabelled,
                _ => UngroundedReason.NoSource,
            };
            if (Rank(found) > Rank(reason))
                (nearest, reason) = (fact, found);
            if (isNamed && against is null && Math.Abs(Math.Abs(fact.Value) - figure.Magnitude) is var off && off < distance)
                (named, distance) = (fact, off);
        }

        return named is null || reason is not (UngroundedReason.NoSource or UngroundedReason.Label)
            ? (nearest, reason)
            : (named, reason == UngroundedReason.Label ? reason : UngroundedReason.Value);
    }

    /// <summary>A figure of so many digits may go by a name of the answer's own, such as a target, where no result uses that name.</summary>
    private bool IsTold(ProseFigure figure, Fact fact) =>
        Meanings.IsTold(figure, fact) || (figure.IsDirect && figure.Digits >= 4 && !figure.Labels.Exists(label => Array.Exists(label.Term.Names, _names.Contains)));

    private static int Rank(UngroundedReason reason) => reason switch
    {
        UngroundedReason.NoSource => 0,
        UngroundedReason.Unlabelled => 1,
        UngroundedReason.Label => 2,
        UngroundedReason.Unit => 3,
        _ => 4,
    };

    private AnswerFigure Made(ProseFigure figure)
    {
        var (start, end) = (_prose.Tokens[figure.First].Start, _prose.Tokens[figure.End - 1].End);
        return new AnswerFigure { Start = start, Length = end - start, Text = _text[start..end], Value = figure.Value, Unit = figure.Unit };
    }
}
