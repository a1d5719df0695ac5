using System.Runtime.CompilerServices;

namespace Omega.Gpt.Tests.Readme;

/// <summary>The README's example is the code below, and what it prints is what it prints.</summary>
public sealed class ReadmeExampleTests
{
    [Fact]
    public async Task Example_Run_PrintsWhatTheReadmeShows()
    {
        var writer = new StringWriter();

        await ExampleAsync(writer);

        var readme = await File.ReadAllTextAsync(Path.Combine(Root(), "README.md"), TestContext.Current.CancellationToken);
        Assert.Contains($"```text\n{writer.ToString().Trim()}\n```", readme.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Example_InTheReadme_IsTheCodeRunHere()
    {
        var readme = (await File.ReadAllTextAsync(Path.Combine(Root(), "README.md"), TestContext.Current.CancellationToken)).ReplaceLineEndings("\n");
        var source = (await File.ReadAllTextAsync(Path.Combine(Root(), "tests", "Omega.Gpt.Tests", "Readme", "ReadmeExampleTests.cs"), TestContext.Current.CancellationToken)).ReplaceLineEndings("\n");

        var shown = Lines(Between(readme, "using Omega.Gpt;\n", "```"));
        var run = Lines(Between(source, "// README begins\n", "// README ends"));

        Assert.Equal(shown, run);
    }

    private static async Task ExampleAsync(TextWriter Console)
    {
        // README begins
        var gpt = new RealTimeGpt(new RealTimeGptOptions { Model = "offline/analyst" });
        var functions = FunctionSet.Parse("""
            [{"name": "get_price", "description": "The current price of a market.",
              "parameters": {"type": "object", "properties": {"market": {"type": "string", "enum": ["BTC", "ETH"]}}, "required": ["market"]}}]
            """);
        await foreach (var gptEvent in gpt.StreamWithFunctionsAsync("What is the price of BTC?", functions))
        {
            Console.Write(gptEvent switch
            {
                TextDeltaEvent text => text.Text,
                FunctionCallArgumentsDeltaEvent arguments => arguments.Delta,
                FunctionCallReadyEvent call => $"\nready: {call.Name}({call.Arguments})\n",
                TurnCompletedEvent turn => $"{turn.FinishReason}, {turn.Pending.Count} pending\n",
                _ => "",
            });
        }
        // README ends
    }

    private static string[] Lines(string text) => [.. text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)];

    private static string Between(string text, string begin, string end)
    {
        var from = text.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        return text[from..text.IndexOf(end, from, StringComparison.Ordinal)];
    }

    internal static string Root([CallerFilePath] string thisFile = "")
    {
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
