using System.Diagnostics;
using Omega.Trading;
using Omega.Trading.Expressions;
using Omega.Trading.Strategies;

namespace Omega.Pairs.Expressions;

/// <summary>
/// What a bar costs an expression, all updates included, beside the same rule written by hand; in turns, so that a machine's noise falls
/// on all alike.
/// </summary>
internal static class ExpressionPairs
{
    private const int Bars = 1 << 14;
    private const int Warmups = 50;
    private const int Rounds = 400;

    public static void Run()
    {
        var bars = Walk();
        var naive = new NaiveRule();
        var (rule, number) = (Start("crossover(ema(12), ema(26)) and rsi(14) < 70"), Start("ema(12)"));
        var frames = Start("h4.close > h4.ema(50) and crossover(rsi(14), 35) or close > highest(high, 20)[1]");
        var strategy = BuiltInStrategies.Find("ema-cross").Compile().Start(Timeframe.H1);
        Compare(
            ("by hand", () => Count(bars, (in Candle bar) => naive.Next(bar))),
            ("crossover(ema(12), ema(26)) and rsi(14) < 70", () => Count(bars, (in Candle bar) => Next(rule, bar))),
            ("ema(12)", () => Count(bars, (in Candle bar) => Next(number, bar))),
            ("two timeframes", () => Count(bars, (in Candle bar) => Next(frames, bar))),
            ("ema-cross as a strategy", () => Count(bars, (in Candle bar) =>
            {
                var decision = default(Decision);
                strategy.OnBar(bar, PositionView.Flat, ref decision);
                return decision.EnterLong;
            })));
    }

    private delegate bool OnBar(in Candle bar);

    private static bool Next(ExpressionRun run, in Candle bar)
    {
        run.Advance(bar);
        return run.IsTrue;
    }

    private static int Count(Candle[] bars, OnBar next)
    {
        var count = 0;
        foreach (ref readonly var bar in bars.AsSpan())
        {
            if (next(bar))
                count++;
        }

        return count;
    }

    private static void Compare(params (string Name, Func<int> Run)[] work)
    {
        var times = work.Select(_ => new List<double>(Rounds)).ToArray();
        for (var round = 0; round < Warmups + Rounds; round++)
        {
            for (var i = 0; i < work.Length; i++)
            {
                var began = Stopwatch.GetTimestamp();
                work[i].Run();
                if (round >= Warmups)
                    times[i].Add(Stopwatch.GetElapsedTime(began).TotalNanoseconds / Bars);
            }
        }

        foreach (var list in times)
            list.Sort();
        for (var i = 0; i < work.Length; i++)
            Console.WriteLine(FormattableString.Invariant($"| {work[i].Name} | {times[i][0]:0.0} | {times[i][Rounds / 2]:0.0} | {times[i][0] / times[0][0]:0.0} |"));
    }

    private static ExpressionRun Start(string text) => Expression.Parse(text).Start(Timeframe.H1);

    private static Candle[] Walk()
    {
        var random = new Random(1);
        var bars = new Candle[Bars];
        var price = 100.0;
        for (var i = 0; i < Bars; i++)
        {
            var open = price;
            price *= 1 + (random.NextDouble() - 0.5) / 100;
            bars[i] = new Candle(1_704_067_200_000 + i * 3_600_000L, open, Math.Max(open, price) * 1.001, Math.Min(open, price) * 0.999, price, 1);
        }

        return bars;
    }
}
