namespace Omega.Trading.Analysis;

/// <summary>The figures of a <see cref="Risk.PositionSize"/>, in its order.</summary>
internal static class SizingFigures
{
    public static FigureDefinition[] All { get; } =
    [
        new("size.method", Units.Text, "fixed_fraction: a fraction of the equity; fixed_risk: equity × risk / (distance to the stop and both fees); volatility_target: target / volatility of the equity; capped_kelly: a part of W − (1 − W) / payoff, at most the cap."),
        new("size.side", Units.Text, "long or short."),
        new("size.price", Units.Quote, "Price of the entry."),
        new("size.quantity", Units.Base, "Rounded down to the market's step; 0 where no order is possible or wise, with a note."),
        new("size.notional", Units.Quote, "Quantity × price; with its fee never above the equity."),
        new("size.fraction", Units.Fraction, "Notional over equity."),
        new("size.fee", Units.Quote, "Fee of the entry."),
        new("size.stop", Units.Quote, "The stop; null with methods that take none."),
        new("size.loss_at_stop", Units.Quote, "What closing at the stop loses, both fees included, before slippage."),
        new("size.loss_of_equity", Units.Fraction, "That over equity."),
        new("size.kelly", Units.Fraction, "The full Kelly fraction; null with other methods."),
        new("size.notes", Units.Text, "What bounded the size."),
    ];
}
