namespace Omega.Architecture.Tests;

/// <summary>Who may reference whom.</summary>
public sealed class ReferenceTests
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Omega.Gpt"] = [],
        ["Omega.Trading"] = [],
        ["Omega.Desk"] = ["Omega.Gpt", "Omega.Trading"],
        ["Omega.Redis"] = ["Omega.Gpt", "Omega.Trading"],
        ["Omega.Gateway"] = ["Omega.Desk", "Omega.Gpt", "Omega.Trading"],
        ["Omega.Cli"] = ["Omega.Desk", "Omega.Gateway", "Omega.Gpt", "Omega.Redis", "Omega.Trading"],
    };

    [Fact]
    public void SourceProjects_ReferenceOnlyWhatThePlanAllows()
    {
        var wrong = Repository.Projects("src")
            .SelectMany(project => project.ProjectReferences
                .Where(reference => !Allowed.GetValueOrDefault(project.Name, []).Contains(reference))
                .Select(reference => $"{project.Name} -> {reference}"));
        Assert.Empty(wrong);
    }

    [Fact]
    public void SourceProjects_AreAllInThePlan() =>
        Assert.All(Repository.Projects("src"), project => Assert.Contains(project.Name, (IDictionary<string, string[]>)Allowed));

    [Theory]
    [InlineData("StackExchange.Redis", "Omega.Redis")]
    [InlineData("Microsoft.AspNetCore", "Omega.Gateway")]
    [InlineData("Spectre.Console", "Omega.Cli")]
    [InlineData("System.CommandLine", "Omega.Cli")]
    public void Package_IsKnownToOneProjectOnly(string prefix, string owner)
    {
        var others = Repository.Projects("src")
            .Where(project => project.Name != owner && project.PackageReferences.Any(package => package.StartsWith(prefix, StringComparison.Ordinal)))
            .Select(project => project.Name);
        Assert.Empty(others);
    }

    [Fact]
    public void Libraries_AreMarkedForNativeCompilation()
    {
        var unmarked = Repository.Projects("src")
            .Where(project => project.Name != "Omega.Cli" && project.Xml.Descendants("IsAotCompatible").All(element => element.Value != "true"))
            .Select(project => project.Name);
        Assert.Empty(unmarked);
    }

    [Fact]
    public void Packages_EachHaveALineInTheDependenciesPage()
    {
        var page = Repository.Read("docs/dependencies.md");
        var missing = new[] { "src", "tests", "bench", "samples" }
            .Where(folder => Directory.Exists(Path.Combine(Repository.Root, folder)))
            .SelectMany(Repository.Projects)
            .SelectMany(project => project.PackageReferences)
            .Append("Microsoft.CodeAnalysis.BannedApiAnalyzers")
            .Distinct()
            .Where(package => !page.Contains($"| `{package}` |", StringComparison.Ordinal));
        Assert.Empty(missing);
    }

    [Fact]
    public void Projects_AreAllInTheSolution()
    {
        var solution = Repository.Read("Omega.slnx");
        var missing = new[] { "src", "tests", "samples", "bench" }
            .Where(folder => Directory.Exists(Path.Combine(Repository.Root, folder)))
            .SelectMany(Repository.Projects)
            .Select(project => Path.GetRelativePath(Repository.Root, project.Path).Replace('\\', '/'))
            .Where(path => !solution.Contains($"\"{path}\"", StringComparison.Ordinal));
        Assert.Empty(missing);
    }
}
