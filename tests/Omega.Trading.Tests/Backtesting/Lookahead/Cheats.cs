using Omega.Trading.Backtesting;
using Omega.Trading.Strategies;
using Omega.Trading.Tests.Strategies;

namespace Omega.Trading.Tests.Backtesting;

/// <summary>A strategy that sees the future, and the same idea without.</summary>
/// <param name="Name">What it does wrong.</param>
/// <param name="Peeking">Makes the cheat.</param>
/// <param name="Honest">Makes its honest twin: the same rule over bars that have ended.</param>
/// <param name="Ahead">How many bars ahead it sees; null for all there are.</param>
internal sealed record Cheat(string Name, Func<CandleSeries, IStrategy> Peeking, Func<CandleSeries, IStrategy> Honest, int? Ahead = null)
{
    /// <summary>Whether the same bars in another order look the same to it, so that shuffling cannot give it away.</summary>
    public bool SeesNoOrder { get; init; }

    public override string ToString() => Name;
}

/// <summary>Strategies that see the future, each in a way that was seen in public back-tests.</summary>
internal static class Cheats
{
    /// <summary>Where the window of those that choose parameters begins.</summary>
    public const int FirstTested = 300;

    public static Cheat[] All { get; } =
    [
        new("next close", CloseAhead(1), CloseAhead(0), Ahead: 1),
        // Shuffled bars have the mean, deviation and median that they had before.
        new("whole-series z-score", ZScore(of: null), ZScore(of: 50)) { SeesNoOrder = true },
        new("four hours before their end", UnfinishedFourHours, FinishedFourHours, Ahead: 3),
        new("unconfirmed swing", Swing(lag: 0), Swing(lag: 3), Ahead: 3),
        new("regime quantiles over all data", Regime(of: null), Regime(of: 50)) { SeesNoOrder = true },
        new("parameters chosen on the test window", Fitted(bars: all => all), Fitted(bars: _ => FirstTested)),
        new("centred moving average", Average(after: 2), Average(after: 0), Ahead: 2),
    ];

    public static Cheat Find(string name) => All.Single(cheat => cheat.Name == name);

    /// <summary>Long where the close that is so many bars ahead is above the one before it.</summary>
    private static Func<CandleSeries, IStrategy> CloseAhead(int ahead) => series =>
        Following(series, i => i + ahead < series.Count && i + ahead > 0 && series.Closes[i + ahead] > series.Closes[i + ahead - 1]);

    /// <summary>Long where the close is low by the mean and deviation of so many bars; null for the whole series.</summary>
    private static Func<CandleSeries, IStrategy> ZScore(int? of) => series =>
    {
        var closes = series.Closes.ToArray();
        var whole = Moments(closes);
        return Following(series, i => (of is { } n ? Moments(closes[Last(n, i)]) : whole) is var (mean, deviation) && closes[i] - mean < -0.5 * deviation);

        static (double Mean, double Deviation) Moments(double[] values) =>
            values.Average() is var mean ? (mean, Math.Sqrt(values.Average(value => (value - mean) * (value - mean)))) : default;
    };

    /// <summary>Long where the four-hour candle that the bar lies in, complete with the hours to come, closes above its open.</summary>
    private static Scripted UnfinishedFourHours(CandleSeries series) =>
        Following(series, i => FourHours(series, series.Times[i]) is var (open, close) && close > open);

    /// <summary>Long where the last four-hour candle that has ended by the bar's end closed above its open.</summary>
    private static Scripted FinishedFourHours(CandleSeries series) =>
        Following(series, i => FourHours(series, series.Times[i] + 3_600_000 - Timeframe.H4.Milliseconds) is var (open, close) && close > open);

    /// <summary>The four-hour candle at a time, of all its hours that the series has.</summary>
    private static (double Open, double Close)? FourHours(CandleSeries series, long time)
    {
        var start = Timeframe.H4.Floor(time);
        var (from, to) = (series.IndexFrom(start), series.IndexFrom(start + Timeframe.H4.Milliseconds));
        return from < to ? (series.Opens[from], series.Closes[to - 1]) : null;
    }

    /// <summary>Buys swing lows, which the three bars after them confirm, so many bars after the low.</summary>
    private static Func<CandleSeries, IStrategy> Swing(int lag) => series =>
        Following(series, i => i - lag >= 3 && Enumerable.Range(i - lag - 3, 7).All(k => k >= series.Count || series.Lows[k] >= series.Lows[i - lag]));

    /// <summary>Long in the calm half, the median range of so many bars being the border; null for the whole series.</summary>
    private static Func<CandleSeries, IStrategy> Regime(int? of) => series =>
    {
        var ranges = Enumerable.Range(0, series.Count).Select(i => series.Highs[i] - series.Lows[i]).ToArray();
        var whole = Median(ranges);
        return Following(series, i => ranges[i] < (of is { } n ? Median(ranges[Last(n, i)]) : whole));

        static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);
    };

    /// <summary>The crossing that did best on the first bars of the series.</summary>
    private static Func<CandleSeries, IStrategy> Fitted(Func<int, int> bars) => series =>
        new (int Fast, int Slow)[] { (3, 8), (5, 13), (8, 21), (12, 26), (20, 50) }
            .Select(lengths => new EmaCross(lengths.Fast, lengths.Slow))
            .MaxBy(strategy => BacktestEngine.Run(strategy, series.Slice(0, Math.Min(bars(series.Count), series.Count)), new() { Statistics = StatisticsLevel.Core }).Statistics.TotalReturn)!;

    /// <summary>Long below an average of the bars before, the bar, and some after it: five in all.</summary>
    private static Func<CandleSeries, IStrategy> Average(int after) => series => Following(series, i =>
    {
        var (from, to) = (Math.Max(i + after - 4, 0), Math.Min(i + after, series.Count - 1));
        return series.Closes[i] < Enumerable.Range(from, to - from + 1).Average(k => series.Closes[k]);
    });

    private static Range Last(int n, int i) => Math.Max(i + 1 - n, 0)..(i + 1);

    /// <summary>Long while a rule over bars by index holds.</summary>
    private static Scripted Following(CandleSeries series, Func<int, bool> isLong) => new((bar, position) =>
    {
        Assert.True(bar < series.Count);
        var wants = isLong(bar);
        return new() { EnterLong = wants && position.Side == 0, ExitLong = !wants && position.Side > 0 };
    });
}
