using System.Diagnostics;
using System.Globalization;
using Omega.Trading;
using Omega.Trading.Backtesting;
using Omega.Trading.Strategies;
using Omega.Trading.Tests.Strategies;

namespace Omega.Pairs.Backtesting;

/// <summary>
/// Bars a second of one back-test, beside a naive loop, in turns of the same run so that a machine's noise falls on all alike. On
/// <c>OMEGA_REAL_CANDLES</c>' hourly file where that is set, else on a made-up walk of the same length.
/// </summary>
internal static class BacktestPairs
{
    private const int Warmups = 40;
    private const int Rounds = 200;

    public static void Run()
    {
        var series = Candles();
        var (opens, closes) = (series.Opens.ToArray(), series.Closes.ToArray());
        var core = new BacktestOptions { Statistics = StatisticsLevel.Core };
        var alone = new BacktestOptions { Benchmark = false };
        var json = BuiltInStrategies.Find("ema-cross").Compile();
        Report(series.Count,
            ("naive loop", () => NaiveEmaCross.Run(opens, closes, 0.001).Trades),
            ("ema-cross in C#, core statistics", () => BacktestEngine.Run(new EmaCross(), series, core).Trades.Count),
            ("ema-cross in C#, every statistic", () => BacktestEngine.Run(new EmaCross(), series, alone).Trades.Count),
            ("ema-cross in C#, every statistic, buy-and-hold beside it", () => BacktestEngine.Run(new EmaCross(), series).Trades.Count),
            ("ema-cross in JSON, core statistics", () => BacktestEngine.Run(json, series, core).Trades.Count),
            ("ema-cross in JSON, every statistic, buy-and-hold beside it", () => BacktestEngine.Run(json, series).Trades.Count));
    }

    private static void Report(int bars, params (string Name, Func<int> Run)[] work)
    {
        var times = work.Select(_ => new List<double>(Rounds)).ToArray();
        for (var round = 0; round < Warmups + Rounds; round++)
        {
            for (var i = 0; i < work.Length; i++)
            {
                var began = Stopwatch.GetTimestamp();
                work[i].Run();
                if (round >= Warmups)
                    times[i].Add(Stopwatch.GetElapsedTime(began).TotalNanoseconds / bars);
            }
        }

        foreach (var list in times)
            list.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{bars} bars, {work[0].Run()} trades; {(System.Runtime.CompilerServices.RuntimeFeature.IsDynamicCodeSupported ? "JIT" : "AOT")}"));
        Console.WriteLine("| back-test | ns a bar (least) | M bars/s | median ns | M bars/s | against naive |");
        for (var i = 0; i < work.Length; i++)
        {
            var (least, median) = (times[i][0], times[i][Rounds / 2]);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {work[i].Name} | {least:0.0} | {1000 / least:0} | {median:0.0} | {1000 / median:0} | {least / times[0][0]:0.00} |"));
        }
    }

    private static CandleSeries Candles()
    {
        if (Environment.GetEnvironmentVariable("OMEGA_REAL_CANDLES") is { } folder)
            return CandleFile.Read(Path.Combine(folder, "btcusdt-1h-2017-2024.csv.gz")).Series;
        var (random, price) = (new Random(1), 10_000.0);
        var candles = new Candle[65_000];
        for (var i = 0; i < candles.Length; i++)
        {
            var open = price;
            price = Math.Round(price * Math.Exp((random.NextDouble() - 0.5) * 0.02), 2);
            candles[i] = new(1_500_000_000_000L / 3_600_000 * 3_600_000 + (i * 3_600_000L), open, Math.Max(open, price), Math.Min(open, price), price, 100);
        }

        return CandleSeries.Create(Timeframe.H1, "made up", candles);
    }
}
