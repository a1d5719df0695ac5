namespace Omega.Trading.Analysis;

/// <summary>What a liquidity sweep looked like.</summary>
public enum SweepKind
{
    /// <summary>A swing high was taken out and no bar closed above it before one closed back below.</summary>
    BullTrap,

    /// <summary>A swing low was taken out and no bar closed below it before one closed back above.</summary>
    BearTrap,

    /// <summary>The other side was swept too, on the same bar or no more than three bars before.</summary>
    StopHunt,

    /// <summary>A bar closed beyond the swing before one closed back inside: a breakout that failed.</summary>
    FakeBreakout,
}

/// <summary>
/// A confirmed swing that was taken out, and a close back inside. Detected, not scored: nothing says here that one foretells anything.
/// Figures: <see cref="FigureCatalog"/>, <c>sweeps.*</c>.
/// </summary>
public sealed record LiquiditySweep
{
    /// <summary>What it looked like.</summary>
    public required SweepKind Kind { get; init; }

    /// <summary>Whether swing highs or lows were taken out.</summary>
    public required SwingSide Side { get; init; }

    /// <summary>Price of the swing; of several, the outermost.</summary>
    public required double Level { get; init; }

    /// <summary>Open time of the swing's bar.</summary>
    public required DateTimeOffset LevelAt { get; init; }

    /// <summary>Open time of the bar that took it out.</summary>
    public required DateTimeOffset TakenAt { get; init; }

    /// <summary>Open time of the bar that closed back inside: when the sweep became known.</summary>
    public required DateTimeOffset ConfirmedAt { get; init; }

    /// <summary>The furthest price beyond the swing.</summary>
    public required double Extreme { get; init; }

    /// <summary>How far that was, in the ATR(14) of the bar before the one that took it out.</summary>
    public required double DepthAtr { get; init; }

    /// <summary>How many swings were swept at once.</summary>
    public required int Levels { get; init; }
}
