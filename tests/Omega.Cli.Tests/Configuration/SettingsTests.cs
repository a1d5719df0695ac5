using Omega.Cli.Configuration;
using Omega.TestKit;

namespace Omega.Cli.Tests.Configuration;

public sealed class SettingsTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Dictionary<string, string> _environment = [];

    public SettingsTests() => _environment["OMEGA_HOME"] = _folder.At("home");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Find_AllLayers_TheEnvironmentWinsThenDotEnvThenTheFile()
    {
        DotEnv("OMEGA_MODEL=dotenv/model\nOMEGA_SYSTEM=from dotenv");
        Config("""{ "model": "file/model", "system": "from file", "temperature": 0.25 }""");
        _environment["OMEGA_MODEL"] = "environment/model";

        var settings = Load();

        Assert.Equal(("environment/model", SettingSource.Environment), Layer(settings, "OMEGA_MODEL"));
        Assert.Equal(("from dotenv", SettingSource.DotEnv), Layer(settings, "OMEGA_SYSTEM"));
        Assert.Equal(("0.25", SettingSource.ConfigFile), Layer(settings, "OMEGA_TEMPERATURE"));
        Assert.Null(settings.Find("OMEGA_TOP_P"));
    }

    [Fact]
    public void Find_EmptyInTheEnvironment_HidesTheLayersBeneath()
    {
        DotEnv("OPENAI_API_KEY=sk-test");
        _environment["OPENAI_API_KEY"] = "";

        Assert.Null(Load().Get("OPENAI_API_KEY"));
    }

    [Fact]
    public void Load_HomeInDotEnv_MovesTheConfiguration()
    {
        _environment.Remove("OMEGA_HOME");
        DotEnv("OMEGA_HOME=home");
        Config("""{ "model": "file/model" }""");

        var settings = Load();

        Assert.Equal("file/model", settings.Get("OMEGA_MODEL"));
        Assert.Equal(_folder.At("home"), settings.Folders.Data);
    }

    [Fact]
    public void Load_DamagedFile_ThrowsOrIsRememberedByTheTolerant()
    {
        Config("{");

        Assert.Throws<CliException>(Load);
        var settings = Settings.Load(_environment.GetValueOrDefault, _folder.Path, tolerant: true);
        Assert.Contains("omega.json:1", settings.ConfigDamage!.Message, StringComparison.Ordinal);
    }

    private static (string, SettingSource) Layer(Settings settings, string variable) =>
        settings.Find(variable) is { } setting ? (setting.Value, setting.Source) : default;

    private Settings Load() => Settings.Load(_environment.GetValueOrDefault, _folder.Path);

    private void DotEnv(string text) => File.WriteAllText(_folder.At(".env"), text);

    private void Config(string json)
    {
        Directory.CreateDirectory(_folder.At("home"));
        File.WriteAllText(_folder.At("home", "omega.json"), json);
    }
}
