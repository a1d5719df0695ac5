namespace Omega.Trading;

/// <summary>The columns of candles: arrays of one length. Whoever fills them gives them away; a series shares them with its slices.</summary>
internal sealed record CandleColumns(long[] Times, double[] Opens, double[] Highs, double[] Lows, double[] Closes, double[] Volumes)
{
    public CandleColumns(int count)
        : this(new long[count], new double[count], new double[count], new double[count], new double[count], new double[count])
    {
    }

    /// <summary>Parts of each candle; null where it was not resampled.</summary>
    public int[]? Parts { get; init; }

    /// <summary>Parts of a complete candle.</summary>
    public int ExpectedParts { get; init; } = 1;

    public void Set(int i, in Candle candle) =>
        (Times[i], Opens[i], Highs[i], Lows[i], Closes[i], Volumes[i]) = (candle.Time, candle.Open, candle.High, candle.Low, candle.Close, candle.Volume);
}
