namespace Omega.Trading.Indicators;

/// <summary>Prices made of a bar's four.</summary>
internal static class Price
{
    // 16 units in the last place: more than a few roundings make, and far less than a tick.
    private const double Rounding = 1.0 / (1L << 48);

    /// <summary>(high + low + close)/3.</summary>
    public static double Typical(in Candle bar) => (bar.High + bar.Low + bar.Close) / 3;

    /// <summary>(high + low)/2.</summary>
    public static double Median(in Candle bar) => 0.5 * (bar.High + bar.Low);

    /// <summary>True range: the longest of high − low, |high − previous close| and |low − previous close| (Wilder 1978).</summary>
    public static double TrueRange(in Candle bar, double previousClose) => Math.Max(bar.High, previousClose) - Math.Min(bar.Low, previousClose);

    /// <summary>
    /// Whether a sum or difference of prices is above another. Prices are decimal fractions, and binary ones only come near them: what
    /// is equal in the digits that were written may differ in the last place, either way.
    /// </summary>
    /// <param name="value">The one.</param>
    /// <param name="other">The other.</param>
    /// <param name="size">The largest price in them.</param>
    public static bool IsAbove(double value, double other, double size) => value - other > Math.Abs(size) * Rounding;
}
