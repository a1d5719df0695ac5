namespace Omega.Trading.Analysis;

/// <summary>
/// Finds liquidity sweeps: a confirmed swing is taken out by at least <see cref="Depth"/> ATR and a bar closes back inside no more than
/// <see cref="Bars"/> bars later. Known on the bar that closes back, never before, and never taken back.
/// </summary>
internal sealed class SweepDetector
{
    /// <summary>Bars within which the close must be back inside, the one that takes the swing out aside.</summary>
    public const int Bars = 3;

    /// <summary>How far beyond the swing a price must go, in ATR(14).</summary>
    public const double Depth = 0.1;

    /// <summary>Sweeps kept.</summary>
    public const int Kept = 10;

    private const long Never = long.MinValue / 2;

    private readonly SweptSide _highs = new(SwingSide.High);
    private readonly SweptSide _lows = new(SwingSide.Low);
    private readonly Queue<LiquiditySweep> _last = new(Kept);
    private long _highsSweptAt = Never;
    private long _lowsSweptAt = Never;

    /// <summary>The last sweeps, oldest first.</summary>
    public IReadOnlyList<LiquiditySweep> Last => [.. _last];

    /// <summary>A swing that may be swept from the next bar on.</summary>
    public void Add(in Swing swing) => (swing.Side == SwingSide.High ? _highs : _lows).Add(swing);

    /// <summary>Takes the next final bar.</summary>
    /// <param name="bar">The bar.</param>
    /// <param name="index">Its index.</param>
    /// <param name="atr">ATR(14) of the bar before.</param>
    public void Next(in Candle bar, long index, double atr)
    {
        var isHighSwept = _highs.Next(bar, index, atr);
        var isLowSwept = _lows.Next(bar, index, atr);
        if (isHighSwept)
            _highsSweptAt = index;
        if (isLowSwept)
            _lowsSweptAt = index;
        if (isHighSwept)
            Keep(_highs.Describe(bar, isStopHunt: index - _lowsSweptAt <= Bars));
        if (isLowSwept)
            Keep(_lows.Describe(bar, isStopHunt: index - _highsSweptAt <= Bars));
    }

    private void Keep(LiquiditySweep sweep)
    {
        if (_last.Count == Kept)
            _last.Dequeue();
        _last.Enqueue(sweep);
    }
}
