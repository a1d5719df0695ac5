namespace Omega.Trading.Feeds;

/// <summary>Which candles of a feed.</summary>
/// <param name="Instrument">The market.</param>
/// <param name="Timeframe">The period.</param>
public sealed record HistoryRequest(Instrument Instrument, Timeframe Timeframe)
{
    /// <summary>Most candles one request may ask for.</summary>
    public const int MostCandles = 200_000;

    /// <summary>How many final candles, the latest before <see cref="To"/>.</summary>
    /// <value>1 to 200,000. Default 500; not looked at where <see cref="From"/> is given.</value>
    public int Count { get; init; } = 500;

    /// <summary>The first open time wanted; null for <see cref="Count"/> candles.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Candles that end after this are left out; null for the present.</summary>
    public DateTimeOffset? To { get; init; }
}
