using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Omega.Trading;
using Omega.Trading.Indicators;

namespace Omega.Pairs.Indicators;

/// <summary>
/// Nanoseconds a bar of streaming indicators beside naive loops, in turns of the same run so that a machine's noise falls on all alike.
/// On <c>OMEGA_REAL_CANDLES</c>' hourly file where that is set, else on a made-up walk of the same length.
/// </summary>
internal static class IndicatorPairs
{
    private const int Warmups = 20;
    private const int Rounds = 60;

    public static void Run()
    {
        var series = Candles();
        var closes = series.Closes.ToArray();
        var bars = Enumerable.Range(0, series.Count).Select(i => series[i]).ToArray();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{series.Count} bars; {(RuntimeFeature.IsDynamicCodeSupported ? "JIT" : "AOT")}"));
        Console.WriteLine("| indicator | ns a bar (least) | median | against naive | B a bar |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: |");
        foreach (var (text, naive) in ((string, Func<double>)[])[("ema:12", () => NaiveIndicators.Ema(closes, 12)), ("rsi:14", () => NaiveIndicators.Rsi(closes, 14))])
        {
            var kernel = IndicatorCatalog.Parse(text);
            Report(series.Count,
                ($"{text}, naive loop", naive),
                ($"{text}, kernel in a loop", () => kernel.Descriptor.Use([.. kernel.Parameters], new Sum(closes))),
                ($"{text}, stream", () => Stream(text, bars, closes)),
                ($"{text}, whole series", () => kernel.Over(series)[0].Values[^1]));
        }

        Report(series.Count, [.. IndicatorCatalog.All.Select(indicator => ($"{indicator.With()}, stream", (Func<double>)(() => Stream(indicator.With().ToString(), bars, closes))))]);
    }

    private static double Stream(string text, Candle[] bars, double[] closes)
    {
        var stream = IndicatorCatalog.Parse(text).Start();
        var total = 0.0;
        for (var i = 0; i < bars.Length; i++)
        {
            var value = stream.Next(bars[i], closes[i]);
            if (!double.IsNaN(value))
                total += value;
        }

        return total;
    }

    private static void Report(int bars, params (string Name, Func<double> Run)[] work)
    {
        var times = work.Select(_ => new List<double>(Rounds)).ToArray();
        var allocated = new double[work.Length];
        for (var round = 0; round < Warmups + Rounds; round++)
        {
            for (var i = 0; i < work.Length; i++)
            {
                var (bytes, began) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.GetTimestamp());
                work[i].Run();
                if (round >= Warmups)
                    times[i].Add(Stopwatch.GetElapsedTime(began).TotalNanoseconds / bars);
                allocated[i] = (GC.GetAllocatedBytesForCurrentThread() - bytes) / (double)bars;
            }
        }

        foreach (var list in times)
            list.Sort();
        for (var i = 0; i < work.Length; i++)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {work[i].Name} | {times[i][0]:0.0} | {times[i][Rounds / 2]:0.0} | {times[i][0] / times[0][0]:0.00} | {allocated[i]:0.0} |"));
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
            candles[i] = new(i * 3_600_000L, open, Math.Max(open, price), Math.Min(open, price), price, 100);
        }

        return CandleSeries.Create(Timeframe.H1, "made up", candles);
    }

    private sealed class Sum(double[] closes) : IKernelUser<double>
    {
        public double Series<TKernel>(TKernel kernel)
            where TKernel : struct, ISeriesKernel
        {
            var total = 0.0;
            foreach (var close in closes)
            {
                var value = kernel.Next(close);
                if (!double.IsNaN(value))
                    total += value;
            }

            return total;
        }

        public double Bars<TKernel>(TKernel kernel)
            where TKernel : struct, IBarKernel => throw new NotSupportedException();

        public double SeriesLines<TKernel>(TKernel kernel)
            where TKernel : struct, ISeriesLinesKernel => throw new NotSupportedException();

        public double BarsLines<TKernel>(TKernel kernel)
            where TKernel : struct, IBarLinesKernel => throw new NotSupportedException();
    }
}
