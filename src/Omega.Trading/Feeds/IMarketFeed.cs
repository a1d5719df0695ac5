namespace Omega.Trading.Feeds;

/// <summary>
/// A market as it is: what has happened and what happens, through one interface for an exchange, a file played back, and a simulation.
/// Thread-safe. Nothing it gives lies after the present of its clock.
/// </summary>
public interface IMarketFeed : IAsyncDisposable
{
    /// <summary>Where all of it comes from: an exchange, <c>replay:HASH</c>, or <c>SIM:seed</c>.</summary>
    string Source { get; }

    /// <summary>Whether the prices are made up. Whoever shows them says so.</summary>
    bool IsSimulated { get; }

    /// <summary>What can be asked for, in its own spelling; the first is the usual one.</summary>
    IReadOnlyList<Instrument> Instruments { get; }

    /// <summary>The periods that can be asked for, shortest first.</summary>
    IReadOnlyList<Timeframe> Timeframes { get; }

    /// <summary>How the feed is, as of now.</summary>
    FeedState State { get; }

    /// <summary>What has happened up to now, or a part of it.</summary>
    /// <param name="request">Which market, period and stretch.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="TradingException">The feed has no such market or timeframe (the message offers near ones), or the stretch is not sound.</exception>
    ValueTask<FeedHistory> GetHistoryAsync(HistoryRequest request, CancellationToken cancellationToken = default);

    /// <summary>
    /// What happens from now on, until it is cancelled or the feed has nothing more: trades, the open candle as it grows, each candle once
    /// it is final, and changes of the feed's state. Begins with the state and the open candle. A reader that is too slow misses trades and
    /// open candles, which are counted, and never a final candle.
    /// </summary>
    /// <param name="instrument">The market.</param>
    /// <param name="timeframe">The period of the candles.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="TradingException">The feed has no such market or timeframe.</exception>
    IAsyncEnumerable<MarketUpdate> WatchAsync(Instrument instrument, Timeframe timeframe, CancellationToken cancellationToken = default);
}
