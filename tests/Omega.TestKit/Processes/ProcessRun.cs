using System.Diagnostics;
using System.Text;

namespace Omega.TestKit;

public sealed record ProcessRunOptions
{
    /// <summary>Default: the test's own.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Variables on top of the test's own; null takes one away.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>Whether the test's own variables are passed on. Default: yes. PATH and DOTNET_ROOT always are.</summary>
    public bool InheritEnvironment { get; init; } = true;
}

/// <summary>
/// A program that a test runs from outside: feeds its input, reads its output as it comes, sends it signals. Disposing
/// kills it and all it started.
/// </summary>
public sealed class ProcessRun : IAsyncDisposable
{
    private readonly Process _process;

    private ProcessRun(Process process)
    {
        _process = process;
        Output = new(process.StandardOutput.BaseStream);
        Error = new(process.StandardError.BaseStream);
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>Standard output.</summary>
    public CapturedOutput Output { get; }

    /// <summary>Standard error.</summary>
    public CapturedOutput Error { get; }

    /// <summary>Starts a program, found on PATH or by its path.</summary>
    public static ProcessRun Start(string file, IEnumerable<string> arguments, ProcessRunOptions? options = null)
    {
        options ??= new();
        var start = new ProcessStartInfo(file, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = options.WorkingDirectory ?? "",
        };
        if (!options.InheritEnvironment)
        {
            foreach (var name in start.Environment.Keys.Where(name => name is not ("PATH" or "DOTNET_ROOT")).ToArray())
            {
                start.Environment.Remove(name);
            }
        }

        foreach (var (name, value) in options.Environment)
        {
            start.Environment[name] = value;
        }

        return new(Process.Start(start) ?? throw new InvalidOperationException($"{file} did not start."));
    }

    /// <summary>Starts a .NET program by its dll, with the runtime that runs the test.</summary>
    public static ProcessRun StartDotnet(string dll, IEnumerable<string> arguments, ProcessRunOptions? options = null) =>
        Start(System.Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [dll, .. arguments], options);

    /// <summary>Feeds standard input, at once.</summary>
    public async Task WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        var input = _process.StandardInput.BaseStream;
        await input.WriteAsync(bytes);
        await input.FlushAsync();
    }

    public Task WriteAsync(string text) => WriteAsync(Encoding.UTF8.GetBytes(text));

    /// <summary>Ends standard input, as Ctrl-D does.</summary>
    public void CloseInput() => _process.StandardInput.Close();

    /// <summary>Sends the signal to the program alone, not to its children.</summary>
    public void Send(ProcessSignal signal) => Signals.Send(Id, signal);

    /// <summary>Waits until the program has ended and its output is read; returns its exit code (128 + n after signal n).</summary>
    /// <exception cref="TimeoutException">It did not end within the bound (default <see cref="Patience.Bound"/>).</exception>
    public async Task<int> WaitForExitAsync(TimeSpan? bound = null)
    {
        try
        {
            await Task.WhenAll(_process.WaitForExitAsync(), Output.Completed, Error.Completed)
                .WaitAsync(bound ?? Patience.Bound, TimeProvider.System);
            return _process.ExitCode;
        }
        catch (TimeoutException)
        {
            throw new TimeoutException(
                $"Process {Id} {(_process.HasExited ? "ended, but something holds its output open" : "did not end")} within "
                + $"{bound ?? Patience.Bound}. Output:\n{Output.Text}\nError:\n{Error.Text}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        await Task.WhenAll(Output.Completed, Error.Completed);
    }
}
