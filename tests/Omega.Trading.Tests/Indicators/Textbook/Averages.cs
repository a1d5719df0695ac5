using static Omega.Trading.Tests.Indicators.Textbook.Columns;

namespace Omega.Trading.Tests.Indicators.Textbook;

/// <summary>Averages by their definitions.</summary>
internal static class Averages
{
    public static Definition[] Sma(Candle[] bars, int[] p) => Definition.Of(Window(Closes(bars), p[0], w => Mean(w)));

    public static Definition[] Ema(Candle[] bars, int[] p) => Definition.Of(Columns.Ema(Closes(bars), p[0]));

    public static Wide? Weighted(Wide[] w) => Sum(w.Select((x, i) => x * (i + 1))) / (0.5 * w.Length * (w.Length + 1));

    public static Definition[] Wma(Candle[] bars, int[] p) => Definition.Of(Window(Closes(bars), p[0], Weighted));

    public static Definition[] Hma(Candle[] bars, int[] p)
    {
        var whole = Window(Closes(bars), p[0], Weighted);
        var twice = Map(Window(Closes(bars), p[0] / 2, Weighted), whole, (half, all) => (2 * half) - all);
        return Definition.Against(Window(whole, 1, w => w[0]), Window(twice, (int)Math.Floor(Math.Sqrt(p[0])), Weighted));
    }

    public static Definition[] Dema(Candle[] bars, int[] p) => Combined(bars, p[0], 2, -1, 0);

    public static Definition[] Tema(Candle[] bars, int[] p) => Combined(bars, p[0], 3, -3, 1);

    /// <summary>From a bar on; null before, for it takes thousands of bars for each.</summary>
    public static Definition[] Kama(Candle[] bars, int[] p, int from)
    {
        var (fast, slow) = ((Wide)2 / (p[1] + 1.0), (Wide)2 / (p[2] + 1.0));
        var factors = Window(Closes(bars), p[0] + 1, w =>
        {
            var path = Sum(w.Skip(1).Select((x, i) => Wide.Abs(x - w[i])));
            var root = ((path == 0 ? 0 : Wide.Abs(w[^1] - w[0]) / path) * (fast - slow)) + slow;
            return root * root;
        });
        return Definition.Of([.. bars.Select((_, t) => t < from || factors[t] is null ? null : Adaptive(t))]);

        // Each earlier price counts with its own factor times what the later factors left.
        Wide? Adaptive(int t)
        {
            var (sum, left) = (Wide.Zero, (Wide)1);
            for (var i = t; i >= 0 && factors[i] is { } factor && left > 1e-20; i--)
            {
                sum += left * factor * bars[i].Close;
                left *= 1 - factor;
            }

            return sum;
        }
    }

    public static Definition[] Vwap(Candle[] bars, int[] p) => Definition.Of([.. bars.GroupBy(bar => bar.OpenTime.UtcDateTime.Date)
        .SelectMany(day => Map(Totals([.. day.Select(bar => Typical(bar) * bar.Volume)]), Totals([.. day.Select(bar => (Wide)bar.Volume)]), Ratio))]);

    public static Definition[] RollingVwap(Candle[] bars, int[] p) => Definition.Of(Window(bars, p[0], w => Weighted(w)));

    private static Wide? Weighted(IEnumerable<Candle> bars) => Ratio(Sum(bars.Select(bar => Typical(bar) * bar.Volume)), Sum(bars.Select(bar => (Wide)bar.Volume)));

    private static Definition[] Combined(Candle[] bars, int n, double once, double twice, double thrice)
    {
        var (x, factor) = (Closes(bars), (Wide)2 / (n + 1.0));
        var (a, b, c) = (Exponential(x, factor), Exponential(x, factor, 2), Exponential(x, factor, 3));
        return Definition.Against(a, [.. a.Select((_, t) => (a[t] * once) + (b[t] * twice) + (c[t] * thrice))]);
    }
}
