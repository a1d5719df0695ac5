using Omega.Gpt.Models;

namespace Omega.Gpt.Tests.Models;

public sealed class ModelCatalogTests
{
    private const string Small = """
        {
          "updated": "2026-11-23",
          "defaults": {"acme": "swift-2"},
          "models": [
            {"provider": "acme", "name": "swift-1", "aliases": ["swift"], "lifecycle": "retired", "retires_on": "2026-01-01", "successor": "swift-2"},
            {"provider": "acme", "name": "swift-2", "context": 1000, "max_output": 100,
             "prices": [{"input": 1, "output": 2}, {"above_input": 500, "input": 2, "output": 4}],
             "capabilities": {"reasoning": true, "efforts": ["none", "high"], "temperature": false}},
            {"provider": "other", "name": "swift-2"}
          ]
        }
        """;

    [Theory]
    [InlineData("gpt-4o-2024-08-06", "gpt-4o")]
    [InlineData("gpt-4o-2024-05-13", "gpt-4o-2024-05-13")]
    [InlineData("GPT-4.1", "gpt-4.1")]
    [InlineData("gpt-4-0125-preview", "gpt-4-turbo-preview")]
    [InlineData("gpt-4-0613", "gpt-4")]
    [InlineData("gpt-5.6", "gpt-5.6-sol")]
    public void Find_OpenAINames_GivesTheModel(string asked, string found) => Assert.Equal(found, ModelCatalog.Default.Find("openai", asked)?.Name);

    [Theory]
    [InlineData("anthropic", "claude-haiku-4-5-20251001", "claude-haiku-4-5")]
    [InlineData("ollama", "llama3.2:3b", "llama3.2")]
    [InlineData("mistral", "mistral-medium-latest", "mistral-medium-3-5")]
    public void Find_OtherVersions_GivesTheModel(string provider, string asked, string found) => Assert.Equal(found, ModelCatalog.Default.Find(provider, asked)?.Name);

    [Theory]
    [InlineData("openai", "gpt-4o-audio")]
    [InlineData("openai", "gpt-4o-2024")]
    [InlineData("openai", "ft:gpt-4o-mini:acme::1")]
    [InlineData("mistral", "mistral-large-2411")]
    [InlineData("ollama", "gpt-oss:120b-cloud")]
    [InlineData("nobody", "gpt-4o")]
    public void Find_Unknown_IsNull(string provider, string asked) => Assert.Null(ModelCatalog.Default.Find(provider, asked));

    [Fact]
    public void Find_NameOfTwoProviders_TakesTheFirst() => Assert.Equal("acme", ModelCatalog.Parse(Small).Find("swift-2")?.Provider);

    [Fact]
    public void SuccessorOf_RetiredChain_GoesOnToTheFirstInService()
    {
        var catalog = ModelCatalog.Default;
        var old = catalog.Find("openai", "gpt-4-turbo-preview")!;
        Assert.Equal("gpt-4.1", catalog.SuccessorOf(old, new DateOnly(2026, 11, 23))?.Name);
        Assert.Equal("gpt-6-luna", catalog.SuccessorOf(old, new DateOnly(2027, 1, 14))?.Name);
    }

    [Fact]
    public void SuccessorOf_Circle_IsNull()
    {
        var catalog = ModelCatalog.Parse("""
            {"models": [
              {"provider": "acme", "name": "a", "lifecycle": "retired", "successor": "b"},
              {"provider": "acme", "name": "b", "lifecycle": "retired", "successor": "a"}]}
            """);
        Assert.Null(catalog.SuccessorOf(catalog.Find("acme", "a")!, DateOnly.MinValue));
    }

    [Fact]
    public void Parse_Document_ReadsEveryField()
    {
        var catalog = ModelCatalog.Parse(Small);
        var model = catalog.DefaultFor("acme")!;
        Assert.Equal((1000, 100, 2), (model.Context, model.MaxOutput, model.Prices.Count));
        Assert.Equal(new PriceTier { AboveInput = 500, Input = 2, Output = 4 }, model.Prices[1]);
        Assert.Equal([ReasoningEffort.None, ReasoningEffort.High], model.Capabilities.Efforts);
        Assert.Equal((true, false, true), (model.Capabilities.Reasoning, model.Capabilities.Temperature, model.Capabilities.TopP));
        Assert.Equal(new DateOnly(2026, 11, 23), catalog.Updated);
        Assert.Null(catalog.DefaultFor("other"));
    }

