namespace Omega.Trading.Execution;

/// <summary>What trading costs and what the account may do. Fractions, never per cent.</summary>
public sealed record FillOptions
{
    /// <summary>Fee of a fill that takes, as a fraction of its notional.</summary>
    /// <value>0 to 0.1; default 0.001 (10 bps).</value>
    public decimal TakerFee { get; init; } = 0.001m;

    /// <summary>Fee of a limit that rested, as a fraction of its notional.</summary>
    /// <value>0 to 0.1; default 0.001 (10 bps).</value>
    public decimal MakerFee { get; init; } = 0.001m;

    /// <summary>Slippage of market and stop fills, as a fraction of the price, against the trader.</summary>
    /// <value>0 to 0.1; default 0.</value>
    public decimal Slippage { get; init; }

    /// <summary>Slippage of market and stop fills, as a share of the previous final bar's range (high − low), on top of <see cref="Slippage"/>.</summary>
    /// <value>0 to 1; default 0.</value>
    public decimal RangeSlippage { get; init; }

    /// <summary>The most that fills of one bar may take, as a share of the previous final bar's volume; null for no bound.</summary>
    /// <value>Above 0 to 1, or null; default null.</value>
    public decimal? VolumeCap { get; init; }

    /// <summary>Whether positions may be short: synthetic, at most 1 × equity.</summary>
    /// <value>Default false.</value>
    public bool AllowShort { get; init; }

    /// <summary>What borrowing costs a short per 8 hours, as a fraction of its notional.</summary>
    /// <value>0 to 0.1; default 0.0001.</value>
    public decimal BorrowRate { get; init; } = 0.0001m;

    /// <summary>A short is closed when its equity comes down to this fraction of its notional.</summary>
    /// <value>0 to 0.5; default 0.05.</value>
    public decimal Maintenance { get; init; } = 0.05m;

    /// <summary>Throws where a value is out of its range.</summary>
    /// <exception cref="TradingException">The message names the value and the range.</exception>
    internal void Check()
    {
        Within("fee of a taker", TakerFee, 0.1m);
        Within("fee of a maker", MakerFee, 0.1m);
        Within("slippage", Slippage, 0.1m);
        Within("slippage by range", RangeSlippage, 1);
        Within("borrow rate", BorrowRate, 0.1m);
        Within("maintenance", Maintenance, 0.5m);
        if (VolumeCap is <= 0 or > 1)
            throw new TradingException($"The volume cap is {VolumeCap}; it is a fraction of a bar's volume, above 0 and at most 1. Leave it out for no cap.");
    }

    private static void Within(string name, decimal value, decimal most)
    {
        if (value < 0 || value > most)
            throw new TradingException($"The {name} is {value}; it is a fraction from 0 to {most} (10 bps are 0.001).");
    }
}
