namespace Omega.Trading.Feeds;

/// <summary>One reader's place on a tape: tells what happened since it last looked. Not thread-safe.</summary>
internal sealed class TapeReader
{
    /// <summary>Prices that a slow reader still gets; of more, the oldest are left out.</summary>
    public const int MostBehind = 256;

    private const int CandlesAtOnce = 1024;

    private readonly Tape _tape;
    private readonly Timeframe _timeframe;
    private readonly SuspectPrices _suspects;
    private long _next;
    private long _nextFinal;
    private long _nextShortest;

    public TapeReader(Tape tape, Timeframe timeframe, long position)
    {
        (_tape, _timeframe, Position) = (tape, timeframe, position);
        (_next, _nextFinal, _nextShortest) = (tape.CountPrices(position), timeframe.Floor(position), Shortest.Floor(position));
        _suspects = new SuspectPrices(tape.Spacing);
        foreach (var candle in Candles(tape.Latest(Shortest, SuspectPrices.WarmUpCandles, position)))
            _suspects.Add(candle);
        Remember();
    }

    /// <summary>How far it has read.</summary>
    public long Position { get; private set; }

    private Timeframe Shortest => _tape.Timeframes[0];

    /// <summary>Leaves out the oldest prices where there are too many up to a time.</summary>
    /// <returns>How many updates that left out: for each price, itself and the open candle.</returns>
    public long SkipTo(long now)
    {
        var skipped = _tape.CountPrices(now) - MostBehind - _next;
        if (skipped <= 0)
            return 0;
        _next += skipped;
        Remember();
        return 2 * skipped;
    }

    /// <summary>What happened up to a time, in order.</summary>
    public IEnumerable<MarketUpdate> Read(long now)
    {
        for (var until = _tape.CountPrices(now); _next < until;)
        {
            var price = _tape.Price(_next++);
            foreach (var final in Finals(price.Time))
                yield return final;
            yield return new PriceUpdate(At(price.Time), price.Price, price.Quantity, IsSuspect(price));
            if (_tape.OpenCandle(_timeframe, price.Time) is { } open)
                yield return new CandleUpdate(At(price.Time), open, IsFinal: false);
        }

        foreach (var final in Finals(now))
            yield return final;
        Position = Math.Max(Position, now);
    }

    /// <summary>When there is something to be told again.</summary>
    public long Next(long now, FeedState state, TimeSpan deadline)
    {
        var next = Math.Min(_timeframe.Floor(now) + _timeframe.Milliseconds, _tape.End);
        if (_tape.TimeOf(_next) is { } price)
            next = Math.Min(next, price);
        if (state.Status == FeedStatus.Live)
            next = Math.Min(next, (state.LastData?.ToUnixTimeMilliseconds() ?? now) + (long)deadline.TotalMilliseconds + 1);
        return Math.Max(next, now + 1);
    }

    private IEnumerable<CandleUpdate> Finals(long until)
    {
        for (var open = _timeframe.Floor(until); _nextFinal < open;)
        {
            var to = Math.Min(open, _nextFinal + (CandlesAtOnce * _timeframe.Milliseconds));
            foreach (var candle in Candles(_tape.Between(_timeframe, _nextFinal, to)))
                yield return new CandleUpdate(At(candle.Time + _timeframe.Milliseconds), candle, IsFinal: true);
            _nextFinal = to;
        }
    }

    // The prices before the next, which it is compared with.
    private void Remember()
    {
        for (var i = Math.Max(0, _next - SuspectPrices.MedianOf); i < _next; i++)
        {
            var price = _tape.Price(i);
            _suspects.IsSuspect(price.Time, price.Price);
        }
    }

    private bool IsSuspect(TapePrice price)
    {
        if (Shortest.Floor(price.Time) is var open && open > _nextShortest)
        {
            // After a long time away only the last candles say how far prices move.
            _nextShortest = Math.Max(_nextShortest, open - (SuspectPrices.WarmUpCandles * Shortest.Milliseconds));
            foreach (var candle in Candles(_tape.Between(Shortest, _nextShortest, open)))
                _suspects.Add(candle);
            _nextShortest = open;
        }

        return _suspects.IsSuspect(price.Time, price.Price);
    }

    private static IEnumerable<Candle> Candles(CandleSeries series) => Enumerable.Range(0, series.Count).Select(i => series[i]);

    private static DateTimeOffset At(long time) => DateTimeOffset.FromUnixTimeMilliseconds(time);
}
