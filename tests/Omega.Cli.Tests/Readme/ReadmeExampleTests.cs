using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using Omega.Cli.Screen;
using Omega.Cli.Tests.Editing;

namespace Omega.Cli.Tests.Readme;

/// <summary>The README's first example shows what a terminal of 100 columns shows, but for the times that it took.</summary>
public sealed partial class ReadmeExampleTests : IDisposable
{
    private const int Width = 100;

    private readonly CliRun _cli = new() { Time = FixedClock.Usual };

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Example_Run_ShowsWhatTheReadmeShows()
    {
        _cli.Environment.Remove("OMEGA_FEED");

        var shown = await ShownAsync("ask", "Analyze BTC market", "-s", "readme");

        var readme = (await File.ReadAllTextAsync(Path.Combine(Root(), "README.md"), TestContext.Current.CancellationToken)).ReplaceLineEndings("\n");
        Assert.True(Timeless(readme).Contains($"```text\n{Timeless(shown)}\n```", StringComparison.Ordinal), $"The README should show:\n{shown}");
    }

    private async Task<string> ShownAsync(params string[] arguments)
    {
        using var both = new MemoryStream();
        await using var error = new StreamWriter(both, new UTF8Encoding(false)) { AutoFlush = true };
        var terminal = new Terminal(both, error) { IsInputTerminal = true, IsOutputTerminal = true, IsErrorTerminal = true, CanRedraw = true, Width = Width };
        var host = new CliHost(terminal, _cli.Environment.GetValueOrDefault, _cli.WorkingDirectory, _cli.Time);

        Assert.Equal(0, await Program.RunAsync(host, arguments));

        var screen = new DrawnScreen(Width + 300);
        screen.Write(Encoding.UTF8.GetString(both.ToArray()).Replace("\n", "\r\n", StringComparison.Ordinal));
        return string.Join('\n', screen.Rows).Trim('\n');
    }

    // How much of a result fits on its line depends on how long the time is.
    private static string Timeless(string text) => Times().Replace(Results().Replace(text, "$1"), "N ms");

    private static string Root([CallerFilePath] string thisFile = "")
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

    [GeneratedRegex(@"^(← .{60}).*$", RegexOptions.Multiline)]
    private static partial Regex Results();

    [GeneratedRegex(@"\d+(\.\d)? m?s\b")]
    private static partial Regex Times();
}
