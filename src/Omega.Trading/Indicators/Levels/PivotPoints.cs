namespace Omega.Trading.Indicators;

/// <summary>
/// Classic pivot points of the previous completed UTC day with bars: P = (H + L + C)/3, R1 = 2P − L, S1 = 2P − H, R2 = P + (H − L), S2 =
/// P − (H − L), R3 = H + 2(P − L), S3 = L − 2(H − P). First value on the first bar of the next day (bar 1 of daily bars). A first day of
/// which the data has only the end is no completed day. Null only until then. Source: Person, A Complete Guide to Technical Trading
/// Tactics (2004), chapter 6.
/// </summary>
internal struct PivotPoints : IBarLinesKernel
{
    private long _day = long.MinValue;
    private bool _whole;
    private double _high;
    private double _low;
    private double _close;
    private double _pivot = double.NaN;
    private double _top;
    private double _bottom;

    public PivotPoints()
    {
    }

    public static IndicatorDescriptor Indicator { get; } = new BarLinesIndicator<PivotPoints>(
        new("pivots", "Classic pivot points of the previous completed UTC day.")
        {
            Outputs = ["p", "r1", "s1", "r2", "s2", "r3", "s3"],
            WarmUp = _ => 1,
            WarmUpDependsOnData = true,
        },
        _ => new PivotPoints());

    public static int Lines => 7;

    public void Next(in Candle bar, Span<double> lines)
    {
        lines.Fill(double.NaN);
        if (Null.Is(bar))
            return;
        var day = Timeframe.D1.Floor(bar.Time);
        if (day != _day)
            Begin(day, bar);
        _high = Math.Max(_high, bar.High);
        _low = Math.Min(_low, bar.Low);
        _close = bar.Close;
        if (!double.IsNaN(_pivot))
            Write(lines);
    }

    private void Begin(long day, in Candle bar)
    {
        if (_whole)
            (_pivot, _top, _bottom) = ((_high + _low + _close) / 3, _high, _low);
        // Only the first day can lack its beginning for want of data; later ones begin where their bars do.
        _whole = _day != long.MinValue || bar.Time == day;
        (_day, _high, _low) = (day, bar.High, bar.Low);
    }

    private readonly void Write(Span<double> lines)
    {
        lines[0] = _pivot;
        lines[1] = (2 * _pivot) - _bottom;
        lines[2] = (2 * _pivot) - _top;
        lines[3] = _pivot + (_top - _bottom);
        lines[4] = _pivot - (_top - _bottom);
        lines[5] = _top + (2 * (_pivot - _bottom));
        lines[6] = _bottom - (2 * (_top - _pivot));
    }
}
