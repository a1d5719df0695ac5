namespace Omega.Trading.Indicators;

/// <summary>
/// Parkinson volatility: √(Σ ln(high/low)² / (4·n·ln 2)) over n bars, as a fraction, times √bars_per_year. First value at bar n − 1. A bar
/// with a price at or below zero is null. Source: Parkinson, "The extreme value method for estimating the variance of the rate of return",
/// Journal of Business 53:1 (1980).
/// </summary>
internal struct Parkinson(int length, double barsPerYear) : IBarKernel
{
    private readonly double _scale = barsPerYear / (4 * length * Math.Log(2));
    private RollingSum _squares = new(length);

    public static IndicatorDescriptor Indicator { get; } = new BarIndicator<Parkinson>(
        new("parkinson", "Parkinson volatility: from the ranges of n bars, a fraction per bar or, given the bars of a year, per year.")
        {
            Parameters = [IndicatorParameter.Length(20), IndicatorParameter.BarsPerYear],
            WarmUp = p => (int)p[0] - 1,
        },
        p => new Parkinson((int)p[0], p[1]));

    public double Next(in Candle bar)
    {
        if (Null.Is(bar))
            return double.NaN;
        var range = Math.Log(bar.High / bar.Low);
        return double.IsFinite(range) && _squares.Next(range * range) ? Math.Sqrt(_squares.Value * _scale) : double.NaN;
    }
}

/// <summary>
/// Garman-Klass volatility: √(mean of ½·ln(high/low)² − (2·ln 2 − 1)·ln(close/open)²) over n bars, as a fraction, times √bars_per_year.
/// First value at bar n − 1. A bar with a price at or below zero is null. Source: Garman and Klass, "On the estimation of security price
/// volatilities from historical data", Journal of Business 53:1 (1980).
/// </summary>
internal struct GarmanKlass(int length, double barsPerYear) : IBarKernel
{
    private static readonly double CloseWeight = (2 * Math.Log(2)) - 1;

    private readonly double _scale = barsPerYear / length;
    private RollingSum _variances = new(length);

    public static IndicatorDescriptor Indicator { get; } = new BarIndicator<GarmanKlass>(
        new("garman_klass", "Garman-Klass volatility: from the four prices of n bars, a fraction per bar or, given the bars of a year, per year.")
        {
            Parameters = [IndicatorParameter.Length(20), IndicatorParameter.BarsPerYear],
            WarmUp = p => (int)p[0] - 1,
        },
        p => new GarmanKlass((int)p[0], p[1]));

    public double Next(in Candle bar)
    {
        if (Null.Is(bar))
            return double.NaN;
        var (range, change) = (Math.Log(bar.High / bar.Low), Math.Log(bar.Close / bar.Open));
        var variance = (0.5 * range * range) - (CloseWeight * change * change);
        // Open and close lie within the range, so that a bar's share is never below zero.
        return double.IsFinite(variance) && _variances.Next(Math.Max(0, variance)) ? Math.Sqrt(_variances.Value * _scale) : double.NaN;
    }
}
