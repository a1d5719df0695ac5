using Omega.Trading.Indicators;

namespace Omega.Trading.Feeds;

/// <summary>
/// Tells prices that nothing should be decided on: further than 2 % and than 10 average true ranges (14 candles) from the median of the last
/// 20 prices, until a second one within two seconds lies as near to it. Where prices come less often than that, the next one is the second.
/// Not thread-safe; one for each market.
/// </summary>
internal sealed class SuspectPrices(long spacing)
{
    /// <summary>Prices the median is of.</summary>
    public const int MedianOf = 20;

    /// <summary>Candles after which where the true range's average began no longer shows.</summary>
    public const int WarmUpCandles = 25 * AtrLength;

    private const int AtrLength = 14;
    private const double LeastFraction = 0.02;
    private const double MostRanges = 10;
    private const long Confirmation = 2000;

    private readonly double[] _last = new double[MedianOf];
    private readonly double[] _sorted = new double[MedianOf];
    private readonly long _window = Math.Max(Confirmation, spacing);
    private Atr _atr = new(AtrLength);
    private double _range = double.NaN;
    private long _count;
    private (long Time, double Price)? _outlier;

    /// <summary>Takes the next final candle of the shortest period.</summary>
    public void Add(in Candle candle) => _range = _atr.Next(candle);

    /// <summary>Takes the next price and says whether it is suspect.</summary>
    public bool IsSuspect(long time, double price)
    {
        var isSuspect = false;
        if (_count >= MedianOf && Median() is var median && Math.Abs(price - median) > Bound(median))
        {
            isSuspect = _outlier is not var (before, other) || time - before > _window || Math.Abs(price - other) > Bound(other);
            _outlier = (time, price);
        }

        _last[_count++ % MedianOf] = price;
        return isSuspect;
    }

    private double Bound(double from) => Math.Max(LeastFraction * from, double.IsNaN(_range) ? 0 : MostRanges * _range);

    private double Median()
    {
        _last.CopyTo(_sorted, 0);
        Array.Sort(_sorted);
        return (_sorted[(MedianOf / 2) - 1] + _sorted[MedianOf / 2]) / 2;
    }
}
