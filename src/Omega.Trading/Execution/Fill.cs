namespace Omega.Trading.Execution;

/// <summary>What the market gave an order.</summary>
/// <param name="Time">Open time of the bar in which it filled, in milliseconds since 1970-01-01 UTC.</param>
/// <param name="OrderId">The order's number.</param>
/// <param name="Side">Which way.</param>
/// <param name="Quantity">Base currency, above zero.</param>
/// <param name="Price">Quote currency, slippage and tick rounding included.</param>
/// <param name="Fee">Quote currency.</param>
/// <param name="Slippage">What slippage and tick rounding cost, in quote currency.</param>
/// <param name="IsMaker">Whether it rested in the book and others came to it.</param>
/// <param name="Reason">What it came from.</param>
public readonly record struct Fill(long Time, long OrderId, OrderSide Side, decimal Quantity, decimal Price, decimal Fee, decimal Slippage, bool IsMaker, FillReason Reason)
{
    /// <summary>Quantity × price.</summary>
    public decimal Notional => Quantity * Price;
}
