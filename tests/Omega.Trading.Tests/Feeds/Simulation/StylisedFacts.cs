namespace Omega.Trading.Tests.Feeds.Simulation;

/// <summary>What is said of BTC's hours, measured in the same way on real candles and on simulated ones.</summary>
internal sealed record StylisedFacts(double Volatility, double Kurtosis, double Memory1, double Memory24, double Memory168, double Quiet, double Turbulent, double RangeOverBody, double Weekend, double American)
{
    /// <summary>Of hourly candles; returns over a gap are left out.</summary>
    public static StylisedFacts Of(CandleSeries hours)
    {
        var returns = new List<(DateTimeOffset Time, double Return)>();
        for (var i = 1; i < hours.Count; i++)
        {
            if (hours.Times[i] - hours.Times[i - 1] == Timeframe.H1.Milliseconds)
                returns.Add((hours[i].OpenTime, (hours.Closes[i] / hours.Closes[i - 1]) - 1));
        }

        var values = returns.Select(pair => pair.Return).ToArray();
        var (mean, sizes) = (values.Average(), values.Select(Math.Abs).ToArray());
        var variance = values.Average(value => Math.Pow(value - mean, 2));
        var days = Enumerable.Range(24, values.Length - 24).Select(i => Math.Sqrt(values[(i - 24)..i].Sum(value => value * value))).Order().ToArray();
        var median = days[days.Length / 2];
        return new(
            Math.Sqrt(variance * 365 * 24),
            values.Average(value => Math.Pow(value - mean, 4)) / variance / variance,
            Memory(sizes, 1),
            Memory(sizes, 24),
            Memory(sizes, 168),
            days.Count(day => day < median / 2) / (double)days.Length,
            days.Count(day => day > median * 2) / (double)days.Length,
            Enumerable.Range(0, hours.Count).Sum(i => (hours.Highs[i] - hours.Lows[i]) / hours.Opens[i]) / Enumerable.Range(0, hours.Count).Sum(i => Math.Abs(hours.Closes[i] - hours.Opens[i]) / hours.Opens[i]),
            Share(returns, time => time.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday),
            Share(returns, time => time.Hour is >= 13 and <= 16));
    }

    // Autocorrelation of |return|.
    private static double Memory(double[] sizes, int lag)
    {
        var mean = sizes.Average();
        return Enumerable.Range(lag, sizes.Length - lag).Sum(i => (sizes[i] - mean) * (sizes[i - lag] - mean)) / sizes.Sum(size => Math.Pow(size - mean, 2));
    }

    // Mean size of the returns at some times over that of the rest.
    private static double Share(List<(DateTimeOffset Time, double Return)> returns, Func<DateTimeOffset, bool> belongs) =>
        returns.Where(pair => belongs(pair.Time)).Average(pair => Math.Abs(pair.Return)) / returns.Where(pair => !belongs(pair.Time)).Average(pair => Math.Abs(pair.Return));
}
