using System.Globalization;

namespace Omega.Trading.Feeds;

/// <summary>
/// A made-up market, reproducible from its seed, that ends at the present of its clock. It begins on 2023-01-02 at 100,000; a price comes
/// every ten seconds. Its volatility comes in regimes, its returns have fat tails, its days a profile, all like those of BTC; its simple
/// returns have a mean of exactly zero whatever happened before, so that nothing has an edge in it. Whoever shows it says SIM. Thread-safe.
/// </summary>
public sealed class SimulatedFeed : IMarketFeed
{
    /// <summary>What the source of every simulated candle begins with.</summary>
    public const string SourcePrefix = "SIM:";

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    private readonly TapePlayer _player;

    /// <summary>Opens a market.</summary>
    /// <param name="options">Which; null for the defaults.</param>
    /// <param name="time">Says what the present is; null for the system's clock.</param>
    /// <exception cref="TradingException">The clock says a time before the market begins, or more than 50 years later.</exception>
    public SimulatedFeed(SimulatedFeedOptions? options = null, TimeProvider? time = null)
    {
        options ??= new SimulatedFeedOptions();
        time ??= TimeProvider.System;
        var now = time.GetUtcNow();
        if (now < Begin || now > End)
            throw new TradingException($"The simulated market goes from {Begin:yyyy-MM-dd} to {End:yyyy-MM-dd}, and the clock says {now:O}. Set the clock.");
        Source = SourcePrefix + options.Seed.ToString(CultureInfo.InvariantCulture);
        Instruments = options.Instruments;
        _player = new TapePlayer(
            $"The simulated market {Source}",
            [.. Instruments.Select(instrument => (instrument, (Tape)new SimulatedTape(options.Seed, instrument, Source)))],
            new WallClock(time),
            Deadline);
    }

    /// <summary>When every simulated market begins: a Monday.</summary>
    public static DateTimeOffset Begin { get; } = DateTimeOffset.FromUnixTimeMilliseconds(SimulatedTape.Begin);

    /// <summary>When it ends.</summary>
    public static DateTimeOffset End { get; } = DateTimeOffset.FromUnixTimeMilliseconds(SimulatedTape.Last);

    /// <inheritdoc/>
    public string Source { get; }

    /// <inheritdoc/>
    public bool IsSimulated => true;

    /// <inheritdoc/>
    public IReadOnlyList<Instrument> Instruments { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Timeframe> Timeframes => Timeframe.All;

    /// <inheritdoc/>
    public FeedState State => _player.State;

    /// <inheritdoc/>
    public ValueTask<FeedHistory> GetHistoryAsync(HistoryRequest request, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(_player.GetHistory(request));
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<MarketUpdate> WatchAsync(Instrument instrument, Timeframe timeframe, CancellationToken cancellationToken = default) =>
        _player.Watch(instrument, timeframe, cancellationToken);

    /// <summary>Ends the feed and what its readers read.</summary>
    public ValueTask DisposeAsync() => _player.DisposeAsync();
}
