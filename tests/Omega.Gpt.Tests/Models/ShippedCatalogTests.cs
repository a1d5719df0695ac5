using System.Text.RegularExpressions;
using Omega.Gpt.Models;
using Omega.Gpt.Providers;

namespace Omega.Gpt.Tests.Models;

/// <summary>The data itself: what a reader of the catalogue relies on, for every model in it.</summary>
public sealed partial class ShippedCatalogTests
{
    private static readonly ModelCatalog Catalog = ModelCatalog.Default;

    public static TheoryData<string> Models => [.. Catalog.All.Select(model => model.ToString())];

    [Fact]
    public void Default_Shipped_HasModelsOfEveryProviderAndADate()
    {
        Assert.InRange(Catalog.All.Count, 60, 200);
        Assert.NotNull(Catalog.Updated);
        string[] expected = ["openai", "anthropic", "google", "xai", "deepseek", "mistral", "groq", "ollama", "offline"];
        Assert.Equal(expected, Catalog.All.Select(model => model.Provider).Distinct());
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Names_EveryModel_FindItself(string id)
    {
        var model = Get(id);
        Assert.All(model.Aliases.Prepend(model.Name), name => Assert.Same(model, Catalog.Find(model.Provider, name)));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Source_EveryModel_IsSaidWithADate(string id) => Assert.Matches(DatedSource(), Get(id).Source);

    [Theory]
    [MemberData(nameof(Models))]
    public void Prices_EveryModel_ArePlausibleAndRiseWithTheTier(string id)
    {
        var prices = Get(id).Prices;
        foreach (var (tier, next) in prices.Zip(prices.Skip(1)))
            Assert.True(next.AboveInput > tier.AboveInput && next.Input > tier.Input && next.Output > tier.Output && (next.CacheRead ?? 0) >= (tier.CacheRead ?? 0));
        Assert.All(prices, tier =>
        {
            Assert.InRange(tier.Input, 0m, 200m);
            Assert.InRange(tier.Output, tier.Input, 1000m);
            Assert.True(tier.CacheRead is null || tier.CacheRead < tier.Input, "cached reads are cheaper");
            Assert.True(tier.CacheWrite is null || tier.CacheWrite > tier.Input, "cache writes are dearer");
            Assert.True(tier.CacheWriteHour is null || tier.CacheWriteHour > tier.CacheWrite, "and for an hour dearer still");
        });
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Limits_EveryModel_OutputFitsTheContext(string id)
    {
        var model = Get(id);
        Assert.True(model.MaxOutput is null || model.MaxOutput <= model.Context);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Lifecycle_EveryModel_HasDayAndLivingSuccessorWhereItEnds(string id)
    {
        var model = Get(id);
        var ends = model.Lifecycle is ModelLifecycle.Deprecated or ModelLifecycle.Retired;
        Assert.Equal(ends, model.RetiresOn is not null);
        Assert.Equal(ends, model.Successor is not null);
        if (!ends)
            return;
        Assert.Equal(model.Lifecycle == ModelLifecycle.Retired, model.RetiresOn <= Catalog.Updated);
        Assert.NotNull(Catalog.Find(model.Provider, model.Successor!));
        Assert.NotNull(Catalog.SuccessorOf(model, DateOnly.MaxValue));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Capabilities_EveryModel_DoNotContradictThemselves(string id)
    {
        var takes = Get(id).Capabilities;
        Assert.True(takes.Reasoning || (takes.Efforts is null && takes.ReasonsByDefault && takes.FunctionsOverChat));
        Assert.False(takes.SamplingWithoutReasoning && takes.Temperature, "nothing is held back that effort none could free");
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Tokenizer_EveryModel_IsOneThatCanBeLoadedOrNone(string id) =>
        Assert.Contains(Get(id).Tokenizer, (string?[])[null, "o200k_base", "cl100k_base"]);

    [Theory]
    [InlineData("openai/gpt-4o-mini", "o200k_base")]
    [InlineData("openai/gpt-4-0613", "cl100k_base")]
    [InlineData("openai/gpt-5.5", "o200k_base")]
    [InlineData("groq/openai/gpt-oss-120b", "o200k_base")]
    [InlineData("anthropic/claude-sonnet-5-5", null)]
    public void Tokenizer_Published_IsNamed(string id, string? tokenizer) => Assert.Equal(tokenizer, Get(id).Tokenizer);

    [Theory]
    [InlineData("anthropic/claude-haiku-4-5", true)]
    [InlineData("anthropic/claude-opus-4-6", false)]
    [InlineData("deepseek/deepseek-flash", true)]
    [InlineData("mistral/mistral-small-2603", true)]
    [InlineData("openai/gpt-4.1", false)]
    public void PrefixContinuation_AsPublished_IsSaid(string id, bool continues) => Assert.Equal(continues, Get(id).Capabilities.PrefixContinuation);

    [Fact]
    public void DefaultFor_EveryPreset_IsAModelInService()
    {
        var withDefault = ProviderPresets.All.Where(preset => Catalog.All.Any(model => model.Provider == preset.Name)).ToList();
        Assert.Equal(8, withDefault.Count);
        Assert.All(withDefault, preset => Assert.Equal(ModelLifecycle.Active, Catalog.DefaultFor(preset.Name)!.Lifecycle));
        Assert.Equal("analyst", Catalog.DefaultFor("offline")!.Name);
    }

    private static ModelInfo Get(string id) => Catalog.Find(id[..id.IndexOf('/')], id[(id.IndexOf('/') + 1)..])!;

    [GeneratedRegex(@"^.{10,}\(20\d\d-\d\d(-\d\d)?(;.*)?\)$")]
    private static partial Regex DatedSource();
}
