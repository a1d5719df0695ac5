using Omega.Cli.Configuration;

namespace Omega.Cli.Commands.Doctor;

/// <summary>Where settings come from.</summary>
internal static class SettingChecks
{
    private const string Group = "Settings";

    public static IEnumerable<Check> Of(Settings settings, string workingDirectory)
    {
        var dotEnv = Path.Combine(workingDirectory, ".env");
        yield return new Check(Group, ".env", File.Exists(dotEnv) ? CheckState.Good : CheckState.Off, File.Exists(dotEnv) ? dotEnv : "none in this folder");
        yield return settings.ConfigDamage is { } damage
            ? new Check(Group, "omega.json", CheckState.Wrong, damage.Message)
            : new Check(Group, "omega.json", File.Exists(settings.Folders.ConfigFile) ? CheckState.Good : CheckState.Off, settings.Folders.ConfigFile + (File.Exists(settings.Folders.ConfigFile) ? "" : " (absent)"));
        foreach (var note in settings.Notes)
            yield return new Check(Group, "note", CheckState.Odd, note);
        foreach (var name in SettingNames.All.Where(name => name != SettingNames.BaseUrl))
        {
            if (settings.Find(name.Variable) is { } setting)
                yield return new Check(Group, name.Key, CheckState.Good, $"{setting.Value} ({setting.Origin})");
        }
    }
}
