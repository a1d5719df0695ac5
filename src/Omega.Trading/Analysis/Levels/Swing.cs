namespace Omega.Trading.Analysis;

/// <summary>Which end of the bars a swing is.</summary>
public enum SwingSide
{
    /// <summary>A swing high.</summary>
    High,

    /// <summary>A swing low.</summary>
    Low,
}

/// <summary>A confirmed swing.</summary>
/// <param name="Side">High or low.</param>
/// <param name="Price">Its price.</param>
/// <param name="Time">Open time of its own bar.</param>
/// <param name="ConfirmedAt">Open time of the bar whose close confirmed it.</param>
/// <param name="Bar">Index of its own bar.</param>
internal readonly record struct Swing(SwingSide Side, double Price, long Time, long ConfirmedAt, long Bar);

/// <summary>
/// Finds swings: a high above the highs of the n bars before and not below those of the n bars after, a low likewise. Known on the bar that
/// confirms it, n bars later, and never taken back. (Williams' fractal with n = 3: Trading Chaos, 1995.)
/// </summary>
internal sealed class SwingDetector
{
    /// <summary>Bars on each side.</summary>
    public const int Side = 3;

    private const int Width = (2 * Side) + 1;
    private readonly Candle[] _ring = new Candle[Width];
    private long _count;

    /// <summary>Takes the next final bar and yields what it confirms.</summary>
    public (Swing? High, Swing? Low) Next(in Candle bar)
    {
        _ring[_count % Width] = bar;
        var index = _count++ - Side;
        if (_count < Width)
            return default;
        ref readonly var middle = ref _ring[index % Width];
        var (isHigh, isLow) = (true, true);
        for (var i = 1; i <= Side; i++)
        {
            ref readonly var before = ref _ring[(index - i) % Width];
            ref readonly var after = ref _ring[(index + i) % Width];
            isHigh &= middle.High > before.High && middle.High >= after.High;
            isLow &= middle.Low < before.Low && middle.Low <= after.Low;
        }

        return (
            isHigh ? new Swing(SwingSide.High, middle.High, middle.Time, bar.Time, index) : null,
            isLow ? new Swing(SwingSide.Low, middle.Low, middle.Time, bar.Time, index) : null);
    }
}
