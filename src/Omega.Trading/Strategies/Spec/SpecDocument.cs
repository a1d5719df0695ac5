namespace Omega.Trading.Strategies;

/// <summary>A strategy's JSON, read and checked in its form; expressions are still texts.</summary>
internal sealed record SpecDocument(string Name, string Description)
{
    public Timeframe? Timeframe { get; init; }

    public IReadOnlyList<ParameterRule> Parameters { get; init; } = [];

    public SideRule? Long { get; init; }

    public SideRule? Short { get; init; }

    public SizeRule? Size { get; init; }

    public PartsRule? Parts { get; init; }

    public EntryHours? Hours { get; init; }
}

/// <summary>A parameter and where it stands.</summary>
internal sealed record ParameterRule(SpecPlace Place, StrategyParameter Parameter);

/// <summary>When to enter one side, when to leave it, and how it is protected.</summary>
internal sealed record SideRule(SpecText Enter, SpecText? Exit, LevelRule? Stop, LevelRule? Target, LevelRule? Trail);

/// <summary>A stop, target or trailing distance.</summary>
internal abstract record LevelRule(SpecPlace Place);

/// <summary>A fraction of the entry price.</summary>
internal sealed record FractionLevel(SpecPlace Place, SpecValue Fraction) : LevelRule(Place);

/// <summary>A multiple of the average true range.</summary>
internal sealed record AtrLevel(SpecPlace Place, SpecValue Multiple, SpecValue? Length) : LevelRule(Place);

/// <summary>A price.</summary>
internal sealed record PriceLevel(SpecPlace Place, SpecText Price) : LevelRule(Place);

/// <summary>How large entries are; null everywhere is all of the cash.</summary>
internal sealed record SizeRule(SpecPlace Place, EntrySizeKind Kind, SpecValue Value);

/// <summary>Entries in parts, one a period.</summary>
internal sealed record PartsRule(SpecText Every, SpecValue Count);
