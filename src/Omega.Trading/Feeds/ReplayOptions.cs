namespace Omega.Trading.Feeds;

/// <summary>How a file is played back.</summary>
public sealed record ReplayOptions
{
    /// <summary>Where the feed's clock begins.</summary>
    /// <value>Default null: the end of the file, where everything has happened. Within the file.</value>
    public DateTimeOffset? From { get; init; }

    /// <summary>How many seconds of the file go by in one.</summary>
    /// <value>Default 1. From 0 (the clock stands still) to 1,000,000.</value>
    public double Speed
    {
        get;
        init => field = value is >= 0 and <= 1_000_000 ? value : throw new TradingException($"The replay's speed is {value}; it must be from 0 to 1,000,000.");
    } = 1;
}
