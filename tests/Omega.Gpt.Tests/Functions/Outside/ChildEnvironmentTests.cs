using Omega.Gpt.Functions.Outside;

namespace Omega.Gpt.Tests.Functions.Outside;

public sealed class ChildEnvironmentTests
{
    [Theory]
    [InlineData("OPENAI_API_KEY", true)]
    [InlineData("ANTHROPIC_API_KEY", true)]
    [InlineData("GEMINI_API_KEY", true)]
    [InlineData("GOOGLE_API_KEY", true)]
    [InlineData("OPENROUTER_API_KEY", true)]
    [InlineData("OMEGA_API_KEY", true)]
    [InlineData("OMEGA_KEYSTORE_PASSPHRASE", true)]
    [InlineData("OPENAI_API_KEY_2", true)]
    [InlineData("GOOGLE_API_KEY_20", true)]
    [InlineData("OMEGA_KEYS_PASSPHRASE", true)]
    [InlineData("OTEL_EXPORTER_OTLP_HEADERS", true)]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_HEADERS", true)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", false)]
    [InlineData("OMEGA_MODEL", false)]
    [InlineData("OMEGA_HOME", false)]
    [InlineData("PATH", false)]
    [InlineData("WEATHER_API_KEY", false)]
    public void IsSecret_Variable_IsWhatOnlyThisProgramNeeds(string name, bool expected) => Assert.Equal(expected, ChildEnvironment.IsSecret(name));

    [Fact]
    public void Prepare_Environment_LosesKeysAndGetsWhatWasNamed()
    {
        var environment = new Dictionary<string, string?> { ["OPENAI_API_KEY"] = "sk-1", ["XAI_API_KEY"] = "x", ["HOME"] = "/root" };

        ChildEnvironment.Prepare(environment, [KeyValuePair.Create("XAI_API_KEY", "given"), KeyValuePair.Create("LANG", "C")]);

        Assert.Equal(new Dictionary<string, string?> { ["XAI_API_KEY"] = "given", ["HOME"] = "/root", ["LANG"] = "C" }, environment);
    }
}
