namespace Omega.Cli.Configuration;

/// <summary>Where configuration and data live.</summary>
/// <param name="Config">The folder of <c>omega.json</c>.</param>
/// <param name="Data">The folder of sessions and logs.</param>
internal sealed record AppFolders(string Config, string Data)
{
    public string ConfigFile => Path.Combine(Config, "omega.json");

    /// <summary>A person's own corrections to models and prices.</summary>
    public string OwnCatalog => Path.Combine(Config, "models.json");

    /// <summary>The catalogue that <c>omega models update</c> keeps.</summary>
    public string CatalogUpdate => Path.Combine(Data, "models.update.json");

    /// <summary><c>OMEGA_HOME</c> for both where it is set, else the XDG folders, else the platform's own.</summary>
    /// <param name="get">The environment, <c>.env</c> included.</param>
    /// <param name="workingDirectory">What a relative <c>OMEGA_HOME</c> is relative to.</param>
    /// <param name="platform">The machine's platform.</param>
    /// <param name="special">Where the platform's own folders are.</param>
    public static AppFolders Find(Func<string, string?> get, string workingDirectory, PlatformID platform, Func<Environment.SpecialFolder, string> special)
    {
        if (get("OMEGA_HOME") is { Length: > 0 } home)
        {
            var folder = Path.GetFullPath(home == "~" || home.StartsWith("~/", StringComparison.Ordinal) ? special(Environment.SpecialFolder.UserProfile) + home[1..] : home, workingDirectory);
            return new AppFolders(folder, folder);
        }

        if (platform == PlatformID.Win32NT)
            return new AppFolders(Under(special(Environment.SpecialFolder.ApplicationData)), Under(special(Environment.SpecialFolder.LocalApplicationData)));

        var user = special(Environment.SpecialFolder.UserProfile);
        // XDG on a Mac only where the person asked for it.
        var (config, data) = platform == PlatformID.MacOSX
            ? (Path.Combine(user, "Library", "Application Support"), Path.Combine(user, "Library", "Application Support"))
            : (Path.Combine(user, ".config"), Path.Combine(user, ".local", "share"));
        return new AppFolders(Under(Xdg("XDG_CONFIG_HOME") ?? config), Under(Xdg("XDG_DATA_HOME") ?? data));

        static string Under(string folder) => Path.Combine(folder, "omega");

        // The XDG rule: a relative path is to be ignored.
        string? Xdg(string variable) => get(variable) is { Length: > 0 } path && Path.IsPathRooted(path) ? path : null;
    }
}
