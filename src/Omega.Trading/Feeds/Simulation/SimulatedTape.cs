using System.Text;

namespace Omega.Trading.Feeds;

/// <summary>
/// A simulated market as a tape. Hours are drawn one after the other from the beginning, each hour's prices from a key of their own when
/// they are asked for; so any stretch is the same whatever was asked for before. Every candle is made of the ten-second prices, so all
/// timeframes agree. Prices are rounded to the instrument's tick.
/// </summary>
internal sealed class SimulatedTape : Tape
{
    /// <summary>2023-01-02T00:00Z, a Monday, so that every timeframe's first candle is complete.</summary>
    public const long Begin = 1_672_617_600_000;

    /// <summary>50 years of 365.25 days later.</summary>
    public const long Last = Begin + (50 * 8766L * HourMilliseconds);

    private const double FirstPrice = 100_000;
    private const double MostPrice = 1e12;
    private const long HourMilliseconds = 3_600_000;
    private const long MinuteMilliseconds = 60_000;
    private const long StepMilliseconds = MinuteMilliseconds / HourPrices.PerMinute;

    private readonly Lock _lock = new();
    private readonly HourCourse _course;
    private readonly HourPrices _prices = new();
    private readonly List<Candle?> _hours = [];
    private readonly ulong _key;
    private readonly string _source;
    private readonly double _tick;
    private readonly double _ticksPerUnit;
    private int _drawn = -1;

    public SimulatedTape(long seed, Instrument instrument, string source)
    {
        (_key, _source, _tick, _ticksPerUnit) = (KeyOf(seed, instrument), source, (double)instrument.Tick, (double)(1 / instrument.Tick));
        _course = new HourCourse(KeyOf(-1), Begin, FirstPrice);
    }

    public override IReadOnlyList<Timeframe> Timeframes => Timeframe.All;

    public override long End => Last;

    public override long Spacing => StepMilliseconds;

    public override long CountPrices(long time) => time < Begin ? 0 : ((Math.Min(time, Last - 1) - Begin) / StepMilliseconds) + 1;

    public override TapePrice Price(long index)
    {
        var (hour, step) = ((int)(index / HourPrices.Count), (int)(index % HourPrices.Count));
        lock (_lock)
        {
            Draw(hour);
            return new TapePrice(Begin + (index * StepMilliseconds), Round(_prices.Levels[step]), Quantity(step));
        }
    }

    public override long? TimeOf(long index) => index >= 0 && Begin + (index * StepMilliseconds) is var time && time < Last ? time : null;

    public override CandleSeries Latest(Timeframe timeframe, int count, long until)
    {
        var end = timeframe.Floor(Math.Min(until, Last));
        return Make(timeframe, Math.Max(Begin, end - (count * timeframe.Milliseconds)), end);
    }

    public override CandleSeries Between(Timeframe timeframe, long from, long until)
    {
        var first = Math.Max(Begin, timeframe.Floor(from + timeframe.Milliseconds - 1));
        return Make(timeframe, first, Math.Max(first, timeframe.Floor(Math.Min(until, Last))));
    }

    public override Candle? OpenCandle(Timeframe timeframe, long time)
    {
        if (time < Begin || time >= Last)
            return null;
        var (open, hour) = (timeframe.Floor(time), (int)((time - Begin) / HourMilliseconds));
        var (index, steps) = (Math.Max(hour * HourMilliseconds, open - Begin), (int)(((time - Begin) % HourMilliseconds / StepMilliseconds) + 1));
        lock (_lock)
        {
            Draw(hour);
            var first = (int)((index - (hour * HourMilliseconds)) / StepMilliseconds);
            var part = Join(open, first, steps);
            for (var whole = hour - 1; Begin + (whole * HourMilliseconds) >= open; whole--)
            {
                var before = Whole(whole);
                part = new Candle(open, before.Open, Math.Max(before.High, part.High), Math.Min(before.Low, part.Low), part.Close, part.Volume + before.Volume);
            }

            return part with { Volume = HourPrices.Quantity(part.Volume) };
        }
    }

    public override long CountMissing(long from, long until) => 0;

    private CandleSeries Make(Timeframe timeframe, long first, long end)
    {
        var columns = new CandleColumns((int)((end - first) / timeframe.Milliseconds));
        lock (_lock)
        {
            for (var i = 0; i < columns.Times.Length; i++)
                columns.Set(i, Make(timeframe, first + (i * timeframe.Milliseconds)));
        }

        return new CandleSeries(timeframe, _source, columns, 0, columns.Times.Length);
    }

    private Candle Make(Timeframe timeframe, long open)
    {
        var hour = (int)((open - Begin) / HourMilliseconds);
        if (timeframe.Milliseconds < HourMilliseconds)
        {
            Draw(hour);
            var begin = (int)((open - Begin) % HourMilliseconds / StepMilliseconds);
            return Join(open, begin, begin + (int)(timeframe.Milliseconds / StepMilliseconds));
        }

        var joined = Whole(hour);
        for (var i = 1; i < timeframe.Milliseconds / HourMilliseconds; i++)
        {
            var next = Whole(hour + i);
            joined = new Candle(open, joined.Open, Math.Max(joined.High, next.High), Math.Min(joined.Low, next.Low), next.Close, joined.Volume + next.Volume);
        }

        return joined with { Volume = HourPrices.Quantity(joined.Volume) };
    }

    private Candle Whole(int hour)
    {
        while (_hours.Count <= hour)
            _hours.Add(null);
        if (_hours[hour] is { } known)
            return known;
        Draw(hour);
        var made = Join(Begin + (hour * HourMilliseconds), 0, HourPrices.Count);
        _hours[hour] = made;
        return made;
    }

    // Prices of the drawn hour, from one step to before another.
    private Candle Join(long open, int begin, int end)
    {
        var levels = _prices.Levels[begin..end];
        var ((low, high), volume) = (Extremes.Of(levels), 0.0);
        var (minute, whole) = (begin / HourPrices.PerMinute, end / HourPrices.PerMinute);
        for (; minute < whole; minute++)
            volume += _prices.Volumes[minute];
        for (var step = whole * HourPrices.PerMinute; step < end; step++)
            volume += Quantity(step);
        return new Candle(open, Round(levels[0]), Round(high), Round(low), Round(levels[^1]), HourPrices.Quantity(volume));
    }

    private void Draw(int hour)
    {
        if (_drawn == hour)
            return;
        _prices.Draw(KeyOf(hour), _course[hour], _course[hour + 1].Level);
        _drawn = hour;
    }

    private double Quantity(int step) => HourPrices.Quantity(_prices.Volumes[step / HourPrices.PerMinute] / HourPrices.PerMinute);

    private double Round(double level) => Math.Clamp(Math.Round(Math.Exp(level) * _ticksPerUnit) / _ticksPerUnit, _tick, MostPrice);

    private ulong KeyOf(int hour)
    {
        var state = _key ^ (ulong)hour;
        return Xoshiro256.Mix(ref state);
    }

    private static ulong KeyOf(long seed, Instrument instrument)
    {
        // FNV-1a over the name; string.GetHashCode differs from run to run.
        var state = 0xCBF29CE484222325;
        foreach (var letter in Encoding.UTF8.GetBytes(instrument.ToString()))
            state = (state ^ letter) * 0x100000001B3;
        var name = Xoshiro256.Mix(ref state);
        state = name ^ (ulong)seed;
        return Xoshiro256.Mix(ref state);
    }
}
