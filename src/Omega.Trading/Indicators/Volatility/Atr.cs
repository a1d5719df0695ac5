namespace Omega.Trading.Indicators;

/// <summary>
/// True range: the longest of high − low, |high − previous close| and |low − previous close|. First value at bar 1. Null only there.
/// Source: Wilder, New Concepts in Technical Trading Systems (1978), section III.
/// </summary>
internal struct TrueRange : IBarKernel
{
    private double _previous = double.NaN;

    public TrueRange()
    {
    }

    public static IndicatorDescriptor Indicator { get; } = new BarIndicator<TrueRange>(
        new("true_range", "True range: the bar's range, or its distance from the previous close where that is longer.") { WarmUp = _ => 1 },
        _ => new TrueRange());

    public double Next(in Candle bar)
    {
        if (Null.Is(bar))
            return double.NaN;
        var previous = _previous;
        _previous = bar.Close;
        return double.IsNaN(previous) ? double.NaN : Price.TrueRange(bar, previous);
    }
}

/// <summary>
/// Average true range: Wilder's smoothing of the true range, seeded with the mean of true ranges 1..n (bar 0 has none). First value at bar
/// n. Null only during warm-up. Source: as <see cref="TrueRange"/>.
/// </summary>
internal struct Atr(int length) : IBarKernel
{
    private TrueRange _range = new();
    private Smoothing _average = Smoothing.Wilder(length);

    public static IndicatorDescriptor Indicator { get; } = new BarIndicator<Atr>(
        new("atr", "Average true range, by Wilder's smoothing.")
        {
            Parameters = [IndicatorParameter.Length(14)],
            WarmUp = p => (int)p[0],
        },
        p => new Atr((int)p[0]));

    public double Next(in Candle bar)
    {
        var range = _range.Next(bar);
        return double.IsNaN(range) ? double.NaN : _average.Next(range);
    }
}
