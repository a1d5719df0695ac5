using System.Runtime.InteropServices;

namespace Omega.Trading.Analysis;

/// <summary>The swings of one side that may yet be swept. Lows are seen upside down, so that one rule serves both.</summary>
internal sealed class SweptSide(SwingSide side)
{
    private readonly double _sign = side == SwingSide.High ? 1 : -1;
    private readonly List<Level> _levels = [];
    private Level _swept;
    private int _sweptCount;

    public void Add(in Swing swing) => _levels.Add(new Level { Price = _sign * swing.Price, Time = swing.Time, Bar = swing.Bar, TakenBar = -1 });

    /// <summary>Takes the next final bar; true where it closes back inside a swing that was taken out.</summary>
    public bool Next(in Candle bar, long index, double atr)
    {
        var (reach, close) = (side == SwingSide.High ? bar.High : -bar.Low, _sign * bar.Close);
        (_sweptCount, var kept) = (0, 0);
        var levels = CollectionsMarshal.AsSpan(_levels);
        foreach (ref var level in levels)
        {
            if (IsOver(ref level, bar.Time, index, reach, close, atr))
                continue;
            levels[kept++] = level;
        }

        _levels.RemoveRange(kept, levels.Length - kept);
        return _sweptCount > 0;
    }

    /// <summary>What the last bar swept.</summary>
    public LiquiditySweep Describe(in Candle bar, bool isStopHunt) => new()
    {
        Kind = isStopHunt ? SweepKind.StopHunt
            : _swept.HasClosedBeyond ? SweepKind.FakeBreakout
            : side == SwingSide.High ? SweepKind.BullTrap
            : SweepKind.BearTrap,
        Side = side,
        Level = _sign * _swept.Price,
        LevelAt = DateTimeOffset.FromUnixTimeMilliseconds(_swept.Time),
        TakenAt = DateTimeOffset.FromUnixTimeMilliseconds(_swept.TakenTime),
        ConfirmedAt = bar.OpenTime,
        Extreme = _sign * _swept.Extreme,
        DepthAtr = (_swept.Extreme - _swept.Price) / _swept.Atr,
        Levels = _sweptCount,
    };

    /// <summary>Advances one swing; true where it is swept, broken or too old.</summary>
    private bool IsOver(ref Level level, long time, long index, double reach, double close, double atr)
    {
        if (level.TakenBar < 0)
        {
            if (index - level.Bar >= LevelBook.Window)
                return true;
            if (reach <= level.Price)
                return false;
            // Without an ATR nobody can say whether that was far enough; the swing is no longer untouched.
            if (!(atr > 0))
                return true;
            if (reach < level.Price + (SweepDetector.Depth * atr))
                return false;
            (level.TakenBar, level.TakenTime, level.Atr, level.Extreme) = (index, time, atr, reach);
        }

        level.Extreme = Math.Max(level.Extreme, reach);
        if (close < level.Price)
        {
            if (_sweptCount++ == 0 || level.Price > _swept.Price)
                _swept = level;
            return true;
        }

        level.HasClosedBeyond |= close > level.Price;
        return index - level.TakenBar >= SweepDetector.Bars;
    }

    private struct Level
    {
        public double Price;
        public long Time;
        public long Bar;
        public long TakenBar;
        public long TakenTime;
        public double Atr;
        public double Extreme;
        public bool HasClosedBeyond;
    }
}
