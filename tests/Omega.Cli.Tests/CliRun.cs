using Omega.Cli.Input;
using Omega.Cli.Tests.Editing;
using Omega.Cli.Tests.Screen;
using Omega.TestKit;

namespace Omega.Cli.Tests;

/// <summary>Runs commands in the test's own process, with a folder and an environment of their own.</summary>
internal sealed class CliRun : IDisposable
{
    private readonly TempFolder _folder = new();

    public CliRun()
    {
        Environment = new() { ["OMEGA_HOME"] = _folder.At("home"), ["OMEGA_FEED"] = "none" };
        Directory.CreateDirectory(_folder.At("work"));
    }

    /// <summary>All that the program sees of the environment; no market, so that requests hold only what a test is about.</summary>
    public Dictionary<string, string> Environment { get; }

    public string Home => _folder.At("home");

    /// <summary>The working directory, where <c>.env</c> is looked for.</summary>
    public string WorkingDirectory => _folder.At("work");

    public string At(params string[] parts) => Path.Combine([WorkingDirectory, .. parts]);

    /// <summary>Whether a person sits at the terminal and types <see cref="Typed"/>.</summary>
    public bool HasPerson { get; set; }

    /// <summary>Whether <see cref="Typed"/> comes through a pipe, for commands that read lines.</summary>
    public bool HasPipe { get; set; }

    /// <summary>Lines on standard input.</summary>
    public string Typed { get; set; } = "";

    /// <summary>What the person types at a terminal that can be drawn on; null for lines.</summary>
    public IEnumerable<ConsoleKeyInfo>? Pressed { get; set; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;

    public async Task<CliResult> RunAsync(params string[] arguments)
    {
        var screen = new ScreenTexts(isTerminal: HasPerson, input: !HasPipe, redraws: Pressed is not null);
        var host = new CliHost(screen.Terminal, Environment.GetValueOrDefault, WorkingDirectory, Time)
        {
            Lines = new LineInput(() => new StringReader(Typed)),
            Hidden = () => Typed.Split('\n')[0],
            Keyboard = Pressed is null ? null : new ScriptedKeyboard(Pressed),
        };
        var code = await Program.RunAsync(host, arguments);
        return new CliResult(code, screen.Output, screen.Error);
    }

    public void Dispose() => _folder.Dispose();
}

internal sealed record CliResult(int Code, string Output, string Error)
{
    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
