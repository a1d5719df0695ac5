using CsCheck;

namespace Omega.Trading.Tests.Indicators;

/// <summary>Series made up for tests, the same for the same seed.</summary>
internal static class Bars
{
    private const long Hour = 3_600_000;

    /// <summary>2024-01-01, midnight.</summary>
    private const long Start = 1_704_067_200_000;

    /// <summary>The kinds of <see cref="Of"/>.</summary>
    public static IReadOnlyList<string> Kinds => ["walk", "flat", "outliers", "tiny", "large"];

    public static Gen<Candle[]> Any { get; } =
        Gen.Select(Gen.Int[0, Kinds.Count - 1], Gen.Int[0, 1_000_000], Gen.Int[0, 160], (kind, seed, count) => Of(Kinds[kind], seed, count));

    public static Candle[] Of(string kind, int seed, int count) => kind switch
    {
        "walk" => Walk(seed, count),
        "flat" => Flat(seed, count),
        "outliers" => Outliers(seed, count),
        "tiny" => Scaled(Walk(seed, count), 1e-8 / 40_000, 1e-3),
        "large" => Scaled(Walk(seed, count, volatility: 1e-4), 1e9 / 40_000, 1e6),
        _ => throw new ArgumentException(kind),
    };

    /// <summary>Hours of a random walk in whole cents, some of them missing.</summary>
    public static Candle[] Walk(int seed, int count, double volatility = 0.01, long step = Hour, bool gaps = true)
    {
        var random = new Random(seed);
        var bars = new Candle[count];
        var (time, price) = (Start, 40_000.0);
        for (var i = 0; i < count; i++)
        {
            var open = price;
            price = Cents(price * Math.Exp(volatility * Normal(random)));
            var high = Cents(Math.Max(open, price) * (1 + (volatility * random.NextDouble() / 2)));
            var low = Cents(Math.Min(open, price) * (1 - (volatility * random.NextDouble() / 2)));
            bars[i] = new(time, open, high, low, price, Math.Round(100 * random.NextDouble(), 3) + 0.001);
            time += step * (gaps && random.Next(40) == 0 ? random.Next(2, 60) : 1);
        }

        return bars;
    }

    public static CandleSeries Series(Candle[] bars) => CandleSeries.Create(Timeframe.M1, "SIM:1", bars);

    private static Candle[] Flat(int seed, int count)
    {
        var random = new Random(seed);
        var (bars, left) = (Walk(seed, count), 0);
        for (var i = 1; i < count; i++)
        {
            if (left == 0 && random.Next(20) == 0)
                left = random.Next(3, 40);
            if (left == 0)
                continue;
            // Nothing trades: one price, no volume, sometimes at another price than before.
            var price = bars[i - 1].Close;
            bars[i] = new(bars[i].Time, price, price, price, price, 0);
            left--;
        }

        return bars;
    }

    private static Candle[] Outliers(int seed, int count)
    {
        var random = new Random(seed);
        var bars = Walk(seed, count);
        for (var i = 0; i < count; i++)
        {
            if (random.Next(60) == 0)
                bars[i] = random.Next(2) == 0 ? bars[i] with { High = 1e12, Close = 1e12 } : bars[i] with { Volume = 1e12 };
        }

        return bars;
    }

    private static Candle[] Scaled(Candle[] bars, double factor, double volume) =>
        [.. bars.Select(bar => new Candle(bar.Time, bar.Open * factor, bar.High * factor, bar.Low * factor, bar.Close * factor, bar.Volume * volume))];

    private static double Cents(double price) => Math.Max(0.01, Math.Round(price, 2));

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
