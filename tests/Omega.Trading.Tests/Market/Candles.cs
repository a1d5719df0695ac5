using CsCheck;

namespace Omega.Trading.Tests.Market;

/// <summary>Candles made for tests.</summary>
internal static class Candles
{
    /// <summary>Sound candles of random prices, some of them missing, beginning at a random period.</summary>
    public static Gen<CandleSeries> Series(Timeframe timeframe, int most = 400) =>
        Gen.Select(Gen.Long[-3000, 30_000], Gen.Select(Gen.Frequency((8, Gen.Const(1)), (1, Gen.Int[2, 5]), (1, Gen.Int[20, 60])), Prices).List[0, most], (first, steps) =>
        {
            var time = timeframe.Floor(first * timeframe.Milliseconds);
            return CandleSeries.Create(timeframe, "SIM:1", [.. steps.Select(step => step.Item2 with { Time = time += step.Item1 * timeframe.Milliseconds })]);
        });

    private static Gen<Candle> Prices =>
        Gen.Select(Gen.Double[1e-8, 1e9], Gen.Double[0, 1], Gen.Double[0, 1], Gen.Double[0, 1], Gen.Double[0, 1e6], (low, range, open, close, volume) =>
        {
            var high = low * (1 + range);
            return new Candle(0, low + ((high - low) * open), high, low, low + ((high - low) * close), volume) is var candle
                ? candle with { High = Math.Max(high, Math.Max(candle.Open, candle.Close)), Low = Math.Min(low, Math.Min(candle.Open, candle.Close)) }
                : default;
        });

    /// <summary>One candle for each time, in units of the timeframe: price 100 + i, volume i.</summary>
    public static CandleSeries At(Timeframe timeframe, params long[] periods) =>
        CandleSeries.Create(timeframe, "SIM:1", [.. periods.Select((period, i) => new Candle(period * timeframe.Milliseconds, 100 + i, 101 + i, 99 + i, 100.5 + i, i))]);

    public static Candle[] All(CandleSeries series) => [.. Enumerable.Range(0, series.Count).Select(i => series[i])];
}
