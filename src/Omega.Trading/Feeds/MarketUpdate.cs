namespace Omega.Trading.Feeds;

/// <summary>Something that happened on a market, or to the feed.</summary>
public abstract record MarketUpdate
{
    private protected MarketUpdate(DateTimeOffset at) => At = at;

    /// <summary>When, by the feed's clock, UTC.</summary>
    public DateTimeOffset At { get; init; }
}

/// <summary>A trade, or the last price where the feed knows no trades.</summary>
/// <param name="At">When.</param>
/// <param name="Price">In quote currency.</param>
/// <param name="Quantity">In base currency; null where the feed does not say.</param>
/// <param name="IsSuspect">Far from the last trades and not confirmed: to be shown, never to be decided on.</param>
public sealed record PriceUpdate(DateTimeOffset At, double Price, double? Quantity, bool IsSuspect) : MarketUpdate(At);

/// <summary>A candle as it is now.</summary>
/// <param name="At">When.</param>
/// <param name="Candle">The candle.</param>
/// <param name="IsFinal">Whether its period has ended. One that is open may still change and is not to be decided on.</param>
public sealed record CandleUpdate(DateTimeOffset At, Candle Candle, bool IsFinal) : MarketUpdate(At);

/// <summary>The feed's state has changed.</summary>
/// <param name="At">When.</param>
/// <param name="State">How it is now.</param>
public sealed record FeedStateUpdate(DateTimeOffset At, FeedState State) : MarketUpdate(At);
