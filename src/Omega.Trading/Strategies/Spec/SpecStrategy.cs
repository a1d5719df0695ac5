using Omega.Trading.Expressions;

namespace Omega.Trading.Strategies;

/// <summary>A strategy made of expressions.</summary>
internal sealed class SpecStrategy(string name, IReadOnlyDictionary<string, double> parameters, TermGraph graph) : IStrategy
{
    public string Name => name;

    public IReadOnlyDictionary<string, double> Parameters => parameters;

    /// <summary>The only timeframe it runs on, or null for any.</summary>
    public Timeframe? Timeframe { get; init; }

    public SideTerms? Long { get; init; }

    public SideTerms? Short { get; init; }

    public EntrySize Size { get; init; }

    public PartsPlan? Parts { get; init; }

    public EntryHours? Hours { get; init; }

    public StrategyRun Start(Timeframe timeframe)
    {
        if (Timeframe is { } own && own != timeframe)
            throw new TradingException($"The strategy \"{name}\" is for bars of {own}; these are of {timeframe}. Resample them, or change its \"timeframe\".");
        graph.CheckFrames(timeframe);
        return new SpecRun(this, timeframe);
    }
}

/// <summary>One side's rules as terms.</summary>
internal sealed record SideTerms(Term Enter, Term? Exit, LevelTerms? Stop, LevelTerms? Target, LevelTerms? Trail)
{
    public IEnumerable<Term> All => new[] { Enter, Exit, Stop?.Term, Target?.Term, Trail?.Term }.OfType<Term>();
}

/// <summary>A stop, target or trailing distance: a factor, times a term where there is one.</summary>
internal sealed record LevelTerms(PriceRuleKind Kind, double Factor, Term? Term);

/// <summary>Entries in equal parts, one in each period.</summary>
internal sealed record PartsPlan(Timeframe Every, int Count);
