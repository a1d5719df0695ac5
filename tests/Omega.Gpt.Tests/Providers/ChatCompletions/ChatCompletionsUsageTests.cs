using Omega.Gpt.Providers;
using static Omega.Gpt.Tests.Providers.ChatCompletions.ChatCompletionsFixtures;

namespace Omega.Gpt.Tests.Providers.ChatCompletions;

public sealed class ChatCompletionsUsageTests
{
    [Fact]
    public void Parse_UsageAfterTheFinish_IsRead() =>
        Assert.Equal(new TokenUsage(new InputTokens(7), new OutputTokens(2) { Text = null }), Read(Text("Hi"), Finish(), Tokens("""{"prompt_tokens":7,"completion_tokens":2,"total_tokens":9}"""), Done).Usage);

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("\"?\"")]
    [InlineData("""{"prompt_tokens":null,"completion_tokens":"many"}""")]
    public void Parse_UsageThatSaysNothing_IsNone(string usage)
    {
        var outcome = Read(Text("Hi"), Finish(), Tokens(usage), Done);

        Assert.Null(outcome.Usage);
        Assert.True(outcome.IsFinished);
    }

    [Fact]
    public void Parse_UsageOfXai_CountsReasoningApartAndKnowsThePrice()
    {
        var delta = Single("""{"prompt_tokens":12,"completion_tokens":2,"total_tokens":354,"prompt_tokens_details":{"text_tokens":12,"cached_tokens":11},"completion_tokens_details":{"reasoning_tokens":340},"cost_in_usd_ticks":1721250}""");

        Assert.Equal(new TokenUsage(new InputTokens(12) { Uncached = 1, CacheRead = 11 }, new OutputTokens(342) { Text = 2, Reasoning = 340 }), delta.Usage);
        Assert.Equal(0.000172125m, delta.BilledUsd);
    }

    [Fact]
    public void Parse_UsageOfDeepSeek_IsReadToItsEndWhateverFollows()
    {
        var outcome = Read(
            """{"usage":{"prompt_tokens":339,"prompt_tokens_details":{"cached_tokens":320},"prompt_cache_hit_tokens":320,"prompt_cache_miss_tokens":19,"completion_tokens":83,"completion_tokens_details":{"reasoning_tokens":39}},"choices":[{"index":0,"delta":{"content":"Hi"},"finish_reason":"stop"}]}""",
            Done);

        Assert.Equal(new TokenUsage(new InputTokens(339) { Uncached = 19, CacheRead = 320 }, new OutputTokens(83) { Text = 44, Reasoning = 39 }), outcome.Usage);
        Assert.Equal("Hi", outcome.Text);
        Assert.True(outcome.IsFinished);
    }

    [Theory]
    [InlineData("""{"prompt_tokens":9,"completion_tokens":1,"prompt_cache_hit_tokens":4}""")]
    [InlineData("""{"prompt_tokens":9,"completion_tokens":1,"cached_tokens":4}""")]
    [InlineData("""{"prompt_cache_hit_tokens":7,"prompt_tokens":9,"completion_tokens":1,"prompt_tokens_details":{"cached_tokens":4}}""")]
    public void Parse_CachedTokens_AreFoundUnderEachName(string usage) =>
        Assert.Equal(new InputTokens(9) { Uncached = 5, CacheRead = 4 }, Single(usage).Usage.Input);

    [Theory]
    [InlineData("""{"prompt_tokens":9,"completion_tokens":8,"cost":0.00012,"is_byok":false,"cost_details":{"upstream_inference_cost":null}}""", "0.00012")]
    [InlineData("""{"prompt_tokens":9,"completion_tokens":8,"cost":1.5e-05}""", "0.000015")]
    [InlineData("""{"prompt_tokens":9,"completion_tokens":8,"cost":"0.25"}""", "0.25")]
    [InlineData("""{"prompt_tokens":9,"completion_tokens":8,"cost":0.5,"is_byok":true,"cost_details":{"upstream_inference_cost":1.25}}""", "1.75")]
    [InlineData("""{"prompt_tokens":9,"completion_tokens":8,"cost":0.5,"is_byok":true}""", null)]
    [InlineData("""{"prompt_tokens":9,"completion_tokens":8,"cost":0,"is_byok":{"a":1}}""", "0")]
    [InlineData("""{"prompt_tokens":9,"completion_tokens":8,"cost":null}""", null)]
    public void Parse_CostOfOpenRouter_IsWhatItBilled(string usage, string? usd)
    {
        var delta = Single(usage);

        Assert.Equal(usd is null ? null : decimal.Parse(usd, System.Globalization.CultureInfo.InvariantCulture), delta.BilledUsd);
        Assert.Equal((9, 8), (delta.Usage.Input.Total, delta.Usage.Output.Total));
    }

    [Fact]
    public void Parse_MoreReasoningThanOutput_LeavesTheTextUnknown() =>
        Assert.Equal(
            new OutputTokens(10) { Reasoning = 11 },
            Single("""{"prompt_tokens":43,"completion_tokens":10,"total_tokens":53,"completion_tokens_details":{"reasoning_tokens":11}}""").Usage.Output);

    [Fact]
    public void Parse_TotalWithThoughtsThatNobodyNames_CountsThem() =>
        Assert.Equal(new OutputTokens(90) { Text = 10 }, Single("""{"prompt_tokens":10,"completion_tokens":10,"total_tokens":100}""").Usage.Output);

    [Fact]
    public void Parse_UsageRepeated_IsSaidOnce()
    {
        const string Said = """{"prompt_tokens":7,"completion_tokens":2}""";
        var outcome = Read(Text("Hi"), $$$"""{"choices":[{"index":0,"delta":{},"finish_reason":"stop","usage":{{{Said}}}}],"usage":{{{Said}}},"x_groq":{"id":"r","usage":{{{Said}}}}}""", Tokens(Said), Done);

        Assert.Single(outcome.Deltas.OfType<UsageDelta>());
    }

    [Fact]
    public void Parse_UsageOfGroqAlone_IsRead() =>
        Assert.Equal(7, Read("""{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"x_groq":{"id":"r","usage":{"prompt_tokens":7,"completion_tokens":2}}}""", Done).Usage!.Input.Total);

    private static UsageDelta Single(string usage) => Assert.Single(Read(Text("Hi"), Finish(), Tokens(usage), Done).Deltas.OfType<UsageDelta>());
}
