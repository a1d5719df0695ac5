using Microsoft.Extensions.Time.Testing;
using Omega.Gpt.Providers;
using Omega.Gpt.Providers.Http;

namespace Omega.Gpt.Tests.Providers;

public sealed class RegistryTests
{
    [Theory]
    [InlineData("openai/gpt-4.1", "openai", "gpt-4.1", WireKind.ChatCompletions, "https://api.openai.com/v1", "Authorization: Bearer openai-key")]
    [InlineData("openai-responses/gpt-4.1", "openai-responses", "gpt-4.1", WireKind.Responses, "https://api.openai.com/v1", "Authorization: Bearer openai-key")]
    [InlineData("anthropic/claude-opus-5", "anthropic", "claude-opus-5", WireKind.Anthropic, "https://api.anthropic.com", "x-api-key: anthropic-key")]
    [InlineData("google/gemini-3.8-flash", "google", "gemini-3.8-flash", WireKind.ChatCompletions, "https://generativelanguage.googleapis.com/v1beta/openai", "Authorization: Bearer gemini-key")]
    [InlineData("xai/grok-4.7", "xai", "grok-4.7", WireKind.ChatCompletions, "https://api.x.ai/v1", "Authorization: Bearer xai-key")]
    [InlineData("deepseek/newest", "deepseek", "newest", WireKind.ChatCompletions, "https://api.deepseek.com/v1", "Authorization: Bearer deepseek-key")]
    [InlineData("mistral/mistral-medium-latest", "mistral", "mistral-medium-latest", WireKind.ChatCompletions, "https://api.mistral.ai/v1", "Authorization: Bearer mistral-key")]
    [InlineData("groq/openai/gpt-oss-120b", "groq", "openai/gpt-oss-120b", WireKind.ChatCompletions, "https://api.groq.com/openai/v1", "Authorization: Bearer groq-key")]
    [InlineData("openrouter/anthropic/claude-opus-5", "openrouter", "anthropic/claude-opus-5", WireKind.ChatCompletions, "https://openrouter.ai/api/v1", "Authorization: Bearer openrouter-key")]
    [InlineData("ollama/llama3.2:3b", "ollama", "llama3.2:3b", WireKind.ChatCompletions, "http://localhost:11434/v1", null)]
    [InlineData(" OpenAI/gpt-4.1 ", "openai", "gpt-4.1", WireKind.ChatCompletions, "https://api.openai.com/v1", "Authorization: Bearer openai-key")]
    public async Task Resolve_Preset_GoesToItsServerWithItsOwnKey(string asked, string provider, string model, WireKind wire, string baseUrl, string? header)
    {
        var resolved = RegistryFixture.WithAllKeys().Resolve(asked);
        var made = Assert.IsType<MadeProvider>(resolved.Provider);
        Assert.Equal((provider, model, wire, baseUrl), (resolved.ProviderName, resolved.Model, made.Wire, made.Options.BaseUrl));
        Assert.Equal(header, await made.HeaderAsync());
        Assert.Equal($"{provider}/{model}", resolved.Id);
        Assert.Null(resolved.Switched);
    }

    [Theory]
    [InlineData("openai/gpt-4.1", "chat/completions", "https://api.openai.com/v1/chat/completions")]
    [InlineData("anthropic/x", "messages", "https://api.anthropic.com/v1/messages")]
    [InlineData("google/x", "chat/completions", "https://generativelanguage.googleapis.com/v1beta/openai/chat/completions")]
    [InlineData("groq/x", "chat/completions", "https://api.groq.com/openai/v1/chat/completions")]
    [InlineData("openrouter/x", "chat/completions", "https://openrouter.ai/api/v1/chat/completions")]
    [InlineData("ollama/x", "chat/completions", "http://localhost:11434/v1/chat/completions")]
    public void Resolve_Preset_BaseUrlMakesTheEndpoint(string asked, string path, string endpoint)
    {
        var made = Assert.IsType<MadeProvider>(RegistryFixture.WithAllKeys().Resolve(asked).Provider);
        Assert.Equal(endpoint, BaseUrl.Endpoint(made.Options.BaseUrl, path).ToString());
    }

    [Theory]
    [InlineData("groq/x", false)]
    [InlineData("openai/gpt-4.1", false)]
    [InlineData("mistral/x", true)]
    [InlineData("deepseek/newest", true)]
    public void Resolve_Preset_KnowsWhoWantsABeginningMarked(string asked, bool marks) =>
        Assert.Equal(marks, Assert.IsType<MadeProvider>(RegistryFixture.WithAllKeys().Resolve(asked).Provider).Options.MarksPrefix);

