namespace Omega.Trading.Analysis;

/// <summary>What the final bars of one timeframe show, as of the close of the last of them. Figures: <see cref="FigureCatalog"/>. Immutable.</summary>
public sealed record TimeframeReport
{
    /// <summary>The timeframe.</summary>
    public required Timeframe Timeframe { get; init; }

    /// <summary>When the last bar closed: the time of every figure that has none of its own.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>Its close, in quote currency.</summary>
    public double? Price { get; init; }

    /// <summary>Where the price is going, and how steadily.</summary>
    public required TrendReport Trend { get; init; }

    /// <summary>How fast.</summary>
    public required MomentumReport Momentum { get; init; }

    /// <summary>How far it swings, and whether that is much for this market.</summary>
    public required VolatilityReport Volatility { get; init; }

    /// <summary>How much trades, and on which side.</summary>
    public required VolumeReport Volume { get; init; }

    /// <summary>Levels below the price, nearest first.</summary>
    public required IReadOnlyList<PriceLevel> Support { get; init; }

    /// <summary>Levels above the price, nearest first.</summary>
    public required IReadOnlyList<PriceLevel> Resistance { get; init; }

    /// <summary>Retracements of the last confirmed leg; null until there is one.</summary>
    public FibonacciReport? Fibonacci { get; init; }

    /// <summary>The last liquidity sweeps, oldest first; detected, not scored: nothing says here that one foretells anything.</summary>
    public required IReadOnlyList<LiquiditySweep> Sweeps { get; init; }

    /// <summary>What the figures stand on.</summary>
    public required QualityReport Quality { get; init; }

    /// <summary>For each figure that is null, why.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}
