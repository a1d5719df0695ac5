namespace Omega.Trading.Feeds;

/// <summary>How a feed is.</summary>
public enum FeedStatus
{
    /// <summary>Data arrives in time.</summary>
    Live,

    /// <summary>Nothing has arrived within the feed's deadline. Stale data never feeds a decision.</summary>
    Stale,

    /// <summary>There is nothing more to come: the file is at its end.</summary>
    Ended,
}

/// <summary>How a feed is, as of a moment.</summary>
/// <param name="Status">In a word.</param>
/// <param name="LastData">When data, or a sign of life, arrived last, by the feed's clock; null before the first.</param>
/// <param name="Deadline">How long silence may last before the feed is stale.</param>
public sealed record FeedState(FeedStatus Status, DateTimeOffset? LastData, TimeSpan Deadline)
{
    /// <summary>Candles that never came and could not be filled in since the feed began.</summary>
    public long MissingCandles { get; init; }

    /// <summary>Prices that were shown but held back as suspect since the feed began.</summary>
    public long SuspectPrices { get; init; }

    /// <summary>Updates that slow readers missed since the feed began; never final candles.</summary>
    public long MissedUpdates { get; init; }
}
