using static Omega.Trading.Tests.Indicators.Textbook.Columns;

namespace Omega.Trading.Tests.Indicators.Textbook;

/// <summary>Volatility, volume and statistics by their definitions.</summary>
internal static class Volatilities
{
    private static readonly Wide Ln2 = new(0.69314718055994531, 2.3190468138462996e-17);

    public static Definition[] TrueRange(Candle[] bars, int[] p) => Definition.Of(Trends.TrueRanges(bars));

    // Measured against the longest range so far: where nothing moves, the average goes to zero as the seed's trace does.
    public static Definition[] Atr(Candle[] bars, int[] p)
    {
        var (ranges, longest) = (Trends.TrueRanges(bars), Wide.Zero);
        return Definition.Against([.. ranges.Select(range => range is { } known ? (Wide?)(longest = Wide.Max(longest, known)) : null)], Wilder(ranges, p[0]));
    }

    public static Definition[] Bollinger(Candle[] bars, int[] p)
    {
        var (mean, width) = (Window(Closes(bars), p[0], w => Mean(w)), Window(Closes(bars), p[0], w => p[1] * Wide.Sqrt(Variance(w))));
        return Definition.Against(Map(mean, width, (m, w) => Wide.Abs(m) + w), Map(mean, width, (m, w) => m - w), mean, Map(mean, width, (m, w) => m + w));
    }

    public static Definition[] Keltner(Candle[] bars, int[] p)
    {
        var (middle, width) = (Ema(Closes(bars), p[0]), Map(Wilder(Trends.TrueRanges(bars), p[0]), range => p[1] * range));
        return Definition.Against(Map(middle, width, (m, w) => Wide.Abs(m) + w), Map(middle, width, (m, w) => m - w), middle, Map(middle, width, (m, w) => m + w));
    }

    public static Definition[] Donchian(Candle[] bars, int[] p) =>
        Definition.Of(Window(bars, p[0], w => w.Min(bar => bar.Low)), Trends.Middle(bars, p[0]), Window(bars, p[0], w => w.Max(bar => bar.High)));

    public static Definition[] HistoricalVolatility(Candle[] bars, int[] p) =>
        Definition.Of(Window(Steps(bars, (a, b) => Math.Log(b.Close / a.Close)), p[0], w => Wide.Sqrt(Variance(w) * w.Length / (w.Length - 1) * p[1])));

    public static Definition[] Parkinson(Candle[] bars, int[] p) =>
        Definition.Of(Window(bars, p[0], w => Wide.Sqrt(Sum(w.Select(bar => Square(Math.Log(bar.High / bar.Low)))) / (4 * w.Length * Ln2) * p[1])));

    public static Definition[] GarmanKlass(Candle[] bars, int[] p) =>
        Definition.Of(Window(bars, p[0], w => Wide.Sqrt(Sum(w.Select(bar => (0.5 * Square(Math.Log(bar.High / bar.Low))) - (((2 * Ln2) - 1) * Square(Math.Log(bar.Close / bar.Open))))) / w.Length * p[1])));

    public static Definition[] Obv(Candle[] bars, int[] p)
    {
        var signed = bars.Select((bar, t) => t == 0 ? Wide.Zero : bar.Volume * (double)Math.Sign(bar.Close - bars[t - 1].Close)).ToArray();
        var traded = bars.Select(bar => (Wide)bar.Volume).ToArray();
        return Definition.Against(Totals(traded), Totals(signed));
    }

    public static Definition[] Cmf(Candle[] bars, int[] p) =>
        Definition.Within(1, Window(bars, p[0], w => Ratio(Sum(w.Select(MoneyFlow)), Sum(w.Select(bar => (Wide)bar.Volume)))));

    public static Definition[] Chaikin(Candle[] bars, int[] p)
    {
        var line = Totals([.. bars.Select(MoneyFlow)]);
        // Measured against the flow of late, not against the line, which grows without bound.
        return Definition.Against(Ema(Of(bars, bar => bar.Volume), p[1]), Map(Ema(line, p[0]), Ema(line, p[1]), (a, b) => a - b));
    }

    public static Definition[] Highest(Candle[] bars, int[] p) => Definition.Of(Window(Closes(bars), p[0], w => w.Aggregate(Wide.Max)));

    public static Definition[] Lowest(Candle[] bars, int[] p) => Definition.Of(Window(Closes(bars), p[0], w => w.Aggregate(Wide.Min)));

    public static Definition[] StandardDeviation(Candle[] bars, int[] p) => Definition.Of(Window(Closes(bars), p[0], w => Wide.Sqrt(Variance(w))));

    public static Definition[] ZScore(Candle[] bars, int[] p) => Definition.Within(1, Window(Closes(bars), p[0], w => Ratio(w[^1] - Mean(w), Wide.Sqrt(Variance(w)))));

    public static Definition[] LinearRegression(Candle[] bars, int[] p)
    {
        var slope = Window(Closes(bars), p[0], w => Slope(w));
        var fit = Window(Closes(bars), p[0], w =>
        {
            var (b, mean, middle) = (Slope(w), Mean(w), 0.5 * (w.Length - 1));
            // One less the share that the line leaves unexplained.
            return Variance(w) == 0 ? null : 1 - (Sum(w.Select((x, i) => Square(x - mean - (b * (i - middle))))) / (w.Length * Variance(w)));
        });
        var steepest = Window(Closes(bars), p[0], w => Wide.Sqrt(Variance(w)) / w.Length);
        return [new(slope, steepest), .. Definition.Within(1, fit)];

        static Wide Slope(Wide[] w)
        {
            var (mean, middle) = (Mean(w), 0.5 * (w.Length - 1));
            return Sum(w.Select((x, i) => (i - middle) * (x - mean))) / Sum(w.Select((_, i) => Square(i - middle)));
        }
    }

    private static Wide MoneyFlow(Candle bar) =>
        bar.High == bar.Low ? 0 : ((Wide)bar.Close - bar.Low - ((Wide)bar.High - bar.Close)) / ((Wide)bar.High - bar.Low) * bar.Volume;

    private static Wide Square(Wide x) => x * x;
}
