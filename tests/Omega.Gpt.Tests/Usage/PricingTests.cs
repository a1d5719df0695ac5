using System.Globalization;
using System.Text.Json;
using CsCheck;
using Omega.Gpt.Models;

namespace Omega.Gpt.Tests.Usage;

public sealed class PricingTests
{
    private static readonly ModelInfo Flat = Model(new PriceTier { Input = 2m, Output = 8m, CacheRead = 0.5m, CacheWrite = 2.5m, CacheWriteHour = 4m });

    private static readonly ModelInfo Tiered = Model(
        new PriceTier { Input = 5m, Output = 30m, CacheRead = 0.5m },
        new PriceTier { AboveInput = 272_000, Input = 10m, Output = 45m, CacheRead = 1m });

    [Fact]
    public void Price_UncachedAndOutput_IsTokensTimesPrice() =>
        // 1000 × 2 + 500 × 8 = 6000 millionths
        AssertCost("0.006", false, Pricing.Price(Usage(1000, 500, read: 0, write: 0), Flat));

    [Fact]
    public void Price_CachedRead_CostsTheReadPrice() =>
        // 400 × 2 + 600 × 0.5 + 100 × 8 = 1900 millionths
        AssertCost("0.0019", false, Pricing.Price(Usage(1000, 100, read: 600, write: 0), Flat));

    [Fact]
    public void Price_CacheWrite_CostsTheWritePriceOfTheTimeAsked()
    {
        // 100 × 2 + 200 × 0.5 + 700 × 2.5 + 10 × 8 = 2130 millionths; for an hour 700 × 4: 3180
        var usage = Usage(1000, 10, read: 200, write: 700);
        AssertCost("0.00213", false, Pricing.Price(usage, Flat));
        AssertCost("0.00318", false, Pricing.Price(usage, Flat, caching: PromptCaching.OneHour));
    }

    [Theory]
    [InlineData(272_000, "1.39")] // 272000 × 5 + 1000 × 30
    [InlineData(272_001, "2.76501")] // 272001 × 10 + 1000 × 45: all of it at the higher tier
    public void Price_Tiers_HoldForTheWholeRequest(long input, string usd) => AssertCost(usd, false, Pricing.Price(Usage(input, 1000, read: 0, write: 0), Tiered));

    [Fact]
    public void Price_CachedTokens_CountTowardsTheTier() =>
        // 100000 × 10 + 200000 × 1: the tier goes by all 300000
        AssertCost("1.2", false, Pricing.Price(Usage(300_000, 0, read: 200_000, write: 0), Tiered));

    [Fact]
    public void Price_ReasoningInsideOutput_IsNotCountedTwice()
    {
        var usage = new TokenUsage(new InputTokens(0) { Uncached = 0, CacheRead = 0, CacheWrite = 0 }, new OutputTokens(1000) { Text = 300, Reasoning = 700 });
        AssertCost("0.008", false, Pricing.Price(usage, Flat));
        AssertCost("0.008", false, Pricing.Price(usage with { Output = new OutputTokens(null) { Text = 300, Reasoning = 700 } }, Flat));
    }

    [Fact]
    public void Price_BilledByTheProvider_WinsOverTheCatalogue()
    {
        // xAI: cost_in_usd_ticks 1721250, ten thousand million ticks to the dollar
        var cost = Pricing.Price(Usage(37, 530, read: null, write: null), Flat, 1_721_250 * 0.000_000_000_1m, estimatedUsage: true);
        Assert.Equal(new Cost(0.000172125m, false, CostSource.Provider), cost);
        Assert.Equal("""{"usd":"0.000172125","estimated":false,"source":"provider"}""", JsonSerializer.Serialize(cost!, GptJsonContext.Default.Cost));
    }

    [Fact]
    public void Price_BilledWithoutTokensOrModel_IsStillTheCost() =>
        Assert.Equal(new Cost(0m, false, CostSource.Provider), Pricing.Price(new TokenUsage(new InputTokens(null), new OutputTokens(null)), null, 0m));

    [Fact]
    public void Price_OnlyTheTotal_CostsTheFullPriceAndIsEstimated() =>
        AssertCost("0.006", true, Pricing.Price(Usage(1000, 500, read: null, write: null), Flat));

    [Fact]
    public void Price_OnlyTheTotalWhereCachingCostsTheSame_IsExact() =>
        AssertCost("0.006", false, Pricing.Price(Usage(1000, 500, read: null, write: null), Model(new PriceTier { Input = 2m, Output = 8m })));

