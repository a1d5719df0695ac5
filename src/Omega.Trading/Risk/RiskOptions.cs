using Omega.Trading.Statistics;

namespace Omega.Trading.Risk;

/// <summary>A position whose risk is asked for.</summary>
public sealed record RiskPosition
{
    /// <summary>Which way it gains.</summary>
    /// <value>Default long.</value>
    public PositionSide Side { get; init; }

    /// <summary>How much, in base currency.</summary>
    /// <value>Above 0.</value>
    public required decimal Quantity { get; init; }

    /// <summary>What the account is worth, in quote currency.</summary>
    /// <value>Above 0.</value>
    public required decimal Equity { get; init; }

    /// <summary>Where it would be closed at a loss, in quote currency; null without a stop.</summary>
    /// <value>Below the last close for a long position, above it for a short one.</value>
    public decimal? Stop { get; init; }
}

/// <summary>How a <see cref="RiskReport"/> is made.</summary>
public sealed record RiskOptions
{
    /// <summary>How far ahead VaR and CVaR look.</summary>
    /// <value>Whole bars of the series; default one day, or one bar where that is longer.</value>
    public TimeSpan? Horizon { get; init; }

    /// <summary>The position; null for a long one of the whole equity, without money figures.</summary>
    public RiskPosition? Position { get; init; }

    /// <summary>
    /// Returns of a rule's trades on their entry equity, in order, whose ruin is asked for; null for the rule that holds the position's
    /// exposure and restores it after every horizon.
    /// </summary>
    /// <value>Each above −1 or equal, finite; at most 1,000,000.</value>
    public IReadOnlyList<double>? TradeReturns { get; init; }

    /// <summary>How the paths of ruin are drawn.</summary>
    public MonteCarloOptions MonteCarlo { get; init; } = new();

    /// <summary>What is traded, or null where nobody said.</summary>
    public Instrument? Instrument { get; init; }
}
