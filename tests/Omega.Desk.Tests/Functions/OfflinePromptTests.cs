using Omega.Gpt;
using Omega.Gpt.Providers;

namespace Omega.Desk.Tests.Functions;

public sealed class OfflinePromptTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("Analyze BTC market")]
    [InlineData("Is a 2 BTC long too risky with 50,000 USD?")]
    [InlineData("Backtest an EMA cross on BTC and tell me if it is any good")]
    [InlineData("How much BTC can I buy risking 1% with a stop 3% away and 20k?")]
    [InlineData("Compare momentum and donchian on ../shared/data/btc/btcusdt-1h-2017-2024.csv.gz")]
    public async Task Print(string prompt)
    {
        var desk = new MarketDesk(SeriesFeed.Walk(), new MarketDeskOptions { CandleFiles = CandleFileNames.In(prompt) });
        var engine = new GptEngine(ProviderRegistry.Create(_ => null));
        await foreach (var e in engine.RunAsync(engine.NewConversation(), [Message.User(prompt)], new TurnOptions { Model = "offline/analyst", Functions = desk.Functions }, TestContext.Current.CancellationToken))
        {
            if (e is FunctionCallReadyEvent ready) output.WriteLine($"CALL {ready.Name} {ready.Arguments}");
            if (e is FunctionCallCompletedEvent done) output.WriteLine($"RESULT {done.DurationMs} ms, {done.Result.GetRawText().Length} chars: {done.Result.GetRawText()}");
            if (e is FunctionCallFailedEvent failed) output.WriteLine($"FAILED {failed.Message}");
            if (e is TurnCompletedEvent completed) output.WriteLine($"TEXT ({completed.Timing.TotalMs} ms)\n{completed.Text}");
        }
    }
}
