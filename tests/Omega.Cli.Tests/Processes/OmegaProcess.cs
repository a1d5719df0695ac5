using Omega.TestKit;

namespace Omega.Cli.Tests.Processes;

/// <summary>The built program, with a home of its own and nothing of the test's environment.</summary>
internal sealed class OmegaProcess : IDisposable
{
    private readonly TempFolder _folder = new();

    public string Home => _folder.At("home");

    /// <summary>No market, so that requests hold only what a test is about.</summary>
    public Dictionary<string, string?> Environment { get; } = new() { ["OMEGA_FEED"] = "none" };

    public ProcessRun Start(params string[] arguments) => ProcessRun.StartDotnet(Path.Combine(AppContext.BaseDirectory, "omega.dll"), arguments, new ProcessRunOptions
    {
        WorkingDirectory = _folder.Path,
        InheritEnvironment = false,
        Environment = new Dictionary<string, string?>(Environment) { ["OMEGA_HOME"] = Home, ["HOME"] = _folder.Path, ["DOTNET_NOLOGO"] = "1" },
    });

    /// <summary>Starts, feeds the input, waits for the end.</summary>
    public async Task<CliResult> RunAsync(string input, params string[] arguments)
    {
        await using var run = Start(arguments);
        await run.WriteAsync(input);
        run.CloseInput();
        var code = await run.WaitForExitAsync();
        return new CliResult(code, run.Output.Text, run.Error.Text);
    }

    public void Dispose() => _folder.Dispose();
}
