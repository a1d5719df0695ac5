namespace Omega.Trading.Feeds;

/// <summary>
/// A file of candles played back on a clock of its own: what lies before its present is history, what comes is live. No price is made up: a
/// candle shows its open at its open time, then its extremes and its close, each a quarter of the period later; high first in every second
/// candle, low first in the others, whatever the close; its volume when it ends. Longer timeframes are resampled, shorter ones cannot be
/// asked for. Thread-safe.
/// </summary>
public sealed class ReplayFeed : IMarketFeed
{
    private readonly TapePlayer _player;

    /// <summary>Begins a replay.</summary>
    /// <param name="candles">The candles; they are not copied.</param>
    /// <param name="instrument">The market they are of.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="time">Drives the feed's clock; null for the system's.</param>
    /// <exception cref="TradingException">There are no candles, or the replay would not begin within them.</exception>
    public ReplayFeed(CandleSeries candles, Instrument instrument, ReplayOptions? options = null, TimeProvider? time = null)
    {
        if (candles.Count == 0)
            throw new TradingException($"There are no candles of {instrument} to replay.");
        options ??= new ReplayOptions();
        Source = candles.Source.StartsWith("replay:", StringComparison.Ordinal) ? candles.Source : $"replay:{candles.ComputeSha256()[..16]}";
        var tape = new CandleTape(candles.From(Source));
        var (from, begin) = (options.From?.ToUnixTimeMilliseconds() ?? tape.End, candles.Times[0]);
        if (from < begin || from > tape.End)
            throw new TradingException($"The replay would begin at {options.From:O}; the candles go from {Moment(begin):O} to {Moment(tape.End):O}.");
        (Instruments, Timeframes, IsSimulated) = ([instrument], tape.Timeframes, candles.Source.StartsWith(SimulatedFeed.SourcePrefix, StringComparison.Ordinal));
        _player = new TapePlayer($"The feed {Source}", [(instrument, tape)], new ReplayClock(time ?? TimeProvider.System, from, tape.End, options.Speed), candles.Timeframe.Duration);
    }

    /// <inheritdoc/>
    public string Source { get; }

    /// <inheritdoc/>
    public bool IsSimulated { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Instrument> Instruments { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Timeframe> Timeframes { get; }

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

    private static DateTimeOffset Moment(long time) => DateTimeOffset.FromUnixTimeMilliseconds(time);
}
