using System.Collections.Concurrent;

namespace Omega.Trading.Feeds;

/// <summary>
/// A file of candles as a tape. A candle's four prices come at its open time and after each quarter of its period: open, the two extremes,
/// close; high first in periods that are even when counted from 1970, low first in the others, so that the order says nothing of the close.
/// How much was traded at each is not known, and a candle's volume not before its end.
/// </summary>
internal sealed class CandleTape : Tape
{
    private const int PricesPerCandle = 4;

    private readonly CandleSeries _candles;
    private readonly ConcurrentDictionary<Timeframe, CandleSeries> _longer = [];

    /// <param name="candles">At least one.</param>
    public CandleTape(CandleSeries candles)
    {
        _candles = candles;
        Timeframes = [candles.Timeframe, .. Timeframe.All.Where(other => other.IsMultipleOf(candles.Timeframe))];
    }

    public override IReadOnlyList<Timeframe> Timeframes { get; }

    public override long End => _candles.Times[^1] + Period;

    public override long Spacing => Period / PricesPerCandle;

    private long Period => _candles.Timeframe.Milliseconds;

    public override long CountPrices(long time)
    {
        var candle = _candles.IndexFrom(time + 1) - 1;
        return candle < 0 ? 0 : (candle * (long)PricesPerCandle) + Math.Min(PricesPerCandle, ((time - _candles.Times[candle]) / Spacing) + 1);
    }

    public override TapePrice Price(long index)
    {
        var (candle, part) = (_candles[(int)(index / PricesPerCandle)], index % PricesPerCandle);
        var isHighFirst = candle.Time / Period % 2 == 0;
        var price = part switch
        {
            0 => candle.Open,
            1 => isHighFirst ? candle.High : candle.Low,
            2 => isHighFirst ? candle.Low : candle.High,
            _ => candle.Close,
        };
        return new TapePrice(candle.Time + (part * Spacing), price, Quantity: null);
    }

    public override long? TimeOf(long index) => index >= 0 && index / PricesPerCandle < _candles.Count ? Price(index).Time : null;

    public override CandleSeries Latest(Timeframe timeframe, int count, long until)
    {
        var series = Of(timeframe);
        var end = series.IndexFrom(until - timeframe.Milliseconds + 1);
        var start = Math.Max(0, end - count);
        return series.Slice(start, end - start);
    }

    public override CandleSeries Between(Timeframe timeframe, long from, long until)
    {
        var series = Of(timeframe);
        var (start, end) = (series.IndexFrom(from), series.IndexFrom(until - timeframe.Milliseconds + 1));
        return series.Slice(start, Math.Max(0, end - start));
    }

    public override Candle? OpenCandle(Timeframe timeframe, long time)
    {
        var open = timeframe.Floor(time);
        if (open < _candles.Times[0])
            return null;
        var (start, last) = (_candles.IndexFrom(open), CountPrices(time) - 1);
        if (last < start * (long)PricesPerCandle)
            return null;
        var whole = (int)(last / PricesPerCandle);
        var (first, high, low, volume) = (_candles.Opens[start], double.MinValue, double.MaxValue, 0.0);
        for (var i = start; i < whole; i++)
            (high, low, volume) = (Math.Max(high, _candles.Highs[i]), Math.Min(low, _candles.Lows[i]), volume + _candles.Volumes[i]);
        for (var i = (long)whole * PricesPerCandle; i <= last; i++)
            (high, low) = (Math.Max(high, Price(i).Price), Math.Min(low, Price(i).Price));
        if (time >= _candles.Times[whole] + Period)
            volume += _candles.Volumes[whole];
        return new Candle(open, first, high, low, Price(last).Price, volume);
    }

    public override long CountMissing(long from, long until)
    {
        var count = 0L;
        foreach (var range in _candles.MissingRanges)
        {
            if (range.First >= until)
                break;
            var (first, end) = (Math.Max(range.First, _candles.Timeframe.Floor(from + Period - 1)), Math.Min(range.Last + Period, _candles.Timeframe.Floor(until)));
            count += Math.Max(0, (end - first) / Period);
        }

        return count;
    }

    // Made of the whole file: which candles are left out does not depend on how far the clock has come, and each is shown only when its
    // period has ended.
    private CandleSeries Of(Timeframe timeframe) => _longer.GetOrAdd(timeframe, static (to, candles) => candles.Resample(to), _candles);
}
