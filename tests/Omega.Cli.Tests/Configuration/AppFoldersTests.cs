using Omega.Cli.Configuration;

namespace Omega.Cli.Tests.Configuration;

public sealed class AppFoldersTests
{
    [Theory]
    [InlineData(PlatformID.Unix, "", "/u/.config/omega", "/u/.local/share/omega")]
    [InlineData(PlatformID.Unix, "XDG_CONFIG_HOME=/c;XDG_DATA_HOME=/d", "/c/omega", "/d/omega")]
    [InlineData(PlatformID.Unix, "XDG_CONFIG_HOME=c;XDG_DATA_HOME=", "/u/.config/omega", "/u/.local/share/omega")]
    [InlineData(PlatformID.MacOSX, "", "/u/Library/Application Support/omega", "/u/Library/Application Support/omega")]
    [InlineData(PlatformID.MacOSX, "XDG_DATA_HOME=/d", "/u/Library/Application Support/omega", "/d/omega")]
    [InlineData(PlatformID.Win32NT, "XDG_DATA_HOME=/d", "/roaming/omega", "/local/omega")]
    [InlineData(PlatformID.Unix, "OMEGA_HOME=/o;XDG_DATA_HOME=/d", "/o", "/o")]
    [InlineData(PlatformID.Unix, "OMEGA_HOME=o", "/w/o", "/w/o")]
    [InlineData(PlatformID.Unix, "OMEGA_HOME=~/o", "/u/o", "/u/o")]
    public void Find_PlatformAndVariables_GiveTheFolders(PlatformID platform, string variables, string config, string data)
    {
        var environment = variables.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);

        var folders = AppFolders.Find(environment.GetValueOrDefault, "/w", platform, special => special switch
        {
            Environment.SpecialFolder.UserProfile => "/u",
            Environment.SpecialFolder.ApplicationData => "/roaming",
            Environment.SpecialFolder.LocalApplicationData => "/local",
            _ => throw new ArgumentOutOfRangeException(nameof(special)),
        });

        Assert.Equal(new AppFolders(config, data), folders);
    }
}
