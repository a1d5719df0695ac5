namespace Omega.Trading.Risk;

/// <summary>Where a stop may lie.</summary>
internal static class Stops
{
    /// <summary>Throws where a stop could not be one.</summary>
    /// <param name="side">Which way the position gains.</param>
    /// <param name="price">What it is measured from.</param>
    /// <param name="stop">The stop.</param>
    /// <param name="what">What <paramref name="price"/> is, in words.</param>
    /// <exception cref="TradingException">It is not above zero, at the price, on the wrong side, or absurdly far.</exception>
    public static void Check(PositionSide side, decimal price, decimal stop, string what)
    {
        var (name, where) = side == PositionSide.Long ? ("long", "below") : ("short", "above");
        if (stop <= 0)
            throw new TradingException($"The stop is {stop}; it must be above 0.");
        if (stop == price)
            throw new TradingException($"The stop {stop} is the {what} itself: at a distance of zero no size is right. Put it {where} {price}.");
        if (side == PositionSide.Long != stop < price)
            throw new TradingException($"The stop {stop} of a {name} position is on the wrong side of the {what} {price}. Put it {where}.");
        if (stop > price * 10)
            throw new TradingException($"The stop {stop} is more than ten times the {what} {price}. Check both.");
    }
}
