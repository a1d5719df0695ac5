namespace Omega.Trading.Statistics;

/// <summary>How far an equity curve fell below its peak so far. Depths are fractions at or below 0.</summary>
/// <param name="Deepest">Largest fall from a peak.</param>
/// <param name="Average">Mean of the deepest points of all episodes, from a peak to its recovery or the end; 0 without any.</param>
/// <param name="Longest">Longest time from a peak to its recovery or the end.</param>
/// <param name="Ulcer">Root of the mean squared drawdown over all bars (Martin and McCann, 1989).</param>
public readonly record struct Drawdowns(double Deepest, double Average, TimeSpan Longest, double Ulcer)
{
    /// <summary>The deepest drawdown alone.</summary>
    /// <param name="equity">Equity at each close; the first is above zero.</param>
    public static double DeepestOf(ReadOnlySpan<double> equity)
    {
        var (peak, floor, deepest) = (double.NegativeInfinity, double.NegativeInfinity, 0.0);
        foreach (var value in equity)
        {
            if (value >= peak)
            {
                peak = value;
                floor = peak * (1 + deepest);
            }
            else if (value < floor)
            {
                deepest = Math.Min(deepest, (value / peak) - 1);
                floor = value;
            }
        }

        return deepest;
    }

    /// <summary>All figures in one pass.</summary>
    /// <param name="equity">Equity at each close; the first is above zero.</param>
    /// <param name="times">Time of each, in milliseconds, rising.</param>
    public static Drawdowns Of(ReadOnlySpan<double> equity, ReadOnlySpan<long> times)
    {
        if (equity.IsEmpty)
            return default;
        times = times[..equity.Length];
        var (peak, peakAt, depth) = (equity[0], 0, 0.0);
        var (deepest, sum, episodes, longest, squares) = (0.0, 0.0, 0, 0L, 0.0);
        for (var i = 0; i < equity.Length; i++)
        {
            var value = equity[i];
            if (value >= peak)
            {
                if (depth < 0)
                {
                    (sum, episodes, deepest) = (sum + depth, episodes + 1, Math.Min(deepest, depth));
                    longest = Math.Max(longest, times[i] - times[peakAt]);
                    depth = 0;
                }

                (peak, peakAt) = (value, i);
            }
            else
            {
                var drawdown = (value / peak) - 1;
                if (!(drawdown >= depth))
                    depth = drawdown;
                squares += drawdown * drawdown;
            }
        }

        if (depth < 0)
        {
            (sum, episodes, deepest) = (sum + depth, episodes + 1, Math.Min(deepest, depth));
            longest = Math.Max(longest, times[^1] - times[peakAt]);
        }

        return new(deepest, episodes > 0 ? sum / episodes : 0, TimeSpan.FromMilliseconds(longest), Math.Sqrt(squares / equity.Length));
    }

    /// <summary>The drawdown at each point.</summary>
    /// <param name="equity">Equity at each close.</param>
    /// <param name="drawdowns">Receives as many values.</param>
    public static void Curve(ReadOnlySpan<double> equity, Span<double> drawdowns)
    {
        var peak = double.NegativeInfinity;
        for (var i = 0; i < equity.Length; i++)
        {
            peak = Math.Max(peak, equity[i]);
            drawdowns[i] = (equity[i] / peak) - 1;
        }
    }
}
