namespace Omega.Pairs.Indicators;

/// <summary>EMA and RSI as one writes them without a library: a loop over an array, no checks, no nulls. The sum stands for using them.</summary>
internal static class NaiveIndicators
{
    public static double Ema(double[] closes, int length)
    {
        var (average, factor, total) = (0.0, 2.0 / (length + 1), 0.0);
        for (var i = 0; i < length; i++)
            average += closes[i] / length;
        for (var i = length; i < closes.Length; i++)
        {
            average += factor * (closes[i] - average);
            total += average;
        }

        return total;
    }

    public static double Rsi(double[] closes, int length)
    {
        var (gain, loss, total) = (0.0, 0.0, 0.0);
        for (var i = 1; i <= length; i++)
        {
            var change = closes[i] - closes[i - 1];
            gain += Math.Max(change, 0) / length;
            loss += Math.Max(-change, 0) / length;
        }

        for (var i = length + 1; i < closes.Length; i++)
        {
            var change = closes[i] - closes[i - 1];
            gain = ((gain * (length - 1)) + Math.Max(change, 0)) / length;
            loss = ((loss * (length - 1)) + Math.Max(-change, 0)) / length;
            total += 100 - (100 / (1 + (gain / loss)));
        }

        return total;
    }
}
