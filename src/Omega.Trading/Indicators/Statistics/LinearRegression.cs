namespace Omega.Trading.Indicators;

/// <summary>
/// Least-squares line through the last n values against their bars: slope per bar, and R², the share of the variance that it explains.
/// First value at bar n − 1. R² is null where all values are equal. Source: Draper and Smith, Applied Regression Analysis (1998), chapter 1.
/// </summary>
internal struct LinearRegression(int length) : ISeriesLinesKernel
{
    private RollingMoments _moments = new(length);
    private RollingTrend _trend = new(length);

    public static IndicatorDescriptor Indicator { get; } = new SeriesLinesIndicator<LinearRegression>(
        new("linreg", "Least-squares line through n values: slope per bar, and R².")
        {
            Parameters = [IndicatorParameter.Length(20, least: 2)],
            Outputs = ["slope", "r2"],
            WarmUp = p => (int)p[0] - 1,
        },
        p => new LinearRegression((int)p[0]));

    public static int Lines => 2;

    public void Next(double value, Span<double> lines)
    {
        lines.Fill(double.NaN);
        if (Null.Is(value))
            return;
        _moments.Next(value);
        if (!_trend.Next(value))
            return;
        var (together, time) = (_trend.Covariation, _trend.TimeVariation);
        lines[0] = together / time;
        // Rounding can take a perfect line an ulp above 1.
        lines[1] = Math.Min(1, Null.Divide(together / time * (together / length), _moments.Variance));
    }
}
