using Omega.Trading.Strategies;

namespace Omega.Trading.Tests.Backtesting;

/// <summary>Hourly bars made for tests, from 2024-01-01 on.</summary>
internal static class Hourly
{
    public static readonly long Start = new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    /// <summary>Open, high, low, close and volume of each bar.</summary>
    public static CandleSeries Bars(params (double Open, double High, double Low, double Close, double Volume)[] bars) =>
        CandleSeries.Create(Timeframe.H1, "SIM:1", [.. bars.Select((bar, i) => new Candle(Time(i), bar.Open, bar.High, bar.Low, bar.Close, bar.Volume))]);

    /// <summary>The same with a volume that never bounds anything.</summary>
    public static CandleSeries Bars(params (double Open, double High, double Low, double Close)[] bars) =>
        Bars([.. bars.Select(bar => (bar.Open, bar.High, bar.Low, bar.Close, 1e6))]);

    /// <summary>Bars that stand still at each price.</summary>
    public static CandleSeries Flat(params double[] prices) => Bars([.. prices.Select(price => (price, price, price, price, 1e6))]);

    /// <summary>A seeded walk on the tick, with ranges and volumes.</summary>
    public static CandleSeries Walk(int count, int seed = 1, double price = 20_000, double step = 0.01)
    {
        var random = new Random(seed);
        var bars = new (double, double, double, double, double)[count];
        for (var i = 0; i < count; i++)
        {
            var open = Math.Round(price, 2);
            price *= Math.Exp(step * (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5));
            var close = Math.Round(price, 2);
            var high = Math.Round(Math.Max(open, close) * (1 + (step * random.NextDouble() / 2)), 2);
            var low = Math.Round(Math.Min(open, close) * (1 - (step * random.NextDouble() / 2)), 2);
            bars[i] = (open, high, low, close, Math.Round(1 + (random.NextDouble() * 50), 5));
        }

        return Bars(bars);
    }

    /// <summary>A seeded walk with trends, and with a leap every other day: something for every strategy to trade.</summary>
    public static CandleSeries Restless(int count, int seed = 1)
    {
        var random = new Random(seed);
        var (bars, price) = (new (double, double, double, double)[count], 20_000.0);
        for (var i = 0; i < count; i++)
        {
            var open = Math.Round(price, 2);
            price *= Math.Exp((0.01 * (random.NextDouble() - 0.5)) + (0.0015 * Math.Sin(i / 60.0)) + (i % 43 == 0 ? 0.1 * (random.NextDouble() - 0.5) : 0));
            var close = Math.Round(price, 2);
            bars[i] = (open, Math.Round(Math.Max(open, close) * 1.001, 2), Math.Round(Math.Min(open, close) * 0.999, 2), close);
        }

        return Bars(bars);
    }

    public static long Time(int bar) => Start + (bar * 3_600_000L);
}

/// <summary>Decides what it was told to, bar by bar of the run.</summary>
internal sealed class Scripted(Func<int, PositionView, Decision> decide, int warmUp = 0) : IStrategy
{
    public Scripted(params (int Bar, Decision Decision)[] script)
        : this((bar, _) => script.FirstOrDefault(line => line.Bar == bar).Decision)
    {
    }

    public string Name => "scripted";

    public IReadOnlyDictionary<string, double> Parameters { get; } = new Dictionary<string, double>();

    public StrategyRun Start(Timeframe timeframe) => new Run(decide, warmUp);

    private sealed class Run(Func<int, PositionView, Decision> decide, int warmUp) : StrategyRun
    {
        private int _bar;

        public override int WarmUpBars => warmUp;

        public override void OnBar(in Candle bar, in PositionView position, ref Decision decision) => decision = decide(_bar++, position);
    }
}
