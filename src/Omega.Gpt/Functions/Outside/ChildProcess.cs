using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Omega.Gpt.Functions.Outside;

/// <summary>
/// A program that runs without a shell, with its three streams held here. Where the machine has <c>setsid</c> it gets a session of its
/// own: Ctrl-C in a terminal then ends what this process decides to end, and a kill reaches what the program started.
/// </summary>
internal sealed class ChildProcess : IDisposable
{
    private const int SigKill = 9;

    private static readonly string? SetSid = OperatingSystem.IsWindows() ? null
        : ((string[])["/usr/bin/setsid", "/bin/setsid"]).FirstOrDefault(File.Exists);

    private static readonly ConcurrentDictionary<ChildProcess, bool> Living = new();

    private readonly Process _process;

    // In a session of their own they would outlive this process, whoever ends it.
    static ChildProcess() => AppDomain.CurrentDomain.ProcessExit += static (_, _) =>
    {
        foreach (var child in Living.Keys)
            child.Kill();
    };

    private ChildProcess(Process process)
    {
        _process = process;
        Living[this] = true;
    }

    public int Id => _process.Id;

    public Stream Input => _process.StandardInput.BaseStream;

    public Stream Output => _process.StandardOutput.BaseStream;

    public Stream Error => _process.StandardError.BaseStream;

    public bool HasExited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    /// <summary>Starts a program.</summary>
    /// <param name="command">Which, and how.</param>
    /// <param name="variables">Variables besides those of the command.</param>
    /// <exception cref="GptException">There is no such program or folder, or it cannot be started.</exception>
    public static ChildProcess Start(CommandOptions command, params IEnumerable<KeyValuePair<string, string>> variables)
    {
        var directory = Path.GetFullPath(command.WorkingDirectory ?? Environment.CurrentDirectory);
        if (!Directory.Exists(directory))
            throw Failed($"there is no folder {directory} for \"{command.Program}\" to run in. Create it, or name another.");
        var program = ProgramPath.Find(command.Program, directory, command.Environment.GetValueOrDefault("PATH") ?? Environment.GetEnvironmentVariable("PATH"))
            ?? throw Failed($"there is no program \"{command.Program}\" {(command.Program.Contains('/', StringComparison.Ordinal) ? "that may be executed" : "in PATH")}. Check its name, or install it.");
        var start = new ProcessStartInfo(SetSid ?? program)
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = directory,
        };
        if (SetSid is not null)
            start.ArgumentList.Add(program);
        foreach (var argument in command.Arguments)
            start.ArgumentList.Add(argument);
        ChildEnvironment.Prepare(start.Environment, [.. variables, .. command.Environment]);
        try
        {
            return new ChildProcess(Process.Start(start)!);
        }
        catch (Exception error) when (error is Win32Exception or IOException or InvalidOperationException)
        {
            throw Failed($"{program} could not be started: {error.Message}", error);
        }

        static GptException Failed(string message, Exception? error = null) => new(GptErrorKind.FunctionExecution, message, error) { Phase = GptPhase.Function };
    }

    /// <summary>Completes when the program has ended; its streams may still be held by what it started.</summary>
    public Task WaitForExitAsync(CancellationToken cancellationToken = default) => _process.WaitForExitAsync(cancellationToken);

    /// <summary>Ends the program and all it started, at once. May be called from any thread, at any time, more than once.</summary>
    public void Kill()
    {
        try
        {
            // Its group outlives the program itself; the number stays theirs as long as one of them lives.
            if (SetSid is not null)
                _ = KillGroup(-_process.Id, SigKill);
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception error) when (error is InvalidOperationException or Win32Exception or AggregateException or ObjectDisposedException)
        {
            // It ended by itself in this moment.
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            Kill();
        Living.TryRemove(this, out _);
        _process.Dispose();
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int KillGroup(int group, int signal);
}