    [Fact]
    public void Resolve_DeepSeek_ContinuesAnswersAtItsBetaEndpoint()
    {
        var route = Assert.IsType<PrefixRoute>(RegistryFixture.WithAllKeys().Resolve("deepseek/deepseek-flash").Provider);

        string[] endpoints = [.. ((IModelProvider[])[route.Begins, route.Continues]).Select(provider => BaseUrl.Endpoint(Assert.IsType<MadeProvider>(provider).Options.BaseUrl, "chat/completions").ToString())];
        Assert.Equal(["https://api.deepseek.com/v1/chat/completions", "https://api.deepseek.com/beta/chat/completions"], endpoints);
    }

    [Fact]
    public void Resolve_DeepSeekElsewhere_IsAskedAtThatPlaceOnly() =>
        Assert.IsType<MadeProvider>(RegistryFixture.WithAllKeys(("DEEPSEEK_BASE_URL", "http://localhost:1/v1")).Resolve("deepseek/deepseek-flash").Provider);

    [Theory]
    [InlineData("gpt-4o", "openai/gpt-4o", true, true)]
    [InlineData(" OpenAI-Responses/gpt-4o ", "openai-responses/gpt-4o", true, true)]
    [InlineData("openai/gpt-99", "openai/gpt-99", false, true)]
    [InlineData("groq/openai/gpt-oss-20b", "groq/openai/gpt-oss-20b", true, true)]
    [InlineData("ollama/mine", "ollama/mine", false, false)]
    [InlineData("compatible/mine", "compatible/mine", false, false)]
    public void Identify_Names_NeedsNoKey(string asked, string id, bool known, bool catalogued)
    {
        var identity = RegistryFixture.With().Identify(asked);
        Assert.Equal((id, known, catalogued), (identity.ToString(), identity.Info is not null, identity.IsCatalogued));
    }

    [Fact]
    public void Identify_UnknownName_IsRefusedWithANearOne() =>
        Assert.Contains("gpt-4o", Assert.Throws<GptException>(() => RegistryFixture.With().Identify("gpt-4oo")).Message, StringComparison.Ordinal);

    [Fact]
    public void Resolve_Mistral_AsksForCallIdsOfNineCharacters()
    {
        var registry = RegistryFixture.WithAllKeys();
        Assert.Equal(CallIdStyle.NineAlphanumeric, Assert.IsType<MadeProvider>(registry.Resolve("mistral/x").Provider).Options.CallIds);
        Assert.Equal(CallIdStyle.Default, Assert.IsType<MadeProvider>(registry.Resolve("groq/x").Provider).Options.CallIds);
    }

    [Fact]
    public void Resolve_KnownModel_BringsWhatTheCatalogueKnows()
    {
        var registry = RegistryFixture.WithAllKeys();
        Assert.Equal("gpt-4o", registry.Resolve("openai/gpt-4o-2024-08-06").Info?.Name);
        Assert.Equal("gpt-4o", registry.Resolve("openai-responses/gpt-4o").Info?.Name);
        Assert.Equal("gpt-4o-2024-08-06", registry.Resolve("openai/gpt-4o-2024-08-06").Model);
        Assert.Null(registry.Resolve("openai/gpt-99").Info);
        Assert.Null(registry.Resolve("openrouter/openai/gpt-4o").Info);
    }

    [Theory]
    [InlineData("gpt-4.1", "openai/gpt-4.1")]
    [InlineData("claude-opus-5-5", "anthropic/claude-opus-5-5")]
    [InlineData("gpt-4o-2024-08-06", "openai/gpt-4o-2024-08-06")]
    [InlineData("grok-4.7", "xai/grok-4.7")]
    [InlineData("qwen/qwen3.8-27b", "groq/qwen/qwen3.8-27b")]
    [InlineData("gpt-oss:20b", "ollama/gpt-oss:20b")]
    public void Resolve_BareName_IsLookedUpInTheCatalogue(string asked, string id) => Assert.Equal(id, RegistryFixture.WithAllKeys().Resolve(asked).Id);

    [Theory]
    [InlineData("my-finetune")]
    [InlineData("meta-llama/Llama-3.3-70B-Instruct")]
    public async Task Resolve_UnknownNameWithBaseUrl_IsCompatibleAndGetsNoOneElsesKey(string asked)
    {
        var registry = RegistryFixture.WithAllKeys(("OMEGA_API_KEY", null));
        var resolved = registry.Resolve(asked, new ProviderSettings { BaseUrl = "http://localhost:8000/v1" });
        var made = Assert.IsType<MadeProvider>(resolved.Provider);
        Assert.Equal(("compatible", asked, "http://localhost:8000/v1"), (resolved.ProviderName, resolved.Model, made.Options.BaseUrl));
        Assert.Null(await made.HeaderAsync());
    }

