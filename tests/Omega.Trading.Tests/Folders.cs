namespace Omega.Trading.Tests;

/// <summary>Files of the repository.</summary>
internal static class Folders
{
    /// <summary>A path from the repository's root.</summary>
    public static string At(params string[] parts)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Omega.slnx")))
                return Path.Combine([folder.FullName, .. parts]);
        }

        throw new InvalidOperationException("Omega.slnx was not found above the tests.");
    }
}
