using Omega.Trading.Strategies;
using Omega.Trading.Tests.Strategies;

namespace Omega.Trading.Tests.Backtesting;

/// <summary>Strategies that see the future, each in a way that was seen in public back-tests.</summary>
internal static class Cheats
{
    /// <summary>Long where the next close is higher.</summary>
    public static IStrategy NextClose(CandleSeries series) => Following(series, i => i + 1 < series.Count && series.Closes[i + 1] > series.Closes[i]);

    /// <summary>Long where the close is low by the mean and deviation of the whole series.</summary>
    public static IStrategy WholeSeriesZScore(CandleSeries series)
    {
        var closes = series.Closes.ToArray();
        var mean = closes.Average();
        var deviation = Math.Sqrt(closes.Average(close => (close - mean) * (close - mean)));
        return Following(series, i => (closes[i] - mean) / deviation < -0.5);
    }

    /// <summary>Long where the four-hour candle that the bar lies in, complete with the hours to come, closes above its open.</summary>
    public static IStrategy UnfinishedFourHours(CandleSeries series)
    {
        var closes = new Dictionary<long, (double Open, double Close)>();
        for (var i = 0; i < series.Count; i++)
        {
            var start = Timeframe.H4.Floor(series.Times[i]);
            closes[start] = (closes.TryGetValue(start, out var candle) ? candle.Open : series.Opens[i], series.Closes[i]);
        }

        return Following(series, i => closes[Timeframe.H4.Floor(series.Times[i])] is var (open, close) && close > open);
    }

    /// <summary>Buys swing lows on the bar of the low, which only the three bars after it confirm.</summary>
    public static IStrategy UnconfirmedSwing(CandleSeries series) =>
        Following(series, i => i >= 3 && Enumerable.Range(i - 3, 7).All(k => k >= series.Count || series.Lows[k] >= series.Lows[i]));

    /// <summary>Long in the calm half of all bars, the whole series' median range being the border.</summary>
    public static IStrategy WholeSeriesRegime(CandleSeries series)
    {
        var ranges = Enumerable.Range(0, series.Count).Select(i => series.Highs[i] - series.Lows[i]).ToArray();
        var median = ranges.Order().ElementAt(ranges.Length / 2);
        return Following(series, i => ranges[i] < median);
    }

    /// <summary>The crossing that did best on the very bars that it is tested on.</summary>
    public static IStrategy FittedToTheTest(CandleSeries series) => new (int Fast, int Slow)[] { (3, 8), (5, 13), (8, 21), (12, 26), (20, 50) }
        .Select(lengths => new EmaCross(lengths.Fast, lengths.Slow))
        .MaxBy(strategy => Omega.Trading.Backtesting.BacktestEngine.Run(strategy, series, new() { Statistics = Omega.Trading.Backtesting.StatisticsLevel.Core }).Statistics.TotalReturn)!;

    /// <summary>Long above an average of the two bars before, the bar, and the two after it.</summary>
    public static IStrategy CentredAverage(CandleSeries series) => Following(series, i =>
    {
        var (from, to) = (Math.Max(i - 2, 0), Math.Min(i + 2, series.Count - 1));
        return series.Closes[i] < Enumerable.Range(from, to - from + 1).Average(k => series.Closes[k]);
    });

    /// <summary>Long while a rule over bars by index holds.</summary>
    private static Scripted Following(CandleSeries series, Func<int, bool> isLong) => new((bar, position) =>
    {
        Assert.True(bar < series.Count);
        var wants = isLong(bar);
        return new() { EnterLong = wants && position.Side == 0, ExitLong = !wants && position.Side > 0 };
    });
}
