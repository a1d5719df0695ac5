using Omega.Cli.Functions;
using Omega.Gpt;

namespace Omega.Cli.Configuration;

/// <summary>Where a value was found.</summary>
internal enum SettingSource
{
    Environment,
    DotEnv,
    ConfigFile,
}

/// <summary>A value and where it was found.</summary>
internal sealed record Setting(string Variable, string Value, SettingSource Source, string? File)
{
    /// <summary>For people: <c>OMEGA_MODEL</c>, <c>OMEGA_MODEL in ./.env</c>, <c>"model" in …/omega.json</c>.</summary>
    public string Origin => Source switch
    {
        SettingSource.Environment => Variable,
        SettingSource.DotEnv => $"{Variable} in .env",
        _ => $"\"{Variable["OMEGA_".Length..].ToLowerInvariant()}\" in {File}",
    };
}

/// <summary>
/// The layers beneath the command line: environment, then <c>.env</c> in the working directory, then <c>omega.json</c>. A variable
/// that is set but empty in the environment counts as absent and hides the lower layers. A <c>.env</c> that changes while the program
/// runs is read again, so that a key can be replaced there; what chose the folders stays as it was.
/// </summary>
internal sealed class Settings
{
    private readonly Func<string, string?> _environment;
    private readonly DotEnvFile _dotEnv;
    private DotEnvFile _latest;
    private readonly ConfigFile _config;

    private Settings(Func<string, string?> environment, DotEnvFile dotEnv, AppFolders folders, ConfigFile config, CliException? damage)
    {
        (_environment, _dotEnv, _latest, Folders, _config, ConfigDamage) = (environment, dotEnv, dotEnv, folders, config, damage);
        Notes = [.. dotEnv.Notes, .. config.Notes];
        if (!IsConfigTrusted && config.Mcp is not null)
            Notes = [.. Notes, $"\"mcp\" in {config.Path} is left out: .env in this folder chose that file. Set OMEGA_HOME in the environment to use it."];
    }

    public AppFolders Folders { get; }

    /// <summary>What is odd about the files, for people.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>
    /// Whether <c>omega.json</c> may say what is run. Not where <c>.env</c> chose it: a folder that came from somebody else must not start
    /// programs because somebody asks a question in it.
    /// </summary>
    private bool IsConfigTrusted => !((string[])["OMEGA_HOME", "XDG_CONFIG_HOME"]).Any(name => _environment(name) is null && _dotEnv.Values.ContainsKey(name));

    /// <summary>Why <c>omega.json</c> was left out; null when it was read or is absent.</summary>
    public CliException? ConfigDamage { get; }

    /// <summary>Reads the layers.</summary>
    /// <param name="environment">The real environment.</param>
    /// <param name="workingDirectory">Where <c>.env</c> is looked for, and nowhere above.</param>
    /// <param name="tolerant">Whether a damaged <c>omega.json</c> is remembered instead of thrown.</param>
    /// <exception cref="CliException"><c>omega.json</c> is damaged.</exception>
    public static Settings Load(Func<string, string?> environment, string workingDirectory, bool tolerant = false)
    {
        var dotEnv = DotEnvFile.Read(Path.Combine(workingDirectory, ".env"));
        var folders = AppFolders.Find(
            name => environment(name) ?? dotEnv.Values.GetValueOrDefault(name),
            workingDirectory,
            OperatingSystem.IsMacOS() ? PlatformID.MacOSX : Environment.OSVersion.Platform,
            Environment.GetFolderPath);
        try
        {
            return new Settings(environment, dotEnv, folders, ConfigFile.Read(folders.ConfigFile), null);
        }
        catch (CliException exception) when (tolerant)
        {
            return new Settings(environment, dotEnv, folders, ConfigFile.Parse(folders.ConfigFile, "{}"), exception);
        }
    }

    /// <summary>The MCP servers of <c>omega.json</c>.</summary>
    /// <exception cref="CliException">The section is not one.</exception>
    public IReadOnlyList<McpOptions> McpServers() => IsConfigTrusted && _config.Mcp is { } section ? McpSettings.Read(_config.Path, section, Get) : [];

    /// <summary>Whether a setting may say what is run: not one that came with the folder.</summary>
    public bool MayRun(Setting setting) => setting.Source switch
    {
        SettingSource.Environment => true,
        SettingSource.ConfigFile => IsConfigTrusted,
        _ => false,
    };

    /// <summary>Whether a switch is set to true.</summary>
    /// <exception cref="CliException">It is neither true nor false.</exception>
    public bool IsOn(SettingName name) => Find(name.Variable) is { } setting && setting.Value.ToLowerInvariant() switch
    {
        "1" or "true" or "yes" => true,
        "0" or "false" or "no" => false,
        _ => throw CliException.Usage($"{setting.Origin} is \"{setting.Value}\"; allowed: true or false."),
    };

    /// <summary>The value of a variable, or null.</summary>
    public string? Get(string variable) => Find(variable)?.Value;

    /// <summary>The value of a variable and where it was found, or null.</summary>
    public Setting? Find(string variable)
    {
        if (_environment(variable) is { } value)
            return value.Length > 0 ? new Setting(variable, value, SettingSource.Environment, null) : null;
        _latest = _latest.Fresh();
        if (_latest.Values.TryGetValue(variable, out value))
            return value.Length > 0 ? new Setting(variable, value, SettingSource.DotEnv, _latest.Path) : null;
        return _config.Values.TryGetValue(variable, out value) && value.Length > 0
            ? new Setting(variable, value, SettingSource.ConfigFile, _config.Path)
            : null;
    }
}
