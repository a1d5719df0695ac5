using System.Globalization;
using Omega.Trading;
using Omega.Trading.Feeds;

namespace Omega.Pairs.Feeds;

/// <summary>What history of a simulated market costs, each time of a market that nobody has asked before, and what one more price costs a reader: processor time, in ms.</summary>
internal static class FeedTurns
{
    private const int Rounds = 60;
    private static readonly long Now = new DateTimeOffset(2026, 11, 28, 12, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
    private static readonly Instrument Btc = Instrument.Parse("BTC/USD");

    // Requests of tens of milliseconds would show on the clock of a busy machine how busy it is.
    private static TimeSpan Processor => Environment.CpuUsage.TotalTime;

    public static void Run()
    {
        var began = Processor;
        Read(Fresh(0), Timeframe.H1, 5000);
        Print("5,000 hours, the first of the process (JIT and all)", [(Processor - began).TotalMilliseconds]);

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
        var (reader, count) = (new TapeReader(Fresh(seed), Timeframe.H4, Now), 0);
        var began = Processor;
        foreach (var update in reader.Read(Now + Timeframe.H4.Milliseconds))
            count += update is PriceUpdate ? 1 : 0;
        return (Processor - began).TotalMicroseconds / count;
    }

    private static SimulatedTape Fresh(int seed) => new(seed, Btc, "SIM");

    private static void Read(SimulatedTape tape, Timeframe timeframe, int count) => TapeHistory.Read(Btc, tape, new(Btc, timeframe) { Count = count }, Now);

    private static void Time(List<double> times, Action run)
    {
        var began = Processor;
        run();
        times.Add((Processor - began).TotalMilliseconds);
    }

    private static void Print(string name, List<double> times)
    {
        times.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {times[0]:0.00} | {times[times.Count / 2]:0.00} |"));
    }
}
