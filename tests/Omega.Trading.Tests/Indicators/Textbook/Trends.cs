using static Omega.Trading.Tests.Indicators.Textbook.Columns;

namespace Omega.Trading.Tests.Indicators.Textbook;

/// <summary>Trend by its definitions.</summary>
internal static class Trends
{
    public static Wide?[] TrueRanges(Candle[] bars) => Steps(bars, (previous, bar) =>
        Wide.Max((Wide)bar.High - bar.Low, Wide.Max(Wide.Abs((Wide)bar.High - previous.Close), Wide.Abs((Wide)bar.Low - previous.Close))));

    public static Definition[] Adx(Candle[] bars, int[] p)
    {
        var range = Wilder(TrueRanges(bars), p[0]);
        var plus = Map(Wilder(Steps(bars, (a, b) => Move(Rise(a, b), Fall(a, b))), p[0]), range, (move, tr) => Ratio(100 * move, tr));
        var minus = Map(Wilder(Steps(bars, (a, b) => Move(Fall(a, b), Rise(a, b))), p[0]), range, (move, tr) => Ratio(100 * move, tr));
        var dx = Map(plus, minus, (a, b) => Ratio(100 * Wide.Abs(a - b), a + b));
        return Definition.Within(100, Wilder(dx, p[0]), plus, minus);

        // Which of two moves is the larger is a matter of the digits that were written, which binary fractions do not have.
        static Wide? Move(decimal move, decimal other) => move > other && move > 0 ? (double)move : 0;

        static decimal Rise(Candle before, Candle bar) => (decimal)bar.High - (decimal)before.High;

        static decimal Fall(Candle before, Candle bar) => (decimal)before.Low - (decimal)bar.Low;
    }

    public static Definition[] Aroon(Candle[] bars, int[] p)
    {
        var up = Window(bars, p[0] + 1, w => 100 * (Wide)Array.FindLastIndex(w, bar => bar.High == w.Max(other => other.High)) / p[0]);
        var down = Window(bars, p[0] + 1, w => 100 * (Wide)Array.FindLastIndex(w, bar => bar.Low == w.Min(other => other.Low)) / p[0]);
        return Definition.Within(100, up, down, Map(up, down, (a, b) => a - b));
    }

    public static Definition[] Ichimoku(Candle[] bars, int[] p)
    {
        var (tenkan, kijun, senkou) = (Middle(bars, p[0]), Middle(bars, p[1]), Middle(bars, p[2]));
        return Definition.Of(tenkan, kijun, Shifted(Map(tenkan, kijun, (a, b) => (a + b) * 0.5), p[1]), Shifted(senkou, p[1]));

        // By bars, whatever was null before.
        static Wide?[] Shifted(Wide?[] x, int n) => [.. x.Select((_, t) => t < n ? null : x[t - n])];
    }

    public static Wide?[] Middle(Candle[] bars, int n) => Window(bars, n, w => ((Wide)w.Max(bar => bar.High) + w.Min(bar => bar.Low)) * 0.5);

    public static Definition[] HeikinAshi(Candle[] bars, int[] p)
    {
        var close = Of(bars, bar => ((Wide)bar.Open + bar.High + bar.Low + bar.Close) * 0.25);
        // The open is half of the close before, a quarter of the one before that, and so on.
        var open = Exponential([null, .. close[..^1]], 0.5);
        return Definition.Of(
            open,
            [.. bars.Select((bar, t) => open[t] is { } o && close[t] is { } c ? Wide.Max(bar.High, Wide.Max(o, c)) : (Wide?)null)],
            [.. bars.Select((bar, t) => open[t] is { } o && close[t] is { } c ? Wide.Min(bar.Low, Wide.Min(o, c)) : (Wide?)null)],
            close);
    }
}
