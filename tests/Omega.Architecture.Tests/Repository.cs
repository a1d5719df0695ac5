using System.Runtime.CompilerServices;
using System.Xml.Linq;

namespace Omega.Architecture.Tests;

/// <summary>The repository as files.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static IEnumerable<Project> Projects(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), "*.csproj", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(path => new Project(path, XDocument.Load(path)));

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static string FindRoot([CallerFilePath] string thisFile = "")
    {
        // A deterministic build maps source paths, so the test's own place is the other way in.
        foreach (var start in (string[])[Path.GetDirectoryName(thisFile)!, AppContext.BaseDirectory])
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, "Omega.slnx")))
                    return folder.FullName;
            }
        }

        throw new InvalidOperationException("Omega.slnx was not found above the tests.");
    }
}

/// <summary>One project file.</summary>
internal sealed record Project(string Path, XDocument Xml)
{
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public IReadOnlyList<string> ProjectReferences => [.. Includes("ProjectReference").Select(include => System.IO.Path.GetFileNameWithoutExtension(include.Replace('\\', '/')))];

    public IReadOnlyList<string> PackageReferences => [.. Includes("PackageReference")];

    public override string ToString() => Name;

    private IEnumerable<string> Includes(string item) => Xml.Descendants(item).Select(element => element.Attribute("Include")?.Value).OfType<string>();
}
