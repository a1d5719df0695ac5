using System.Runtime.Intrinsics;

namespace Omega.Trading;

/// <summary>Whether candles are ones that a market can have, and how low they go.</summary>
/// <param name="IsSound">Prices are above 0 and below <see cref="MostPrice"/>, with open and close between low and high; none is NaN.</param>
/// <param name="Lowest">The lowest price; means nothing where <paramref name="IsSound"/> is false.</param>
internal readonly record struct PriceSurvey(bool IsSound, double Lowest)
{
    /// <summary>Prices are below it.</summary>
    public const double MostPrice = 1e15;

    /// <summary>Looks at columns of one length.</summary>
    public static PriceSurvey Of(ReadOnlySpan<double> opens, ReadOnlySpan<double> highs, ReadOnlySpan<double> lows, ReadOnlySpan<double> closes)
    {
        var (zero, most, lowest) = (Vector256<double>.Zero, Vector256.Create(MostPrice), Vector256.Create(double.PositiveInfinity));
        var sound = Vector256<double>.AllBitsSet;
        var (i, width) = (0, Vector256<double>.Count);
        for (; i <= opens.Length - width; i += width)
        {
            var (open, high) = (Vector256.Create(opens.Slice(i, width)), Vector256.Create(highs.Slice(i, width)));
            var (low, close) = (Vector256.Create(lows.Slice(i, width)), Vector256.Create(closes.Slice(i, width)));

            // Comparisons with NaN are false, so NaN is refused too.
            sound &= Vector256.GreaterThan(low, zero) & Vector256.LessThan(high, most)
                & Vector256.GreaterThanOrEqual(open, low) & Vector256.LessThanOrEqual(open, high)
                & Vector256.GreaterThanOrEqual(close, low) & Vector256.LessThanOrEqual(close, high);
            lowest = Vector256.Min(lowest, low);
        }

        var least = Math.Min(Math.Min(lowest[0], lowest[1]), Math.Min(lowest[2], lowest[3]));
        var isSound = Vector256.EqualsAll(sound.AsInt64(), Vector256<long>.AllBitsSet);
        for (; i < opens.Length; i++)
        {
            isSound &= Holds(opens[i], highs[i], lows[i], closes[i]);
            least = Math.Min(least, lows[i]);
        }

        return new(isSound, least);
    }

    /// <summary>Whether one candle is sound.</summary>
    public static bool Holds(in Candle bar) => Holds(bar.Open, bar.High, bar.Low, bar.Close);

    private static bool Holds(double open, double high, double low, double close) =>
        low > 0 && high < MostPrice && open >= low && open <= high && close >= low && close <= high;
}
