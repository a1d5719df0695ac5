using Microsoft.Extensions.Time.Testing;
using Omega.Gpt;
using Omega.Gpt.Providers;
using Omega.Trading.Feeds;

namespace Omega.Desk.Tests.Functions;

public sealed class OfflinePromptTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Print()
    {
        await using (var f = new SimulatedFeed()) File.WriteAllText("/tmp/brief/desk-functions.json", "[" + string.Join(",", new MarketDesk(f).Functions.Definitions.Select(d => System.Text.Json.JsonSerializer.Serialize(new { name = d.Name, description = d.Description, parameters = d.Parameters }))) + "]");
        foreach (var prompt in File.ReadAllLines("/tmp/brief/d4prompts.txt"))
        {
            var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 15, 0, TimeSpan.Zero));
            await using var feed = new SimulatedFeed(new SimulatedFeedOptions(), time);
            var desk = new MarketDesk(feed, new MarketDeskOptions { CandleFiles = CandleFileNames.In(prompt) });
            var engine = new GptEngine(ProviderRegistry.Create(_ => null));
            output.WriteLine("=========== " + prompt);
            await foreach (var e in engine.RunAsync(engine.NewConversation(), [Message.User(prompt)], new TurnOptions { Model = "offline/analyst", Functions = desk.Functions }, TestContext.Current.CancellationToken))
            {
                if (e is FunctionCallReadyEvent ready) output.WriteLine($"CALL {ready.Name} {ready.Arguments}");
                if (e is FunctionCallCompletedEvent done) output.WriteLine($"RESULT {done.DurationMs} ms, {done.Result.GetRawText().Length} chars: {done.Result.GetRawText()}");
                if (e is FunctionCallFailedEvent failed) output.WriteLine($"FAILED {failed.Message}");
                if (e is TurnCompletedEvent completed) output.WriteLine($"TEXT ({completed.Timing.TotalMs} ms)\n{completed.Text}");
            }
        }
    }
}
