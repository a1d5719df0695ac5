namespace Omega.Trading;

/// <summary>One period of a market. Named by its open time; final only when its period has ended.</summary>
/// <param name="Time">Open time, in milliseconds since 1970-01-01 UTC.</param>
/// <param name="Open">First price of the period, in quote currency.</param>
/// <param name="High">Highest price.</param>
/// <param name="Low">Lowest price.</param>
/// <param name="Close">Last price.</param>
/// <param name="Volume">Traded quantity, in base currency.</param>
public readonly record struct Candle(long Time, double Open, double High, double Low, double Close, double Volume)
{
    /// <summary>Open time, UTC.</summary>
    public DateTimeOffset OpenTime => DateTimeOffset.FromUnixTimeMilliseconds(Time);
}
