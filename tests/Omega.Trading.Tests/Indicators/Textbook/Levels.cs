namespace Omega.Trading.Tests.Indicators.Textbook;

/// <summary>Swings and levels by their definitions, looked up anew for each bar.</summary>
internal static class Levels
{
    private static readonly double[] Retracements = [0.236, 0.382, 0.5, 0.618, 0.786];
    private static readonly double[] Extensions = [0.618, 1, 1.272, 1.618, 2.618];

    public static Definition[] PivotPoints(Candle[] bars, int[] p)
    {
        var days = bars.GroupBy(bar => bar.OpenTime.UtcDateTime.Date).OrderBy(day => day.Key).Select(day => day.ToArray()).ToArray();
        var whole = days.Where((day, i) => i > 0 || day[0].OpenTime.TimeOfDay == TimeSpan.Zero).ToArray();
        var before = bars.Select(bar => whole.LastOrDefault(day => day[0].OpenTime.UtcDateTime.Date < bar.OpenTime.UtcDateTime.Date)).ToArray();
        Func<Wide, Wide, Wide, Wide>[] levels =
        [
            (pivot, _, _) => pivot,
            (pivot, _, low) => (2 * pivot) - low,
            (pivot, high, _) => (2 * pivot) - high,
            (pivot, high, low) => pivot + high - low,
            (pivot, high, low) => pivot - high + low,
            (pivot, high, low) => high + (2 * (pivot - low)),
            (pivot, high, low) => low - (2 * (high - pivot)),
        ];
        var extremes = whole.ToDictionary(day => day, day => (High: day.Max(bar => bar.High), Low: day.Min(bar => bar.Low)));
        return [.. levels.Select(level => new Definition([.. before.Select(day => day is null ? (Wide?)null : Level(day, level))], [.. before.Select(day => day is null ? (Wide?)null : extremes[day].High)]))];

        Wide Level(Candle[] day, Func<Wide, Wide, Wide, Wide> level) =>
            extremes[day] is var (high, low) ? level(((Wide)high + low + day[^1].Close) / 3, high, low) : default;
    }

    public static Definition[] ZigZag(Candle[] bars, double reversal)
    {
        var swings = Swings(bars, reversal).ToDictionary(swing => swing.Confirmed);
        return Definition.Of(
            [.. bars.Select((_, t) => swings.TryGetValue(t, out var swing) ? (Wide?)swing.Price : null)],
            [.. bars.Select((_, t) => swings.TryGetValue(t, out var swing) ? (Wide?)(double)bars[swing.At].Time : null)],
            [.. bars.Select((_, t) => swings.TryGetValue(t, out var swing) ? (Wide?)(swing.IsHigh ? 1 : -1) : null)]);
    }

    public static Definition[] FibonacciRetracement(Candle[] bars, double reversal) =>
        Held(bars, reversal, 2, Retracements, (swings, ratio) => swings[1] + (ratio * (swings[0] - swings[1])));

    public static Definition[] FibonacciExtension(Candle[] bars, double reversal) =>
        Held(bars, reversal, 3, Extensions, (swings, ratio) => swings[2] + (ratio * (swings[1] - swings[0])));

    private static Definition[] Held(Candle[] bars, double reversal, int count, double[] ratios, Func<Wide[], double, Wide> level)
    {
        var swings = Swings(bars, reversal);
        var known = swings.SelectMany((swing, i) => Enumerable.Repeat(i + 1, (i + 1 < swings.Count ? swings[i + 1].Confirmed : bars.Length) - swing.Confirmed));
        var last = Enumerable.Repeat(0, swings.Count > 0 ? swings[0].Confirmed : bars.Length).Concat(known)
            .Select(confirmed => swings[Math.Max(confirmed - count, 0)..confirmed].Select(swing => (Wide)swing.Price).ToArray()).ToArray();
        var prices = last.Select(known => known.Length < count ? (Wide?)null : known.Aggregate(Wide.Max)).ToArray();
        return [.. ratios.Select(ratio => new Definition([.. last.Select(known => known.Length < count ? (Wide?)null : level(known, ratio))], prices))];
    }

    private static List<Swing> Swings(Candle[] bars, double reversal)
    {
        var swings = new List<Swing>();
        double[] highs = [.. bars.Select(bar => bar.High)], lows = [.. bars.Select(bar => -bar.Low)];
        var from = 0;
        for (var t = 1; t < bars.Length; t++)
        {
            var (high, low) = (Largest(highs), Largest(lows));
            if ((swings.Count == 0 || !swings[^1].IsHigh) && bars[t].High <= bars[high].High && bars[t].Low <= bars[high].High * (1 - reversal))
                swings.Add(new(high, t, bars[high].High, true));
            else if ((swings.Count == 0 || swings[^1].IsHigh) && bars[t].Low >= bars[low].Low && bars[t].High >= bars[low].Low * (1 + reversal))
                swings.Add(new(low, t, bars[low].Low, false));
            else
                continue;
            from = t;

            // The first bar with the largest value since the last confirmation.
            int Largest(double[] values)
            {
                var at = from;
                for (var i = from + 1; i < t; i++)
                    at = values[i] > values[at] ? i : at;
                return at;
            }
        }

        return swings;
    }

    private sealed record Swing(int At, int Confirmed, double Price, bool IsHigh);
}
