using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Omega.Gpt.Providers;
using Omega.Gpt.Tests.Turns;
using static Omega.Gpt.Tests.Turns.ScriptedProvider;

namespace Omega.Gpt.Tests.Readme;

// Page begins: types
public sealed record Level(string Name, double Price);

public sealed record Report([Description("One word.")] string Trend, [Range(0, 100)] int Confidence, IReadOnlyList<Level> Levels);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true)]
[JsonSerializable(typeof(Report))]
internal sealed partial class ReportJson : JsonSerializerContext;
// Page ends: types

/// <summary>The examples of the page on typed answers are the code here.</summary>
public sealed class StructuredExampleTests
{
    private const string Answer = """{"trend":"down","confidence":70,"levels":[{"name":"S1","price":10.5}]}""";

    [Fact]
    public async Task Example_Run_PrintsTheValueAndWhatCameBefore()
    {
        var writer = new StringWriter();
        var answer = Says([.. Answer.Chunk(10).Select(piece => (ModelDelta)new TextDelta(new string(piece))), Done()]);

        await ExampleAsync(Turn.Gpt(new ScriptedProvider(answer, answer)), writer);

        var lines = writer.ToString().ReplaceLineEndings("\n").TrimEnd().Split('\n');
        Assert.Equal("down (70 %), 1 levels", lines[0]);
        Assert.StartsWith("so far: {", lines[1], StringComparison.Ordinal);
        Assert.Equal($"whole: {Answer}", lines[^1]);
    }

    [Theory]
    [InlineData("types")]
    [InlineData("use")]
    public async Task Example_OnThePage_IsTheCodeHere(string part)
    {
        var token = TestContext.Current.CancellationToken;
        var root = ReadmeExampleTests.Root();
        var source = await File.ReadAllTextAsync(Path.Combine(root, "tests", "Omega.Gpt.Tests", "Readme", "StructuredExampleTests.cs"), token);
        var page = await File.ReadAllTextAsync(Path.Combine(root, "docs", "concepts", "structured-output.md"), token);
        var begin = $"// Page begins: {part}\n";
        source = source.ReplaceLineEndings("\n");
        var from = source.IndexOf(begin, StringComparison.Ordinal) + begin.Length;

        Assert.Contains(Lines(source[from..source.IndexOf($"// Page ends: {part}", StringComparison.Ordinal)]), Lines(page), StringComparison.Ordinal);
    }

    private static async Task ExampleAsync(RealTimeGpt gpt, TextWriter Console)
    {
        // Page begins: use
        var report = await gpt.GetAsync("How is BTC?", ReportJson.Default.Report);
        Console.WriteLine($"{report.Trend} ({report.Confidence} %), {report.Levels.Count} levels");

        await foreach (var partial in gpt.StreamAsync("And ETH?", ReportJson.Default.Report))
            Console.WriteLine($"{(partial.IsFinal ? "whole" : "so far")}: {partial.Json}");
        // Page ends: use
    }

    private static string Lines(string text) => string.Join("\n", text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0));
}
