namespace Omega.Trading.Tests.Feeds.Replay;

/// <summary>Files made for tests.</summary>
internal static class Walks
{
    /// <summary>A random walk from 100, without gaps.</summary>
    public static CandleSeries Of(Timeframe timeframe, DateTimeOffset from, int count, int seed = 1)
    {
        var (random, close, first) = (new Random(seed), 100.0, timeframe.Floor(from.ToUnixTimeMilliseconds()));
        return CandleSeries.Create(timeframe, "test", [.. Enumerable.Range(0, count).Select(i =>
        {
            var open = close;
            close *= 1 + (0.002 * (random.NextDouble() - 0.5));
            return new Candle(first + (i * timeframe.Milliseconds), open, Math.Max(open, close) * (1 + (0.001 * random.NextDouble())), Math.Min(open, close) * (1 - (0.001 * random.NextDouble())), close, random.Next(1, 100));
        })]);
    }
}
