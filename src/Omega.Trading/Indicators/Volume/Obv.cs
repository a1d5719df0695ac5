namespace Omega.Trading.Indicators;

/// <summary>
/// On-balance volume: the volumes of bars that closed higher less those of bars that closed lower, from 0 at bar 0. No warm-up, never
/// null. The sum keeps the digits that a plain one loses (Neumaier 1974). Source: Granville, New Key to Stock Market Profits (1963).
/// </summary>
internal struct Obv : IBarKernel
{
    private double _close = double.NaN;
    private double _sum;
    private double _lost;

    public Obv()
    {
    }

    public static IndicatorDescriptor Indicator { get; } = new BarIndicator<Obv>(
        new("obv", "On-balance volume: volume of rising less that of falling closes, since the first bar.") { WarmUp = _ => 0 },
        _ => new Obv());

    public double Next(in Candle bar)
    {
        if (Null.Is(bar))
            return double.NaN;
        if (bar.Close > _close)
            Add(bar.Volume);
        else if (bar.Close < _close)
            Add(-bar.Volume);
        _close = bar.Close;
        return _sum + _lost;
    }

    private void Add(double volume)
    {
        var sum = _sum + volume;
        _lost += Math.Abs(_sum) >= Math.Abs(volume) ? _sum - sum + volume : volume - sum + _sum;
        _sum = sum;
    }
}
