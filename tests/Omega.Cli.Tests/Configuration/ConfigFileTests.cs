using Omega.Cli.Configuration;

namespace Omega.Cli.Tests.Configuration;

public sealed class ConfigFileTests
{
    [Fact]
    public void Parse_KnownSettings_BecomeVariables()
    {
        var file = ConfigFile.Parse("omega.json", """{ "model": "openai/gpt-4.1", "temperature": 0.5, "lenient": true, /* note */ "system": null, }""");

        Assert.Equal("openai/gpt-4.1", file.Values["OMEGA_MODEL"]);
        Assert.Equal("0.5", file.Values["OMEGA_TEMPERATURE"]);
        Assert.Equal("true", file.Values["OMEGA_LENIENT"]);
        Assert.Equal(3, file.Values.Count);
        Assert.Empty(file.Notes);
    }

    [Fact]
    public void Parse_BadJson_SaysFileLineAndColumn()
    {
        var error = Assert.Throws<CliException>(() => ConfigFile.Parse("/c/omega.json", "{\n  \"model\": openai\n}"));

        Assert.StartsWith("/c/omega.json:2:12: not JSON.", error.Message, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, error.ExitCode);
    }

    [Theory]
    [InlineData("""{ "temperature": "hot" }""", "\"temperature\" is \"hot\"; wanted: a number.")]
    [InlineData("""{ "model": 4 }""", "\"model\" is 4; wanted: a text in quotes.")]
    [InlineData("""{ "lenient": 1 }""", "\"lenient\" is 1; wanted: true or false.")]
    [InlineData("""[]""", "one JSON object")]
    public void Parse_WrongType_SaysWhatIsWanted(string json, string expected)
    {
        var error = Assert.Throws<CliException>(() => ConfigFile.Parse("omega.json", json));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_UnknownSetting_IsNotedAndLeftOut()
    {
        var file = ConfigFile.Parse("omega.json", """{ "modle": "x" }""");

        Assert.Empty(file.Values);
        Assert.Contains("unknown setting \"modle\"", Assert.Single(file.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_Key_IsNotReadAndNotRepeated()
    {
        var file = ConfigFile.Parse("omega.json", """{ "openai_api_key": "sk-secret" }""");

        Assert.Empty(file.Values);
        var note = Assert.Single(file.Notes);
        Assert.Contains(".env", note, StringComparison.Ordinal);
        Assert.DoesNotContain("sk-secret", note, StringComparison.Ordinal);
    }
}
