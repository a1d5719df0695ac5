namespace Omega.Trading.Indicators;

/// <summary>
/// Historical volatility: standard deviation (ddof 1) of the last n logarithmic returns, as a fraction, times √bars_per_year. First value
/// at bar n. A return from or to a price at or below zero is null and does not count. Source: Hull, Options, Futures and Other Derivatives
/// (2018), section 15.4.
/// </summary>
internal struct HistoricalVolatility(int length, double barsPerYear) : ISeriesKernel
{
    private readonly double _scale = barsPerYear * length / (length - 1);
    private RollingMoments _returns = new(length);
    private double _previous = double.NaN;

    public static IndicatorDescriptor Indicator { get; } = new SeriesIndicator<HistoricalVolatility>(
        new("hv", "Historical volatility: deviation of n logarithmic returns, a fraction per bar or, given the bars of a year, per year.")
        {
            Parameters = [IndicatorParameter.Length(20, least: 2), IndicatorParameter.BarsPerYear],
            WarmUp = p => (int)p[0],
        },
        p => new HistoricalVolatility((int)p[0], p[1]));

    public double Next(double value)
    {
        if (Null.Is(value))
            return double.NaN;
        var change = Math.Log(value / _previous);
        _previous = value;
        return double.IsFinite(change) && _returns.Next(change) ? Math.Sqrt(_returns.Variance * _scale) : double.NaN;
    }
}
