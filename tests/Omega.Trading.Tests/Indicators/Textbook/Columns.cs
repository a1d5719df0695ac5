namespace Omega.Trading.Tests.Indicators.Textbook;

/// <summary>
/// What textbook definitions are made of: whole columns, windows looked at value by value, exponential averages as the weighted sums that
/// they are. Slow, and without anything carried from one bar to the next.
/// </summary>
internal static class Columns
{
    private const double Negligible = 1e-24;
    private const int Block = 64;

    public static Wide?[] Of(Candle[] bars, Func<Candle, Wide> price) => [.. bars.Select(bar => (Wide?)price(bar))];

    public static Wide?[] Closes(Candle[] bars) => Of(bars, bar => bar.Close);

    public static Wide?[] Map(Wide?[] x, Func<Wide, Wide?> f) => [.. x.Select(value => value is { } known ? f(known) : null)];

    public static Wide?[] Map(Wide?[] x, Wide?[] y, Func<Wide, Wide, Wide?> f) =>
        [.. x.Zip(y, (a, b) => a is { } first && b is { } second ? f(first, second) : null)];

    /// <summary>A function of each bar and the one before; null for the first.</summary>
    public static Wide?[] Steps(Candle[] bars, Func<Candle, Candle, Wide?> f) => [.. bars.Select((bar, t) => t == 0 ? null : f(bars[t - 1], bar))];

    /// <summary>A function of the last n values at each value; nulls are as if they had not been.</summary>
    public static Wide?[] Window(Wide?[] x, int n, Func<Wide[], Wide?> f) => Known(x, (known, i) => i + 1 < n ? null : f(known[(i + 1 - n)..(i + 1)]));

    /// <summary>A function of the last n bars at each bar.</summary>
    public static Wide?[] Window(Candle[] bars, int n, Func<Candle[], Wide?> f) =>
        [.. bars.Select((_, t) => t + 1 < n ? null : f(bars[(t + 1 - n)..(t + 1)]))];

    public static Wide?[] Delayed(Wide?[] x, int n) => Known(x, (known, i) => i < n ? null : known[i - n]);

    /// <summary>
    /// An exponential average applied to itself as often as <paramref name="order"/> says: Σ C(j+order−1, order−1)·k^order·(1−k)^j·x[j],
    /// without any seed.
    /// </summary>
    public static Wide?[] Exponential(Wide?[] x, Wide factor, int order = 1)
    {
        var weights = new List<Wide>();
        var weight = order switch { 1 => factor, 2 => factor * factor, _ => factor * factor * factor };
        for (var j = 0; (weights.Count < 10 || weight > Negligible) && j < x.Length; j++)
        {
            weights.Add(weight);
            weight = weight * (1 - factor) * (j + order) / (j + 1.0);
        }

        Wide[] all = [.. weights];
        return Known(x, (known, i) => Wide.Dot(all, known, i));
    }

    public static Wide?[] Ema(Wide?[] x, int n) => Exponential(x, (Wide)2 / (n + 1.0));

    public static Wide?[] Wilder(Wide?[] x, int n) => Exponential(x, (Wide)1 / n);

    public static Wide Sum(IEnumerable<Wide> values) => values.Aggregate(Wide.Zero, (sum, value) => sum + value);

    /// <summary>At each bar the sum of all values up to it: of the whole blocks before, and of what follows them.</summary>
    public static Wide?[] Totals(Wide[] values)
    {
        var blocks = values.Chunk(Block).ToArray();
        var sums = blocks.Select(block => Sum(block)).ToArray();
        return [.. blocks.SelectMany((block, k) => Sum(sums[..k]) is var before ? block.Select((_, i) => (Wide?)(before + Sum(block[..(i + 1)]))) : [])];
    }

    public static Wide Mean(Wide[] values) => Sum(values) / values.Length;

    /// <summary>Population variance, in two passes.</summary>
    public static Wide Variance(Wide[] values)
    {
        var mean = Mean(values);
        return Sum(values.Select(value => (value - mean) * (value - mean))) / values.Length;
    }

    public static Wide? Ratio(Wide a, Wide b) => b == 0 ? null : a / b;

    public static Wide Typical(Candle bar) => ((Wide)bar.High + bar.Low + bar.Close) / 3;

    private static Wide?[] Known(Wide?[] x, Func<Wide[], int, Wide?> f)
    {
        var known = x.OfType<Wide>().ToArray();
        var result = new Wide?[x.Length];
        for (int t = 0, i = 0; t < x.Length; t++)
        {
            if (x[t] is not null)
                result[t] = f(known, i++);
        }

        return result;
    }
}
