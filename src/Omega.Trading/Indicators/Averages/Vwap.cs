namespace Omega.Trading.Indicators;

/// <summary>
/// Volume-weighted average price since the start of the UTC day: Σ p·v / Σ v with p = (high + low + close)/3. No warm-up. Null until
/// something has traded that day. Source: Berkowitz, Logue and Noser, "The total cost of transactions on the NYSE", Journal of Finance 43
/// (1988).
/// </summary>
internal struct Vwap : IBarKernel
{
    private long _day = long.MinValue;
    private double _money;
    private double _volume;

    public Vwap()
    {
    }

    public static IndicatorDescriptor Indicator { get; } = new BarIndicator<Vwap>(
        new("vwap", "Volume-weighted average price since the start of the UTC day.") { WarmUp = _ => 0 },
        _ => new Vwap());

    public double Next(in Candle bar)
    {
        if (Null.Is(bar))
            return double.NaN;
        var day = Timeframe.D1.Floor(bar.Time);
        if (day != _day)
            (_day, _money, _volume) = (day, 0, 0);
        _money += Price.Typical(bar) * bar.Volume;
        _volume += bar.Volume;
        return Null.Divide(_money, _volume);
    }
}

/// <summary>
/// Volume-weighted average price of the last n bars: Σ p·v / Σ v with p = (high + low + close)/3. First value at bar n − 1. Null where
/// nothing traded in the window. Source: as <see cref="Vwap"/>.
/// </summary>
internal struct RollingVwap(int length) : IBarKernel
{
    private RollingSum _money = new(length);
    private RollingSum _volume = new(length);

    public static IndicatorDescriptor Indicator { get; } = new BarIndicator<RollingVwap>(
        new("rolling_vwap", "Volume-weighted average price of the last n bars.")
        {
            Parameters = [IndicatorParameter.Length(20)],
            WarmUp = p => (int)p[0] - 1,
        },
        p => new RollingVwap((int)p[0]));

    public double Next(in Candle bar)
    {
        if (Null.Is(bar))
            return double.NaN;
        _money.Next(Price.Typical(bar) * bar.Volume);
        return _volume.Next(bar.Volume) ? Null.Divide(_money.Value, _volume.Value) : double.NaN;
    }
}
