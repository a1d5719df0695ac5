using System.Text.Json;
using Omega.Gpt.Functions.Schema;

namespace Omega.Gpt.Tests.Functions.Schema;

internal sealed record ConformanceTest(string Name, JsonElement Data, bool Valid);

internal sealed record ConformanceGroup(string Name, JsonElement Schema, IReadOnlyList<ConformanceTest> Tests);

/// <summary>The official test suite, where it is at hand.</summary>
internal sealed record ConformanceSuite(IReadOnlyList<ConformanceGroup> Groups, JsonSchemaOptions Options)
{
    private const string Variable = "OMEGA_CONFORMANCE";
    private const string RemoteBase = "http://localhost:1234/";

    /// <summary>Skips the test where the folder is not named.</summary>
    public static ConformanceSuite Load()
    {
        var folder = Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrEmpty(folder)) Assert.Skip($"{Variable} names no folder with the official JSON Schema tests.");
        var groups = new List<ConformanceGroup>();
        var tests = Path.Combine(folder, "tests");
        foreach (var file in Directory.EnumerateFiles(tests, "*.json").Order(StringComparer.Ordinal))
        {
            foreach (var group in Read(file).EnumerateArray())
            {
                var cases = group.GetProperty("tests").EnumerateArray().Select(test => new ConformanceTest(
                    test.GetProperty("description").GetString()!, test.GetProperty("data"), test.GetProperty("valid").GetBoolean()));
                var name = $"{Path.GetFileNameWithoutExtension(file)} / {group.GetProperty("description").GetString()}";
                groups.Add(new(name, group.GetProperty("schema"), [.. cases]));
            }
        }
        var remotes = Path.Combine(folder, "remotes");
        var documents = Directory.EnumerateFiles(remotes, "*.json", SearchOption.AllDirectories)
            .ToDictionary(file => RemoteBase + Path.GetRelativePath(remotes, file).Replace('\\', '/'), Read);
        return new(groups, new JsonSchemaOptions { Documents = documents });
    }

    private static JsonElement Read(string file) => JsonElement.Parse(File.ReadAllText(file));
}