    [Theory]
    [InlineData("", "at $")]
    [InlineData("[]", "at $")]
    [InlineData("{\"models\": [}", "line 1")]
    [InlineData("{\"models\": [\n{\"provider\": \"acme\", \"name\": \"a\", \"ouput\": 2}]}", "at $.models[0].ouput, line 2: there is no such field.")]
    [InlineData("{\"models\": [\n{\"provider\": \"acme\"}]}", "$.models[0] has no provider or no name")]
    [InlineData("{\"models\": [null]}", "$.models[0] has no provider or no name")]
    [InlineData("{\"models\": [{\"provider\": \"acme\", \"name\": \"a\"}, {\"provider\": \"acme\", \"name\": \"A\"}]}", "$.models[1] is there twice")]
    [InlineData("{\"defaults\": {}}", "models")]
    [InlineData("{\"models\": [{\"provider\": \"acme\", \"name\": \"a\", \"context\": \"1k\"}]}", "at $.models[0].context, line 1: the value is not of the kind that belongs there.")]
    [InlineData("{\"models\": [{\"provider\": \"acme\", \"name\": \"a\", \"lifecycle\": \"asleep\"}]}", "$.models[0].lifecycle")]
    [InlineData("{\"models\": [{\"provider\": \"acme\", \"name\": \"a\"}, {\"provider\": \"ACME\", \"name\": \"b\", \"aliases\": [\"A\"]}]}", "\"A\"")]
    [InlineData("{\"models\": [{\"provider\": \"acme\", \"name\": \"a\", \"prices\": [{\"input\": -1, \"output\": 1}]}]}", "negative price")]
    [InlineData("{\"models\": [{\"provider\": \"acme\", \"name\": \"a\", \"prices\": [{\"above_input\": 5, \"input\": 1, \"output\": 1}]}]}", "first tier")]
    [InlineData("{\"models\": [{\"provider\": \"acme\", \"name\": \"a\", \"prices\": [{\"input\": 1, \"output\": 1}, {\"input\": 1, \"output\": 1}]}]}", "out of order")]
    [InlineData("{\"models\": [{\"provider\": \"acme\", \"name\": \"a\", \"context\": 0}]}", "not above 0")]
    [InlineData("{\"models\": [{\"provider\": \"acme\", \"name\": \"a\", \"aliases\": [null]}]}", "empty alias")]
    [InlineData("{\"models\": [{\"provider\": \"acme\", \"name\": \"a\", \"prices\": [{\"input\": 1, \"output\": 1}, null]}]}", "out of order")]
    [InlineData("{\"models\": null}", "null does not belong there")]
    [InlineData("{\"models\": [{\"provider\": \"acme\", \"name\": \"a\", \"prices\": [{\"input\": 1}]}]}", "\"output\"")]
    [InlineData("{\"models\": [{\"provider\": \"ac/me\", \"name\": \"a\"}]}", "without a slash")]
    public void Parse_NotACatalogue_SaysWhereAndWhat(string json, string named)
    {
        var error = Assert.Throws<GptException>(() => ModelCatalog.Parse(json));
        Assert.Equal((GptErrorKind.BadRequest, GptPhase.Request), (error.Kind, error.Phase));
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Omega.Gpt.Models", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void With_ChangeOfOneField_KeepsTheRest()
    {
        var catalog = ModelCatalog.Parse(Small).With("""
            {"models": [{"provider": "acme", "name": "swift-2", "prices": [{"input": 0.5, "output": 0.75}], "capabilities": {"images": false}}]}
            """);
        var model = catalog.Find("acme", "swift-2")!;
        Assert.Equal([new PriceTier { Input = 0.5m, Output = 0.75m }], model.Prices);
        Assert.Equal((1000, false, true, false), (model.Context, model.Capabilities.Images, model.Capabilities.Reasoning, model.Capabilities.Temperature));
        Assert.Equal(3, catalog.All.Count);
    }

    [Fact]
    public void With_ChangeByAlias_KeepsTheName()
    {
        var catalog = ModelCatalog.Parse(Small).With("""{"models": [{"provider": "acme", "name": "swift", "context": 7}]}""");
        Assert.Equal(("swift-1", 7), (catalog.Find("acme", "swift")!.Name, catalog.Find("acme", "swift-1")!.Context!.Value));
    }

    [Fact]
    public void With_NewModelAndDefault_AddsBoth()
    {
        var catalog = ModelCatalog.Parse(Small).With("""{"defaults": {"acme": "swift-3"}, "models": [{"provider": "acme", "name": "swift-3"}]}""");
        Assert.Equal("swift-3", catalog.DefaultFor("acme")?.Name);
        Assert.Equal(new DateOnly(2026, 11, 23), catalog.Updated);
    }

    [Theory]
    [InlineData("{\"models\": [{\"provider\": \"acme\"}]}", "$.models[0]")]
    [InlineData("{\"models\": [{\"provider\": \"acme\", \"name\": \"swift-2\", \"price\": 1}]}", "price")]
    [InlineData("{\"models\": [{\"provider\": \"acme\", \"name\": \"swift-2\", \"max_output\": \"x\"}]}", "$.models[0].max_output")]
    public void With_NotAChange_SaysWhereAndWhat(string json, string named)
    {
        var error = Assert.Throws<GptException>(() => ModelCatalog.Parse(Small).With(json));
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void With_Models_ReplacesTheOneOfThatName()
    {
        var catalog = ModelCatalog.Parse(Small).With(new ModelInfo { Provider = "acme", Name = "swift-2" }, new ModelInfo { Provider = "acme", Name = "slow-1" });
        Assert.Equal(4, catalog.All.Count);
        Assert.Null(catalog.Find("acme", "swift-2")!.Context);
    }
}
