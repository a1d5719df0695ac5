namespace Omega.Trading.Indicators;

/// <summary>Prices made of a bar's four.</summary>
internal static class Price
{
    /// <summary>(high + low + close)/3.</summary>
    public static double Typical(in Candle bar) => (bar.High + bar.Low + bar.Close) / 3;

    /// <summary>(high + low)/2.</summary>
    public static double Median(in Candle bar) => 0.5 * (bar.High + bar.Low);

    /// <summary>True range: the longest of high − low, |high − previous close| and |low − previous close| (Wilder 1978).</summary>
    public static double TrueRange(in Candle bar, double previousClose) => Math.Max(bar.High, previousClose) - Math.Min(bar.Low, previousClose);
}
