using Omega.Desk.Facts;
using Omega.Desk.Prose;

namespace Omega.Desk.Matching;

/// <summary>Whether a figure and a fact speak of the same thing. Pure.</summary>
internal static class Meanings
{
    private static readonly Modifier Mean = new("extent", "average");

    /// <summary>Whether one of the figure's names is the fact's, and nothing said besides is against it.</summary>
    public static bool IsNamed(ProseFigure figure, Fact fact)
    {
        foreach (var label in figure.Labels)
        {
            if (IsNamed(label, fact) && !IsUnsaidMean(figure, label, fact) && !Conflict(figure.Context, fact.Modifiers, []) && !Conflict(label.Modifiers, fact.Modifiers, figure.Context))
                return true;
        }

        return false;
    }

    /// <summary>Whether a phrase names the fact, whatever the figure.</summary>
    public static bool Names(Mention label, Fact fact) => IsNamed(label, fact) && !Conflict(label.Modifiers, fact.Modifiers, []);

    private static bool IsNamed(Mention label, Fact fact)
    {
        if (!label.Term.IsNamed(fact.Names))
            return false;
        if (label.Lengths is not { } lengths || fact.Lengths.Length == 0)
            return true;
        foreach (var length in lengths)
        {
            if (Array.IndexOf(fact.Lengths, length) >= 0)
                return true;
        }

        return false;
    }

    /// <summary>"The drawdown" is not the mean of drawdowns.</summary>
    private static bool IsUnsaidMean(ProseFigure figure, Mention label, Fact fact) =>
        Contains(fact.Modifiers, Mean) && !label.Modifiers.Exists(modifier => modifier.Group == Mean.Group) && !figure.Context.Exists(modifier => modifier.Group == Mean.Group);

    /// <summary>What speaks against a fact of the right name and value; null for nothing.</summary>
    public static UngroundedReason? Against(ProseFigure figure, Fact fact)
    {
        if (figure.Market is { } market && fact.Market is not null && fact.Market != market)
            return UngroundedReason.Market;
        if (figure.Strategy is { } strategy ? !IsStrategy(strategy, fact.Strategy) : fact.Strategy == Surroundings.Holding && !figure.IsBesideHolding)
            return UngroundedReason.Strategy;
        if (figure.Timeframe is { } timeframe && fact.Timeframe is not null && fact.Timeframe != timeframe && !HasHorizon(fact, timeframe))
            return UngroundedReason.Timeframe;
        return null;
    }

    /// <summary>Whether so many digits tell a figure that nothing right beside it names, nor names the fact for another of its kind.</summary>
    public static bool IsTold(ProseFigure figure, Fact fact) =>
        !figure.IsDirect && !(figure.IsStrict && figure.Labels.Exists(label => label.Term.IsNamed(fact.Names))) && (figure.Digits >= 4 || ((!figure.IsStrict || figure.IsRange) && figure.Digits >= 3 && (figure.Unit != FigureUnit.Number || !figure.IsWhole)));

    /// <summary>Whether something is said that the fact contradicts; what the words nearest the figure say goes before what its name says.</summary>
    private static bool Conflict(List<Modifier> said, IReadOnlyList<Modifier> known, List<Modifier> nearer)
    {
        foreach (var modifier in said)
        {
            if (nearer.Exists(other => other.Group == modifier.Group))
                continue;
            var (any, same) = (false, false);
            for (var i = 0; i < known.Count; i++)
            {
                any |= known[i].Group == modifier.Group;
                same |= known[i] == modifier;
            }

            if (any && !same && !said.Exists(other => other.Group == modifier.Group && Contains(known, other)))
                return true;
        }

        return false;
    }

    private static bool Contains(IReadOnlyList<Modifier> modifiers, Modifier wanted)
    {
        for (var i = 0; i < modifiers.Count; i++)
        {
            if (modifiers[i] == wanted)
                return true;
        }

        return false;
    }

    /// <summary>"The strategy" is any but buying and holding.</summary>
    private static bool IsStrategy(string said, string? fact) => said == "*"
        ? fact != "buy and hold"
        : fact is null || said == fact || fact.StartsWith(said, StringComparison.Ordinal) || said.StartsWith(fact, StringComparison.Ordinal);

    /// <summary>Risk looks ahead as far as it says, whatever the bars; a change is over its own length.</summary>
    private static bool HasHorizon(Fact fact, string timeframe) => fact.Is("var") || fact.Is("cvar") || fact.Is("worst_day") || fact.Is("ruin") || fact.Is("cagr") || (timeframe == "1d" && fact.Is("volatility"));
}
