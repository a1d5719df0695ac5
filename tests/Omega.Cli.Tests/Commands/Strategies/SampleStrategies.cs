namespace Omega.Cli.Tests.Commands.Strategies;

/// <summary>The strategies in samples/strategies.</summary>
internal static class SampleStrategies
{
    public static IEnumerable<string> Files => Directory.EnumerateFiles(Folder(), "*.json").Order(StringComparer.Ordinal).Select(path => Path.GetFileName(path));

    public static string At(string file) => Path.Combine(Folder(), file);

    private static string Folder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Omega.slnx")))
                return Path.Combine(folder.FullName, "samples", "strategies");
        }

        throw new InvalidOperationException("Omega.slnx was not found above the tests.");
    }
}