    [Fact]
    public void Price_WritesNotTold_IsEstimatedOnlyWhereTheyCostMore()
    {
        // 266 × 2 + 734 × 0.5 + 100 × 8 = 1699 millionths, though some of the 266 may have been written to the cache
        var usage = new TokenUsage(new InputTokens(1000) { Uncached = 266, CacheRead = 734 }, new OutputTokens(100));
        AssertCost("0.001699", true, Pricing.Price(usage, Flat));
        // 266 × 5 + 734 × 0.5 + 100 × 30: writing costs nothing extra here
        AssertCost("0.004697", false, Pricing.Price(usage, Tiered));
    }

    [Fact]
    public void Price_PartsThatDoNotAddUp_IsEstimated()
    {
        var usage = new TokenUsage(new InputTokens(1000) { Uncached = 900, CacheRead = 200, CacheWrite = 0 }, new OutputTokens(0));
        AssertCost("0.0019", true, Pricing.Price(usage, Flat));
    }

    [Fact]
    public void Price_EstimatedUsageOrVaryingPrice_IsEstimated()
    {
        AssertCost("0.006", true, Pricing.Price(Usage(1000, 500, read: 0, write: 0), Flat, estimatedUsage: true));
        AssertCost("0.006", true, Pricing.Price(Usage(1000, 500, read: 0, write: 0), Flat with { PricesVary = true }));
    }

    [Fact]
    public void Price_Unknown_IsNullAndNeverFree()
    {
        Assert.Null(Pricing.Price(Usage(1000, 500, read: 0, write: 0), null));
        Assert.Null(Pricing.Price(Usage(1000, 500, read: 0, write: 0), Model()));
        Assert.Null(Pricing.Price(Usage(null, 500, read: 0, write: null), Flat));
        Assert.Null(Pricing.Price(Usage(1000, null, read: 0, write: 0), Flat));
    }

    [Fact]
    public void Price_LocalModel_CostsNothing() =>
        AssertCost("0", false, Pricing.Price(Usage(1000, 500, read: null, write: null), ModelCatalog.Default.Find("ollama", "llama3.2:3b")));

    [Theory]
    [InlineData("anthropic", "claude-haiku-5-5", 100_000, "0.0105")] // 100000 × 0.1 + 1000 × 0.5
    [InlineData("anthropic", "claude-haiku-5-5", 100_001, "0.0525005")] // 100001 × 0.5 + 1000 × 2.5
    [InlineData("openai", "gpt-5.5", 272_001, "2.76501")] // 272001 × 10 + 1000 × 45
    [InlineData("xai", "grok-4.7", 200_000, "0.812")] // at 200000 already: 200000 × 4 + 1000 × 12
    public void Price_ShippedTiers_AreThoseOfTheProviders(string provider, string model, long input, string usd) =>
        AssertCost(usd, false, Pricing.Price(Usage(input, 1000, read: 0, write: 0), ModelCatalog.Default.Find(provider, model)));

    [Fact]
    public void Price_AnySplitOfTheInput_LiesBetweenAllReadAndAllWritten() =>
        Gen.Select(Gen.Long[0, 1_000_000], Gen.Long[0, 1_000_000], Gen.Long[0, 1_000_000], Gen.Long[0, 100_000]).Sample((uncached, read, write, output) =>
        {
            var total = uncached + read + write;
            var cost = Pricing.Price(Usage(total, output, read, write), Flat)!;
            var least = (total * 0.5m + output * 8m) / 1_000_000m;
            var most = (total * 2.5m + output * 8m) / 1_000_000m;
            return !cost.Estimated && cost.Usd >= least && cost.Usd <= most && cost.Usd * 1_000_000m == uncached * 2m + read * 0.5m + write * 2.5m + output * 8m;
        });

    private static ModelInfo Model(params PriceTier[] prices) => new() { Provider = "acme", Name = "swift", Prices = prices };

    private static TokenUsage Usage(long? input, long? output, long? read, long? write) =>
        new(new InputTokens(input) { Uncached = input - read - write, CacheRead = read, CacheWrite = write }, new OutputTokens(output));

    private static void AssertCost(string usd, bool estimated, Cost? cost) =>
        Assert.Equal(new Cost(decimal.Parse(usd, CultureInfo.InvariantCulture), estimated, CostSource.Catalogue), cost);
}
