using Omega.Cli.Chat;
using Omega.Gpt;

namespace Omega.Cli.Tests.Chat;

public sealed class ChatUsageTests
{
    private readonly ChatUsage _usage = new();

    [Fact]
    public void Lines_TurnsOfTwoModels_AddUpApart()
    {
        Complete("openai", "a", new TokenUsage(new InputTokens(100), new OutputTokens(10)), new Cost(0.5m, false, CostSource.Catalogue));
        Complete("openai", "a", new TokenUsage(new InputTokens(200), new OutputTokens(20)), new Cost(0.25m, false, CostSource.Catalogue));
        Complete("offline", "analyst", null, null);

        Assert.Equal(["openai/a · 2 turns · 300 tokens in, 30 out · $0.7500 · 200 ms in all", "offline/analyst · 1 turn · 100 ms in all"], _usage.Lines());
    }

    [Fact]
    public void Lines_TurnsThatSayNothing_AreCountedAsUnknown()
    {
        Complete("openai", "a", new TokenUsage(new InputTokens(100), new OutputTokens(10)), null);
        _usage.Take(new TurnStartedEvent("c", "openai/a"));
        _usage.Take(new TurnCancelledEvent("par", null, null));

        Assert.Equal(["openai/a · 2 turns · 100 tokens in, 10 out and what 1 of them took, unknown · $? · 100 ms in all"], _usage.Lines());
    }

    private void Complete(string provider, string model, TokenUsage? usage, Cost? cost) => _usage.Take(new TurnCompletedEvent
    {
        Text = "",
        FinishReason = FinishReason.Stop,
        Model = model,
        Provider = provider,
        Steps = 1,
        Usage = usage,
        Cost = cost,
        Timing = new TurnTiming(1, 100),
    });
}
