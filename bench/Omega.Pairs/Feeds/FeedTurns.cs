using System.Diagnostics;
using System.Globalization;
using Omega.Trading;
using Omega.Trading.Feeds;

namespace Omega.Pairs.Feeds;

/// <summary>What history of a simulated market costs, each time of a market that nobody has asked before, and what one more price costs a reader.</summary>
internal static class FeedTurns
{
    private const int Rounds = 60;
    private static readonly DateTimeOffset Now = new(2026, 11, 28, 12, 0, 0, TimeSpan.Zero);
    private static readonly Instrument Btc = Instrument.Parse("BTC/USD");

    public static void Run()
    {
        var began = Stopwatch.GetTimestamp();
        Read(Fresh(0), Timeframe.H1, 5000);
        Print("5,000 hours, the first of the process (JIT and all)", [Stopwatch.GetElapsedTime(began).TotalMilliseconds]);

        (string Name, Timeframe Timeframe, int Count)[] requests =
        [
            ("the last hour: every hour since 2023 is drawn", Timeframe.H1, 1),
            ("500 hours", Timeframe.H1, 500),
            ("5,000 hours", Timeframe.H1, 5000),
            ("5,000 minutes", Timeframe.M1, 5000),
            ("500 days", Timeframe.D1, 500),
        ];
        var times = requests.Select(_ => new List<double>(Rounds)).ToArray();
        var (again, prices) = (new List<double>(Rounds), new List<double>(Rounds));
        for (var round = 1; round <= Rounds; round++)
        {
            for (var i = 0; i < requests.Length; i++)
            {
                var feed = Fresh(round);
                Time(times[i], () => Read(feed, requests[i].Timeframe, requests[i].Count));
                if (i == 2)
                    Time(again, () => Read(feed, Timeframe.H1, 5000));
            }

            prices.Add(OnePrice(round));
        }

        for (var i = 0; i < requests.Length; i++)
            Print(requests[i].Name, times[i]);
        Print("5,000 hours that were asked for before", again);
        Print("one price and the open candle of 4 h, a reader (µs)", prices);
    }

    private static double OnePrice(int seed)
    {
        var tape = new SimulatedTape(seed, Btc, "SIM");
        var now = Now.ToUnixTimeMilliseconds();
        var (reader, count) = (new TapeReader(tape, Timeframe.H4, now), 0);
        var began = Stopwatch.GetTimestamp();
        foreach (var update in reader.Read(now + Timeframe.H4.Milliseconds))
            count += update is PriceUpdate ? 1 : 0;
        return Stopwatch.GetElapsedTime(began).TotalMicroseconds / count;
    }

    private static SimulatedFeed Fresh(int seed) => new(new() { Seed = seed }, new StoppedClock());

    private static void Read(SimulatedFeed feed, Timeframe timeframe, int count) => feed.GetHistoryAsync(new(Btc, timeframe) { Count = count });

    private static void Time(List<double> times, Action run)
    {
        var began = Stopwatch.GetTimestamp();
        run();
        times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
    }

    private static void Print(string name, List<double> times)
    {
        times.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {times[0]:0.00} | {times[times.Count / 2]:0.00} |"));
    }

    private sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
