namespace Omega.Trading.Indicators;

/// <summary>
/// SuperTrend: bands at (high + low)/2 ± m·ATR(n). The lower band only rises while closes stay above it, the upper one only falls while
/// they stay below. The trend turns down on a close below the lower band and up on one above the upper. Value: the lower band in an
/// uptrend (direction 1), the upper in a downtrend (−1). The first trend is up where the close is at or above (high + low)/2. First value
/// at bar n. Null only during warm-up. Source: Seban, Tout le monde mérite d'être riche (2009).
/// </summary>
internal struct SuperTrend(int length, double multiplier) : IBarLinesKernel
{
    private Atr _atr = new(length);
    private double _upper;
    private double _lower;
    private double _close;
    private int _direction;

    public static IndicatorDescriptor Indicator { get; } = new BarLinesIndicator<SuperTrend>(
        new("supertrend", "SuperTrend: an ATR band that follows the trend, and the trend's direction (1, −1).")
        {
            Parameters = [IndicatorParameter.Length(10), IndicatorParameter.Multiplier(3)],
            Outputs = ["value", "direction"],
            WarmUp = p => (int)p[0],
        },
        p => new SuperTrend((int)p[0], p[1]));

    public static int Lines => 2;

    public void Next(in Candle bar, Span<double> lines)
    {
        lines.Fill(double.NaN);
        var atr = _atr.Next(bar);
        if (double.IsNaN(atr))
            return;
        var (middle, width) = (Price.Median(bar), multiplier * atr);
        if (_direction == 0)
        {
            (_upper, _lower) = (middle + width, middle - width);
            _direction = bar.Close >= middle ? 1 : -1;
        }
        else
        {
            _upper = _close > _upper ? middle + width : Math.Min(middle + width, _upper);
            _lower = _close < _lower ? middle - width : Math.Max(middle - width, _lower);
            if (_direction > 0 ? bar.Close < _lower : bar.Close > _upper)
                _direction = -_direction;
        }

        _close = bar.Close;
        (lines[0], lines[1]) = (_direction > 0 ? _lower : _upper, _direction);
    }
}