    [Fact]
    public async Task Resolve_Compatible_TakesOmegaVariables()
    {
        var registry = RegistryFixture.With(("OMEGA_BASE_URL", "https://models.example/v1"), ("OMEGA_API_KEY", "own"), ("OPENAI_API_KEY", "openai-key"));
        var made = Assert.IsType<MadeProvider>(registry.Resolve("compatible/a/b").Provider);
        Assert.Equal("https://models.example/v1", made.Options.BaseUrl);
        Assert.Equal("Authorization: Bearer own", await made.HeaderAsync());
        Assert.Equal("compatible/my-model", registry.Resolve("my-model").Id);
    }

    [Fact]
    public void Resolve_CompatibleWithoutBaseUrl_SaysHowToGiveOne()
    {
        var error = Assert.Throws<GptException>(() => RegistryFixture.WithAllKeys().Resolve("compatible/my-model"));
        Assert.Equal((GptErrorKind.BadRequest, GptPhase.Request), (error.Kind, error.Phase));
        Assert.Contains("OMEGA_BASE_URL", error.Message, StringComparison.Ordinal);
        Assert.Contains("--base-url", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("openai/gpt-4.1", "OPENAI_API_KEY")]
    [InlineData("openai-responses/gpt-4.1", "OPENAI_API_KEY")]
    [InlineData("anthropic/claude-opus-5", "ANTHROPIC_API_KEY")]
    [InlineData("google/gemini-3.8-flash", "GEMINI_API_KEY or GOOGLE_API_KEY")]
    [InlineData("groq/qwen/qwen3.8-27b", "GROQ_API_KEY")]
    public void Resolve_NoKey_SaysTheFourWaysInOneSentence(string asked, string variable)
    {
        var error = Assert.Throws<GptException>(() => RegistryFixture.With(("OPENAI_API_KEY", "  ")).Resolve(asked));
        var provider = asked[..asked.IndexOf('/')];
        Assert.Equal($"There is no key for {provider}: set {variable} in the environment, put it into .env, store it (omega keys add {provider.Split("-responses")[0]}), or give --api-key (ProviderSettings.ApiKey in code).", error.Message);
        Assert.Equal((GptErrorKind.Authentication, GptPhase.Request, provider, false), (error.Kind, error.Phase, error.Provider, error.IsRetryable));
    }

    [Theory]
    [InlineData("gtp-4o", "Unknown model \"gtp-4o\". Did you mean \"openai/gpt-4o\"? Known providers: openai, ")]
    [InlineData("opnai/gpt-4o", "Unknown provider \"opnai\". Did you mean \"openai\"? Known providers: openai, ")]
    [InlineData("zebra", "Unknown model \"zebra\". Known providers: openai, ")]
    [InlineData("anthropic", "\"anthropic\" is a provider, not a model. Give one too, such as anthropic/claude-sonnet-5-5.")]
    [InlineData("openai-responses/", "\"openai-responses/\" names no model. Give one too, such as openai-responses/gpt-6.2-sol.")]
    [InlineData("  ", "No model is named.")]
    public void Resolve_Unknown_HelpsOn(string asked, string begins)
    {
        var error = Assert.Throws<GptException>(() => RegistryFixture.WithAllKeys().Resolve(asked));
        Assert.StartsWith(begins, error.Message, StringComparison.Ordinal);
        Assert.Equal(GptPhase.Request, error.Phase);
    }

    [Fact]
    public void Resolve_RetiredNameAtOpenAI_GoesToTheSuccessorAndSaysSo()
    {
        var resolved = RegistryFixture.WithAllKeys().Resolve("openai/gpt-4-turbo-preview");
        Assert.Equal(("openai/gpt-4.1", "gpt-4.1"), (resolved.Id, resolved.Info?.Name));
        Assert.Equal(new ModelSwitchedEvent("openai/gpt-4-turbo-preview", "openai/gpt-4.1", "openai has retired gpt-4-turbo-preview; gpt-4.1 takes its place."), resolved.Switched);
    }

    [Fact]
    public void Resolve_NameWhoseDayHasCome_IsRetiredFromThatDayOn()
    {
        string On(int year, int month, int day) => RegistryFixture.WithAllKeys(time: new FakeTimeProvider(new DateTimeOffset(year, month, day, 0, 0, 0, TimeSpan.Zero))).Resolve("openai/gpt-4.1").Id;
        Assert.Equal("openai/gpt-4.1", On(2027, 1, 13));
        Assert.Equal("openai/gpt-6-luna", On(2027, 1, 14));
    }

    [Theory]
    [InlineData("https://proxy.example/v1")]
    [InlineData("http://api.openai.com/v1")]
    [InlineData("https://api.openai.com.evil.example/v1")]
    public void Resolve_RetiredNameAtAnotherBaseUrl_GoesOutUnchanged(string baseUrl)
    {
        var resolved = RegistryFixture.WithAllKeys(("OPENAI_BASE_URL", baseUrl)).Resolve("openai/gpt-4-turbo-preview");
        Assert.Equal("openai/gpt-4-turbo-preview", resolved.Id);
        Assert.Null(resolved.Switched);
        Assert.False(Assert.IsType<MadeProvider>(resolved.Provider).Options.IsOpenAI);
    }

    [Theory]
    [InlineData("openai/gpt-6.2-sol", null, WireKind.Responses, true)]
    [InlineData("openai/gpt-4.1", "https://eu.api.openai.com/v1", WireKind.ChatCompletions, true)]
    [InlineData("openai/gpt-6.2-sol", "https://proxy.example/v1", WireKind.ChatCompletions, false)]
    [InlineData("openai/gpt-99", null, WireKind.ChatCompletions, true)]
    public void Resolve_OpenAIModelThatTakesFunctionsOverResponsesOnly_GoesThereAtOpenAIItself(string asked, string? baseUrl, WireKind wire, bool isOpenAI)
    {
        var made = Assert.IsType<MadeProvider>(RegistryFixture.WithAllKeys(("OPENAI_BASE_URL", baseUrl)).Resolve(asked).Provider);
        Assert.Equal((wire, isOpenAI), (made.Wire, made.Options.IsOpenAI));
    }

    [Fact]
    public void Add_CustomProvider_ResolvesAndReplacesAPreset()
    {
        var registry = RegistryFixture.With();
        registry.Add(new NamedProvider("house"));
        registry.Add(new NamedProvider("openai"));
        Assert.IsType<NamedProvider>(registry.Resolve("house/any/thing").Provider);
        Assert.Equal(("house", "any/thing"), (registry.Resolve("house/any/thing").ProviderName, registry.Resolve("house/any/thing").Model));
        Assert.IsType<NamedProvider>(registry.Resolve("openai/gpt-4.1").Provider);
        Assert.Contains("house", registry.Names);
        Assert.Throws<ArgumentException>(() => registry.Add(new NamedProvider("house")));
        Assert.Throws<ArgumentException>(() => registry.Add(new NamedProvider("a/b")));
    }

    [Fact]
    public void Add_ProviderForEachModel_GetsTheRestOfTheName()
    {
        var registry = RegistryFixture.With();
        var files = new List<string>();
        registry.Add("replay", file =>
        {
            files.Add(file);
            return new NamedProvider("replay");
        });
        Assert.Equal("replay/runs/monday.jsonl", registry.Resolve("replay/runs/monday.jsonl").Id);
        Assert.Equal(["runs/monday.jsonl"], files);
    }

    [Fact]
    public void DefaultModel_Asked_IsTakenAsItIs() =>
        Assert.Equal(new ModelChoice("groq/y", "It was asked for."), RegistryFixture.WithAllKeys(("OMEGA_MODEL", "groq/x")).DefaultModel(" groq/y "));

    [Fact]
    public void DefaultModel_NotAsked_IsConfigurationThenKeysThenOffline()
    {
        Assert.Equal(new ModelChoice("groq/x", "OMEGA_MODEL names it."), RegistryFixture.WithAllKeys(("OMEGA_MODEL", "groq/x")).DefaultModel());
        Assert.Equal(new ModelChoice("openai/gpt-6.2-sol", "OPENAI_API_KEY is set, and this is the default for openai."), RegistryFixture.WithAllKeys().DefaultModel(""));
        Assert.Equal("anthropic/claude-sonnet-5-5", RegistryFixture.With(("ANTHROPIC_API_KEY", "k"), ("GROQ_API_KEY", "k")).DefaultModel().Model);
        Assert.Equal("offline/analyst", RegistryFixture.With(("GROQ_API_KEY", "k")).DefaultModel().Model);
        Assert.Contains("no model is asked", RegistryFixture.With().DefaultModel().Reason, StringComparison.Ordinal);
    }
}
