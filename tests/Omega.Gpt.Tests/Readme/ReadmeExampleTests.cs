using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
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
        var shown = $"```text\n{writer.ToString().Trim()}\n```";
        Assert.True(readme.ReplaceLineEndings("\n").Contains(shown, StringComparison.Ordinal), $"The README should show:\n{shown}");
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
        var price = GptFunction.Create(GetPrice, options: new GptFunctionOptions { Effect = FunctionEffect.Pure });
        await foreach (var gptEvent in gpt.StreamWithFunctionsAsync("What is the price of BTC?", new FunctionSet(price)))
        {
            Console.Write(gptEvent switch
            {
                FunctionCallArgumentsDeltaEvent arguments => arguments.Delta,
                FunctionCallCompletedEvent call => $"\n{call.Name} -> {call.Result}\n",
                TextDeltaEvent text => text.Text,
                _ => "",
            });
        }

        [Description("The current price of a market, in US dollars.")]
        static decimal GetPrice([AllowedValues("BTC", "ETH")] string market) => market == "BTC" ? 64_250.5m : 3_120m;
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
