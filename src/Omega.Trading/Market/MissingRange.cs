namespace Omega.Trading;

/// <summary>Candles that a series should have between two that it has.</summary>
/// <param name="First">Open time of the first missing candle, in milliseconds since 1970-01-01 UTC.</param>
/// <param name="Last">Open time of the last missing candle.</param>
/// <param name="Count">How many are missing: 1 where <paramref name="First"/> and <paramref name="Last"/> are the same.</param>
public readonly record struct MissingRange(long First, long Last, long Count)
{
    /// <summary>Open time of the first missing candle, UTC.</summary>
    public DateTimeOffset FirstTime => DateTimeOffset.FromUnixTimeMilliseconds(First);

    /// <summary>Open time of the last missing candle, UTC.</summary>
    public DateTimeOffset LastTime => DateTimeOffset.FromUnixTimeMilliseconds(Last);
}
