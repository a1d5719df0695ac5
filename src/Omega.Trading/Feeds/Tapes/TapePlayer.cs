using System.Runtime.CompilerServices;

namespace Omega.Trading.Feeds;

/// <summary>Plays tapes by a clock: what feeds of a known course have in common. Thread-safe.</summary>
internal sealed class TapePlayer : IAsyncDisposable
{
    private readonly string _name;
    private readonly FeedClock _clock;
    private readonly Dictionary<string, Market> _markets = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _closed = new();
    private readonly long _began;
    private readonly TimeSpan _deadline;
    private long _missed;

    public TapePlayer(string name, IReadOnlyList<(Instrument Instrument, Tape Tape)> markets, FeedClock clock, TimeSpan deadline)
    {
        (_name, _clock, _deadline, _began) = (name, clock, deadline, clock.Now);
        foreach (var (instrument, tape) in markets)
            _markets.Add(instrument.ToString(), new Market(instrument, tape));
    }

    public FeedState State => StateAt(_clock.Now);

    public FeedHistory GetHistory(HistoryRequest request)
    {
        ObjectDisposedException.ThrowIf(_closed.IsCancellationRequested, this);
        var market = Find(request.Instrument, request.Timeframe);
        return TapeHistory.Read(market.Instrument, market.Tape, request, _clock.Now);
    }

    /// <exception cref="TradingException">There is no such market or timeframe; at once, not at the first update.</exception>
    public IAsyncEnumerable<MarketUpdate> Watch(Instrument instrument, Timeframe timeframe, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_closed.IsCancellationRequested, this);
        return WatchAsync(Find(instrument, timeframe), timeframe, cancellationToken);
    }

    public async ValueTask DisposeAsync() => await _closed.CancelAsync();

    private async IAsyncEnumerable<MarketUpdate> WatchAsync(Market market, Timeframe timeframe, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closed.Token);
        var reader = new TapeReader(market.Tape, timeframe, _clock.Now);
        var state = StateAt(reader.Position);
        yield return new FeedStateUpdate(At(reader.Position), state);
        if (market.Tape.OpenCandle(timeframe, reader.Position) is { } open)
            yield return new CandleUpdate(At(reader.Position), open, IsFinal: false);

        while (true)
        {
            var now = _clock.Now;
            Interlocked.Add(ref _missed, reader.SkipTo(now));
            foreach (var update in reader.Read(now))
            {
                if (ended.IsCancellationRequested)
                    break;
                if (update is PriceUpdate { IsSuspect: true })
                    market.CountSuspect(update.At);
                yield return update;
            }

            var later = StateAt(now);
            if (later with { LastData = state.LastData } != state)
                yield return new FeedStateUpdate(At(now), later);
            state = later;
            if (state.Status == FeedStatus.Ended || ended.IsCancellationRequested)
                break;
            await WaitAsync(reader.Next(now, state, _deadline), ended.Token, cancellationToken);
        }

        cancellationToken.ThrowIfCancellationRequested();
    }

    // A feed that is closed has nothing more to say; only a reader that gives up is told so by an exception.
    private async Task WaitAsync(long moment, CancellationToken ended, CancellationToken cancellationToken)
    {
        try
        {
            await _clock.WaitAsync(moment, ended);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
        }
    }

    private FeedState StateAt(long now)
    {
        long? last = null;
        foreach (var market in _markets.Values)
        {
            if (market.Tape.TimeOf(market.Tape.CountPrices(now) - 1) is { } time)
                last = Math.Max(last ?? time, time);
        }

        var isOver = _markets.Values.All(market => now >= market.Tape.End);
        var status = isOver ? FeedStatus.Ended : now - (last ?? _began) > _deadline.TotalMilliseconds ? FeedStatus.Stale : FeedStatus.Live;
        return new FeedState(status, last is { } data ? At(data) : null, _deadline)
        {
            MissingCandles = _markets.Values.Sum(market => market.Tape.CountMissing(_began, now)),
            SuspectPrices = _markets.Values.Sum(market => market.Suspects),
            MissedUpdates = Interlocked.Read(ref _missed),
        };
    }

    private Market Find(Instrument instrument, Timeframe timeframe)
    {
        var spelled = instrument.ToString();
        if (!_markets.TryGetValue(spelled, out var market))
            throw new TradingException($"{_name} has no market \"{spelled}\".{NearNames.Question(spelled, _markets.Keys)} It has: {string.Join(", ", _markets.Keys)}.");
        if (market.Tape.Timeframes.Contains(timeframe))
            return market;
        throw new TradingException($"{_name} has no {(timeframe == default ? "such" : timeframe)} candles of {spelled}. It has: {string.Join(", ", market.Tape.Timeframes)}.");
    }

    private static DateTimeOffset At(long time) => DateTimeOffset.FromUnixTimeMilliseconds(time);

    private sealed class Market(Instrument instrument, Tape tape)
    {
        private readonly Lock _lock = new();
        private DateTimeOffset _lastSuspect;
        private long _suspects;

        public Instrument Instrument => instrument;

        public Tape Tape => tape;

        public long Suspects => Interlocked.Read(ref _suspects);

        /// <summary>Counts each once, however many read.</summary>
        public void CountSuspect(DateTimeOffset at)
        {
            lock (_lock)
            {
                if (at <= _lastSuspect)
                    return;
                _lastSuspect = at;
                _suspects++;
            }
        }
    }
}
