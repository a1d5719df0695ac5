namespace Omega.Trading.Analysis;

/// <summary>The swings of the last bars, and the levels that they make together.</summary>
internal sealed class LevelBook
{
    /// <summary>A swing counts for so many bars.</summary>
    public const int Window = 500;

    /// <summary>Swings of a level lie within so many ATR.</summary>
    public const double Width = 0.5;

    /// <summary>Levels shown on each side.</summary>
    public const int Shown = 5;

    private readonly Queue<Swing> _swings = new();

    public void Add(in Swing swing)
    {
        _swings.Enqueue(swing);
        Forget(swing.Bar);
    }

    public (IReadOnlyList<PriceLevel> Support, IReadOnlyList<PriceLevel> Resistance) Read(double close, double? atr, long bars, FigureNotes notes)
    {
        Forget(bars - 1);
        var levels = new List<PriceLevel>();
        if (atr > 0)
            Cluster([.. _swings.OrderBy(swing => swing.Price)], close, atr.Value, levels);
        var reason = atr == 0 ? "atr_14 is 0" : "no confirmed swing of the last 500 bars lies there";
        return (
            Side("support", levels.Where(level => level.Distance < 0).OrderByDescending(level => level.Price)),
            Side("resistance", levels.Where(level => level.Distance > 0).OrderBy(level => level.Price)));

        PriceLevel[] Side(string name, IEnumerable<PriceLevel> nearest)
        {
            PriceLevel[] shown = [.. nearest.Take(Shown)];
            if (shown.Length == 0)
                notes.Add(name, 15, reason);
            return shown;
        }
    }

    private static void Cluster(ReadOnlySpan<Swing> rising, double close, double atr, List<PriceLevel> levels)
    {
        for (int begin = 0, end; begin < rising.Length; begin = end)
        {
            for (end = begin + 1; end < rising.Length && rising[end].Price <= rising[begin].Price + (Width * atr);)
                end++;
            levels.Add(Join(rising[begin..end], close, atr));
        }
    }

    private static PriceLevel Join(ReadOnlySpan<Swing> swings, double close, double atr)
    {
        // Distances from the lowest, so that one price has itself as mean.
        var (low, sum, first, last) = (swings[0].Price, 0.0, long.MaxValue, long.MinValue);
        foreach (var swing in swings)
            (sum, first, last) = (sum + (swing.Price - low), Math.Min(first, swing.Time), Math.Max(last, swing.Time));
        var price = low + (sum / swings.Length);
        return new PriceLevel
        {
            Price = price,
            Low = low,
            High = swings[^1].Price,
            Touches = swings.Length,
            FirstAt = DateTimeOffset.FromUnixTimeMilliseconds(first),
            LastAt = DateTimeOffset.FromUnixTimeMilliseconds(last),
            Distance = (price - close) / close,
            DistanceAtr = (price - close) / atr,
        };
    }

    private void Forget(long bar)
    {
        while (_swings.TryPeek(out var oldest) && bar - oldest.Bar >= Window)
            _swings.Dequeue();
    }
}
