using Omega.Gpt.Providers;

namespace Omega.Gpt.Tests.Providers;

/// <summary>Which key goes where, and what is said of it.</summary>
public sealed class RegistryConnectionTests
{
    private const string Secret = "sk-very-secret";

    [Fact]
    public async Task Resolve_OpenAIAtAnotherBaseUrl_TakesItsKeyAlong()
    {
        var registry = RegistryFixture.With(("OPENAI_API_KEY", Secret), ("OPENAI_BASE_URL", "https://proxy.example/v1"));
        var byVariable = Made(registry.Resolve("openai/gpt-4.1"));
        Assert.Equal(("https://proxy.example/v1", $"Authorization: Bearer {Secret}"), (byVariable.Options.BaseUrl, await byVariable.HeaderAsync()));
        var byHand = Made(registry.Resolve("openai/gpt-4.1", new ProviderSettings { BaseUrl = "http://localhost:1234" }));
        Assert.Equal(("http://localhost:1234", $"Authorization: Bearer {Secret}"), (byHand.Options.BaseUrl, await byHand.HeaderAsync()));
    }

    [Theory]
    [InlineData("compatible/x")]
    [InlineData("ollama/x")]
    [InlineData("groq/x")]
    [InlineData("anthropic/x")]
    public async Task Resolve_AnyOtherProvider_NeverGetsTheOpenAIKey(string model)
    {
        var registry = RegistryFixture.WithAllKeys(("OPENAI_API_KEY", Secret), ("OPENAI_BASE_URL", "https://proxy.example/v1"), ("OMEGA_API_KEY", null));
        var made = Made(registry.Resolve(model, new ProviderSettings { BaseUrl = "https://elsewhere.example" }));
        Assert.Equal("https://elsewhere.example", made.Options.BaseUrl);
        Assert.DoesNotContain(Secret, await made.HeaderAsync() ?? "", StringComparison.Ordinal);
        Assert.False(made.Options.IsOpenAI);
    }

    [Fact]
    public async Task Resolve_SettingsOfThisCall_WinOverConfiguredOverVariables()
    {
        var registry = RegistryFixture.With(("GROQ_API_KEY", "variable"), ("GROQ_BASE_URL", "https://variable.example"));
        Assert.Equal("Authorization: Bearer variable", await Made(registry.Resolve("groq/x")).HeaderAsync());

        var client = new HttpClient();
        registry.Configure("Groq", new ProviderSettings { ApiKey = "configured", BaseUrl = "https://configured.example", Headers = new Dictionary<string, string> { ["X-Team"] = "a" }, Client = () => client });
        var configured = Made(registry.Resolve("groq/x"));
        Assert.Equal("Authorization: Bearer configured", await configured.HeaderAsync());
        Assert.Equal("a", configured.Options.Headers?["X-Team"]);
        Assert.Same(client, configured.Options.Client?.Invoke());

        var call = Made(registry.Resolve("groq/x", new ProviderSettings { Auth = ProviderAuth.Header("api-key", "call") }));
        Assert.Equal(("https://configured.example", "api-key: call"), (call.Options.BaseUrl, await call.HeaderAsync()));
        Assert.Equal("Authorization: Bearer own", await Made(registry.Resolve("groq/x", new ProviderSettings { ApiKey = " own\n" })).HeaderAsync());
    }

    [Fact]
    public async Task Resolve_KeyGivenHere_IsNotLostToSignInConfiguredFurtherOut()
    {
        var registry = RegistryFixture.With();
        registry.Configure("openai", new ProviderSettings { Auth = ProviderAuth.Token(_ => ValueTask.FromResult("token")) });
        Assert.Equal("Authorization: Bearer token", await Made(registry.Resolve("openai/gpt-4.1")).HeaderAsync());
        Assert.Equal("Authorization: Bearer mine", await Made(registry.Resolve("openai/gpt-4.1", new ProviderSettings { ApiKey = "mine" })).HeaderAsync());
    }

    [Fact]
    public void Configure_UnknownProvider_HelpsOn()
    {
        var error = Assert.Throws<GptException>(() => RegistryFixture.With().Configure("mistrall", new ProviderSettings()));
        Assert.StartsWith("Unknown provider \"mistrall\". Did you mean \"mistral\"?", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "http://localhost:11434/v1")]
    [InlineData("gpu-box", "http://gpu-box:11434/v1")]
    [InlineData("192.168.0.7:8080", "http://192.168.0.7:8080/v1")]
    [InlineData("host:80", "http://host:80/v1")]
    [InlineData(":9999", "http://localhost:9999/v1")]
    [InlineData("0.0.0.0", "http://localhost:11434/v1")]
    [InlineData("0.0.0.0:8000", "http://localhost:8000/v1")]
    [InlineData("[::]:8000", "http://localhost:8000/v1")]
    [InlineData("[::1]", "http://[::1]:11434/v1")]
    [InlineData("http://gpu-box", "http://gpu-box:80/v1")]
    [InlineData("https://ollama.example/", "https://ollama.example:443/v1")]
    [InlineData("https://example.com/ollama/v1", "https://example.com:443/ollama/v1")]
    [InlineData("\"gpu-box:1\"", "http://gpu-box:1/v1")]
    public void Resolve_OllamaHost_IsReadAsOllamaReadsIt(string? host, string baseUrl) =>
        Assert.Equal(baseUrl, Made(RegistryFixture.With(("OLLAMA_HOST", host)).Resolve("ollama/qwen3")).Options.BaseUrl);

    [Fact]
    public void Describe_Providers_SaysWhereFromAndNeverTheKey()
    {
        var registry = RegistryFixture.With(("OPENAI_API_KEY", Secret), ("GOOGLE_API_KEY", Secret), ("OPENAI_BASE_URL", $"https://user:{Secret}@proxy.example:8443/v1?key={Secret}"));
        registry.Configure("groq", new ProviderSettings { ApiKey = Secret });
        registry.Add(new NamedProvider("offline"));
        var described = registry.Describe();
        var all = described.ToDictionary(status => status.Name);

        Assert.Equal(registry.Names, described.Select(status => status.Name));
        Assert.Equal((true, "OPENAI_API_KEY", "https://proxy.example:8443/v1", "OPENAI_BASE_URL"), Facts(all["openai"]));
        Assert.Equal((true, "GOOGLE_API_KEY", "https://generativelanguage.googleapis.com/v1beta/openai", "default"), Facts(all["google"]));
        Assert.Equal((true, "options", "https://api.groq.com/openai/v1", "default"), Facts(all["groq"]));
        Assert.Equal((false, null, "https://api.anthropic.com", "default"), Facts(all["anthropic"]));
        Assert.Equal((true, null, "http://localhost:11434/v1", "default"), Facts(all["ollama"]));
        Assert.Equal((false, null, null, null), Facts(all["compatible"]));
        Assert.Equal((true, null, null, null), Facts(all["offline"]));
        Assert.Equal(["GEMINI_API_KEY", "GOOGLE_API_KEY"], all["google"].KeyVariables);
        Assert.All(described, status => Assert.DoesNotContain(Secret, status.ToString(), StringComparison.Ordinal));

        static (bool, string?, string?, string?) Facts(ProviderStatus status) => (status.Configured, status.KeySource, status.BaseUrl, status.BaseUrlSource);
    }

    [Fact]
    public void ToString_Settings_HidesTheKey() => Assert.DoesNotContain(Secret, new ProviderSettings { ApiKey = Secret }.ToString(), StringComparison.Ordinal);

    private static MadeProvider Made(ResolvedModel resolved) => Assert.IsType<MadeProvider>(resolved.Provider);
}
