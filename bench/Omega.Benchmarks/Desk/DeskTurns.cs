using System.Diagnostics;
using System.Globalization;
using Omega.Desk;
using Omega.Gpt;
using Omega.Gpt.Providers;
using Omega.Trading.Feeds;

namespace Omega.Benchmarks.Desk;

/// <summary>
/// Whole offline turns over the simulated market, from prompt to answer: the first of the process, then the median and the slowest of many by
/// the clock, and the mean processor time, which a busy machine disturbs less.
/// </summary>
internal static class DeskTurns
{
    private const int Turns = 60, Warm = 20;

    private static readonly (string Name, string Prompt)[] Prompts =
    [
        ("three functions", "What's the price of BTC? How is BTC doing on 1h? What is the RSI(14) of BTC?"),
        ("analyze_market", "Analyze BTC market"),
        ("assess_risk", "Is a 2 BTC long too risky with 50,000 USD?"),
        ("run_backtest", "Backtest an EMA cross on BTC and tell me if it is any good"),
        ("size_position", "How much BTC can I buy risking 1% with a stop 3% away and 20k?"),
        ("compare_strategies", "Compare momentum and donchian on BTC"),
    ];

    public static async Task RunAsync(TextWriter output)
    {
        await using var feed = new SimulatedFeed();
        var engine = new GptEngine(ProviderRegistry.Create());
        await output.WriteLineAsync("| offline turn | calls | first ms | median ms | slowest ms | processor ms |\n| --- | --- | --- | --- | --- | --- |");
        foreach (var (name, prompt) in Prompts)
        {
            // A desk of its own for each, so that no back-test counts as another's trial.
            var desk = new MarketDesk(feed);
            var times = new double[Turns];
            var calls = 0;
            var worked = TimeSpan.Zero;
            for (var i = 0; i < Turns; i++)
            {
                if (i == Warm)
                    worked = Environment.CpuUsage.TotalTime;
                var began = Stopwatch.GetTimestamp();
                calls = 0;
                await foreach (var gptEvent in engine.RunAsync(engine.NewConversation(), [Message.User(prompt)], new TurnOptions { Model = "offline/analyst", Functions = desk.Functions }))
                    calls += gptEvent is FunctionCallCompletedEvent ? 1 : 0;
                times[i] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            }

            var processor = (Environment.CpuUsage.TotalTime - worked).TotalMilliseconds / (Turns - Warm);
            var first = times[0];
            var later = times[Warm..];
            Array.Sort(later);
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"| {name} | {calls} | {first:0.0} | {later[later.Length / 2]:0.0} | {later[^1]:0.0} | {processor:0.0} |"));
        }
    }
}
