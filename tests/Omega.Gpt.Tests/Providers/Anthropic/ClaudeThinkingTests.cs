using Omega.Gpt.Providers.Anthropic;
using Omega.Gpt.Tests.Providers.Http;
using static Omega.Gpt.Tests.Providers.Anthropic.AnthropicFixtures;

namespace Omega.Gpt.Tests.Providers.Anthropic;

public sealed class ClaudeThinkingTests
{
    [Theory]
    [InlineData("claude-3-7-sonnet-20250219", "Budget")]
    [InlineData("claude-3-haiku-20240307", "Budget")]
    [InlineData("claude-2.1", "Budget")]
    [InlineData("claude-opus-4-20250514", "Budget")]
    [InlineData("claude-opus-4-1@20250805", "Budget")]
    [InlineData("claude-sonnet-4-5-20250929", "Budget")]
    [InlineData("claude-haiku-4-5", "Budget")]
    [InlineData("claude-opus-4-6", "Adaptive")]
    [InlineData("anthropic.claude-opus-4-6-v1", "Adaptive")]
    [InlineData("anthropic/claude-opus-4.7", "Adaptive")]
    [InlineData("claude-4.6-opus", "Adaptive")]
    [InlineData("claude-opus-4-10", "Adaptive")]
    [InlineData("claude-opus-5", "AdaptiveByDefault")]
    [InlineData("claude-sonnet-5-20260601", "AdaptiveByDefault")]
    [InlineData("claude-haiku-5-5", "AdaptiveByDefault")]
    [InlineData("claude-opus-5-5", "AdaptiveAlways")]
    [InlineData("claude-opus-5-5-preview", "AdaptiveAlways")]
    [InlineData("claude-sonnet-6", "AdaptiveAlways")]
    [InlineData("claude-fable-5", "AdaptiveAlways")]
    [InlineData("claude-mythos-preview", "AdaptiveAlways")]
    [InlineData("claude-opus-latest", "AdaptiveAlways")]
    [InlineData("kimi-k3", "Budget")]
    [InlineData("MiniMax-M3", "Budget")]
    public void Of_ModelName_TellsHowItThinks(string model, string mode) => Assert.Equal(mode, ClaudeThinking.Of(model).ToString());

    [Theory]
    [InlineData(ReasoningEffort.None, null, 4_096)]
    [InlineData(ReasoningEffort.Minimal, 1_024, 5_120)]
    [InlineData(ReasoningEffort.Low, 4_096, 8_192)]
    [InlineData(ReasoningEffort.Medium, 8_192, 12_288)]
    [InlineData(ReasoningEffort.High, 16_384, 20_480)]
    public void WriteBody_BudgetModelWithUnknownLimit_ThinksOnTopOfItsAnswer(ReasoningEffort effort, int? budget, int maxTokens)
    {
        var body = Body("claude-sonnet-4-5", new GenerationOptions { ReasoningEffort = effort });

        Assert.Equal(budget is null ? null : $$"""{"type":"enabled","budget_tokens":{{budget}}}""", body["thinking"]?.ToJsonString());
        Assert.Equal(maxTokens, body["max_tokens"]!.GetValue<int>());
        Assert.Null(body["output_config"]);
    }

    [Theory]
    [InlineData(64_000, 16_384)]
    [InlineData(20_000, 10_000)]
    [InlineData(1_500, 1_024)]
    public void WriteBody_BudgetModelWithALimit_LeavesHalfOfItForTheAnswer(int maxTokens, int budget)
    {
        var body = Body("claude-sonnet-4-5", new GenerationOptions { ReasoningEffort = ReasoningEffort.High, MaxTokens = maxTokens });

        Assert.Equal(budget, body["thinking"]!["budget_tokens"]!.GetValue<int>());
        Assert.Equal(maxTokens, body["max_tokens"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("claude-opus-4-7", null, null, null)]
    [InlineData("claude-opus-4-7", ReasoningEffort.None, null, null)]
    [InlineData("claude-opus-4-7", ReasoningEffort.Minimal, "adaptive", "low")]
    [InlineData("claude-opus-4-7", ReasoningEffort.Medium, "adaptive", "medium")]
    [InlineData("claude-opus-4-7", ReasoningEffort.High, "adaptive", "high")]
    [InlineData("claude-opus-5", null, "adaptive", null)]
    [InlineData("claude-opus-5", ReasoningEffort.None, "disabled", null)]
    [InlineData("claude-opus-5", ReasoningEffort.Low, "adaptive", "low")]
    [InlineData("claude-opus-5-5", null, "adaptive", null)]
    [InlineData("claude-opus-5-5", ReasoningEffort.None, "adaptive", "low")]
    [InlineData("claude-opus-5-5", ReasoningEffort.High, "adaptive", "high")]
    public void WriteBody_AdaptiveModel_IsToldItsEffortAndToShowItsThinking(string model, ReasoningEffort? effort, string? thinking, string? level)
    {
        var body = Body(model, new GenerationOptions { ReasoningEffort = effort });

        Assert.Equal(thinking, body["thinking"]?["type"]?.GetValue<string>());
        Assert.Equal(thinking == "adaptive" ? "summarized" : null, body["thinking"]?["display"]?.GetValue<string>());
        Assert.Null(body["thinking"]?["budget_tokens"]);
        Assert.Equal(level, body["output_config"]?["effort"]?.GetValue<string>());
    }

    [Fact]
    public void WriteBody_ForcedCallWithoutAnEffort_SaysNothingOfThinking()
    {
        var function = new FunctionDefinition("f", null, System.Text.Json.JsonElement.Parse("""{"type":"object"}"""));
        var body = WireReading.Body(Provider(), Request(Message.User("Hi")) with { Model = "claude-opus-5", Functions = [function], Options = new GenerationOptions { FunctionChoice = FunctionChoice.Required } });

        Assert.Null(body["thinking"]);
        Assert.Equal("any", body["tool_choice"]!["type"]!.GetValue<string>());
    }

    [Fact]
    public void WriteBody_EffortAndSchema_ShareOutputConfig()
    {
        var format = ResponseFormat.JsonSchema("a", System.Text.Json.JsonElement.Parse("""{"type":"object"}"""));

        Assert.Equal(
            """{"effort":"low","format":{"type":"json_schema","schema":{"type":"object"}}}""",
            Body("claude-opus-5", new GenerationOptions { ReasoningEffort = ReasoningEffort.Low, ResponseFormat = format })["output_config"]!.ToJsonString());
    }

    [Fact]
    public void WriteBody_TemperatureOneWhileThinking_IsSent() =>
        Assert.Equal(1, Body("claude-sonnet-4-5", new GenerationOptions { ReasoningEffort = ReasoningEffort.Low, Temperature = 1 })["temperature"]!.GetValue<double>());

    private static System.Text.Json.Nodes.JsonNode Body(string model, GenerationOptions options) =>
        WireReading.Body(Provider(), Request(Message.User("Hi")) with { Model = model, Options = options });
}
