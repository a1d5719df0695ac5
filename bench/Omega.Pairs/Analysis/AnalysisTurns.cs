using System.Diagnostics;
using System.Globalization;
using Omega.Trading;
using Omega.Trading.Analysis;

namespace Omega.Pairs.Analysis;

/// <summary>
/// What a report costs: cold on 5,000 bars, and one bar more, in turns of one run. On <c>OMEGA_REAL_CANDLES</c>' hourly file where that is set,
/// else on a made-up walk.
/// </summary>
internal static class AnalysisTurns
{
    private const int Bars = 5000;
    private const int Rounds = 200;
    private const int More = 200;

    public static void Run()
    {
        var series = Candles();
        var (cold, later) = (series.Slice(0, Bars), series.Slice(Bars, More * Rounds));
        Timeframe[] three = [Timeframe.H1, Timeframe.H4, Timeframe.D1];
        var first = Stopwatch.GetTimestamp();
        MarketAnalyzer.Analyze(cold, three);
        Print("cold, 3 timeframes, the first of the process (JIT and all)", [Stopwatch.GetElapsedTime(first).TotalMicroseconds]);

        var analyzer = Fed(cold, three);
        var times = Enumerable.Range(0, 4).Select(_ => new List<double>(Rounds)).ToArray();
        for (var round = 0; round < Rounds; round++)
        {
            var at = round * More;
            Time(times[0], 1, () => MarketAnalyzer.Analyze(cold));
            Time(times[1], 1, () => MarketAnalyzer.Analyze(cold, three));
            Time(times[2], More - 1, () =>
            {
                for (var i = 0; i < More - 1; i++)
                    analyzer.Add(later[at + i]);
            });
            Time(times[3], 1, () =>
            {
                analyzer.Add(later[at + More - 1]);
                analyzer.Report();
            });
        }

        Print("cold, 1 timeframe, report", times[0]);
        Print("cold, 3 timeframes, report", times[1]);
        Print("one more bar, 3 timeframes", times[2]);
        Print("one more bar and its report, 3 timeframes", times[3]);
    }

    private static MarketAnalyzer Fed(CandleSeries series, Timeframe[] timeframes)
    {
        var analyzer = new MarketAnalyzer(series.Timeframe, series.Source, timeframes);
        for (var i = 0; i < series.Count; i++)
            analyzer.Add(series[i]);
        return analyzer;
    }

    private static void Time(List<double> times, int count, Action run)
    {
        var began = Stopwatch.GetTimestamp();
        run();
        times.Add(Stopwatch.GetElapsedTime(began).TotalMicroseconds / count);
    }

    private static void Print(string name, List<double> times)
    {
        times.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {times[0]:0.00} | {times[times.Count / 2]:0.00} |"));
    }

    private static CandleSeries Candles()
    {
        if (Environment.GetEnvironmentVariable("OMEGA_REAL_CANDLES") is { } folder)
            return CandleFile.Read(Path.Combine(folder, "btcusdt-1h-2017-2024.csv.gz")).Series;
        var (random, price) = (new Random(1), 10_000.0);
        var candles = new Candle[Bars + (More * Rounds)];
        for (var i = 0; i < candles.Length; i++)
        {
            var open = price;
            price = Math.Round(price * Math.Exp((random.NextDouble() - 0.5) * 0.02), 2);
            candles[i] = new(1_500_000_000_000L / 3_600_000 * 3_600_000 + (i * 3_600_000L), open, Math.Max(open, price), Math.Min(open, price), price, 100);
        }

        return CandleSeries.Create(Timeframe.H1, "made up", candles);
    }
}
