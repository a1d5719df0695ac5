using Omega.Trading.Strategies;

namespace Omega.Trading.Execution;

/// <summary>What is wanted of the market, and how far it has come. Not thread-safe; belongs to the <see cref="OrderMatcher"/> that it was placed with.</summary>
public sealed class Order
{
    /// <summary>Which way.</summary>
    public required OrderSide Side { get; init; }

    /// <summary>How it comes to its price. A stop that was touched but not filled to the end goes on as a market order.</summary>
    public required OrderType Type { get; set; }

    /// <summary>Base currency; 0 for an order that is sized by <see cref="Size"/> at its fill, or that closes the position.</summary>
    public decimal Quantity { get; set; }

    /// <summary>How large it is, in quote currency; read at the fill, only where <see cref="Quantity"/> is 0 and it does not close the position.</summary>
    public EntrySize Size { get; set; }

    /// <summary>Limit or stop price, rounded to the tick when placed; 0 for market orders.</summary>
    public decimal Price { get; set; }

    /// <summary>The distance of a trailing stop: a fraction or an amount.</summary>
    public PriceRule Trail { get; init; }

    /// <summary>What guards the position once this order has filled.</summary>
    public Protection Protection { get; set; }

    /// <summary>How long it stays.</summary>
    public TimeInForce TimeInForce { get; init; }

    /// <summary>Whether it is refused rather than filled as a taker. Limits only.</summary>
    public bool PostOnly { get; init; }

    /// <summary>Whether it can only make a position smaller.</summary>
    public bool ReduceOnly { get; init; }

    /// <summary>Whether it closes the whole position, however large that is at the fill. Implies <see cref="ReduceOnly"/>.</summary>
    public bool ClosesPosition { get; init; }

    /// <summary>Orders of one group cancel each other: the first fill cancels the rest. 0 for none.</summary>
    public long OcoGroup { get; init; }

    /// <summary>What its fills came from.</summary>
    public FillReason Reason { get; init; } = FillReason.Order;

    /// <summary>Number within its matcher, from 1; 0 before it is placed.</summary>
    public long Id { get; internal set; }

    /// <summary>Where it stands.</summary>
    public OrderState State { get; internal set; }

    /// <summary>Why it was refused.</summary>
    public OrderRejection Rejection { get; internal set; }

    /// <summary>Base currency filled so far.</summary>
    public decimal Filled { get; internal set; }

    /// <summary>When it expires, in milliseconds since 1970-01-01 UTC.</summary>
    internal long ExpiresAt { get; set; } = long.MaxValue;

    /// <summary>The price as the bars have it, for comparing.</summary>
    internal double PriceOfBars { get; set; }

    /// <summary>Whether it was there before the bar opened; a limit that was not takes where the open passes it.</summary>
    internal bool IsResting { get; set; }

    /// <summary>A target whose entry filled inside the bar is not live in that bar.</summary>
    internal bool IsAsleep { get; set; }

    /// <summary>Best close since a trailing stop was set.</summary>
    internal double Best { get; set; }

    /// <summary>Makes a finished order new, for whoever places thousands of the same kind and keeps none.</summary>
    internal void Renew()
    {
        (State, Rejection) = (OrderState.New, OrderRejection.None);
        (Quantity, Filled, IsResting) = (0, 0, false);
    }

    internal bool IsStop => Type is OrderType.StopMarket or OrderType.TrailingStop;

    internal bool IsReducing => ReduceOnly || ClosesPosition;
}
