namespace Omega.Trading.Indicators;

/// <summary>
/// Commodity channel index: (p − mean)/(0.015·mean deviation) over n bars with p = (high + low + close)/3 and the mean deviation taken
/// about the window's own mean. First value at bar n − 1. Null where p did not move. The deviation is summed over the window: no form of
/// it with constant work is known, so a bar costs n additions. Source: Lambert, "Commodity channel index", Commodities (October 1980).
/// </summary>
internal struct Cci(int length) : IBarKernel
{
    private readonly double[] _ring = new double[length];
    private RollingMean _mean = new(length);
    private int _at;

    public static IndicatorDescriptor Indicator { get; } = new BarIndicator<Cci>(
        new("cci", "Commodity channel index: distance of the typical price from its mean, in 0.015 mean deviations.")
        {
            Parameters = [IndicatorParameter.Length(20, least: 2)],
            WarmUp = p => (int)p[0] - 1,
        },
        p => new Cci((int)p[0]));

    public double Next(in Candle bar)
    {
        if (Null.Is(bar))
            return double.NaN;
        var price = Price.Typical(bar);
        _ring[_at] = price;
        if (++_at == _ring.Length)
            _at = 0;
        if (!_mean.Next(price))
            return double.NaN;
        // All distances from one value of the window: large prices lose no digits.
        var (shift, offset, deviation) = (_mean.Shift, _mean.Offset, 0.0);
        foreach (var other in _ring)
            deviation += Math.Abs(other - shift - offset);
        deviation /= _ring.Length;
        return Price.IsAbove(deviation, 0, price) ? Null.Divide(price - shift - offset, 0.015 * deviation) : double.NaN;
    }
}
