using Omega.Trading.Risk;

namespace Omega.Desk.Functions;

/// <summary>Reads where a stop is: as a price, or as a distance from one.</summary>
internal static class StopPrice
{
    /// <summary>The stop's price; null where none is given.</summary>
    /// <param name="arguments">With <c>stop</c> or <c>stop_distance</c>.</param>
    /// <param name="side">Which way the position gains.</param>
    /// <param name="price">What a distance is measured from.</param>
    /// <exception cref="Refusal">Both are given.</exception>
    public static decimal? Of(CallArguments arguments, PositionSide side, decimal price)
    {
        var (stop, distance) = (arguments.Amount("stop"), arguments.Amount("stop_distance"));
        if (stop is not null && distance is not null)
            throw new Refusal("not_possible", "stop and stop_distance are both given. Give one of them.", "stop");
        return distance is { } fraction ? Math.Round(price * (side == PositionSide.Long ? 1 - fraction : 1 + fraction), 8) : stop;
    }
}
