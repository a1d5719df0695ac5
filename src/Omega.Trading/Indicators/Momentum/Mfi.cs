namespace Omega.Trading.Indicators;

/// <summary>
/// Money flow index: 100·P/(P + N), P and N the sums of p·volume over the bars of the last n whose typical price p = (high + low + close)/3
/// rose or fell. First value at bar n. Null where nothing flowed. Source: Quong and Soudack, "Volume-weighted RSI: money flow", Stocks and
/// Commodities 7:3 (1989).
/// </summary>
internal struct Mfi(int length) : IBarKernel
{
    private RollingSum _up = new(length);
    private RollingSum _down = new(length);
    private double _previous = double.NaN;

    public static IndicatorDescriptor Indicator { get; } = new BarIndicator<Mfi>(
        new("mfi", "Money flow index, 0 to 100: share of the money of n bars that traded at rising prices.")
        {
            Parameters = [IndicatorParameter.Length(14)],
            WarmUp = p => (int)p[0],
        },
        p => new Mfi((int)p[0]));

    public double Next(in Candle bar)
    {
        if (Null.Is(bar))
            return double.NaN;
        var (price, previous) = (Price.Typical(bar), _previous);
        _previous = price;
        if (double.IsNaN(previous))
            return double.NaN;
        var flow = price * bar.Volume;
        _up.Next(Price.IsAbove(price, previous, price) ? flow : 0);
        return _down.Next(Price.IsAbove(previous, price, price) ? flow : 0) ? 100 * Null.Divide(_up.Value, _up.Value + _down.Value) : double.NaN;
    }
}
