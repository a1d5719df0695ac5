using Omega.Trading.Execution;

namespace Omega.Trading.Risk;

/// <summary>What a position is to be sized for.</summary>
public sealed record SizingRequest
{
    /// <summary>What the account is worth, in quote currency.</summary>
    /// <value>Above 0.</value>
    public required decimal Equity { get; init; }

    /// <summary>The price of the entry, in quote currency.</summary>
    /// <value>Above 0.</value>
    public required decimal Price { get; init; }

    /// <summary>Which way it gains.</summary>
    /// <value>Default long.</value>
    public PositionSide Side { get; init; }

    /// <summary>Fee of the entry and of the exit, each, as a fraction of what is traded.</summary>
    /// <value>0 to 0.1; default 0.001 (10 bps).</value>
    public decimal Fee { get; init; } = 0.001m;

    /// <summary>The most of the equity that may be in the position, fee included: there is no leverage.</summary>
    /// <value>Above 0 to 1; default 1.</value>
    public decimal MostFraction { get; init; } = 1;

    /// <summary>How the market rounds, and its smallest order.</summary>
    public MarketRules Rules { get; init; } = MarketRules.Default;
}
