using System.Runtime.InteropServices;

namespace Omega.TestKit;

/// <summary>Signals a test sends to a program it started. Unix only.</summary>
public enum ProcessSignal
{
    /// <summary>SIGINT, as Ctrl-C sends it.</summary>
    Interrupt,

    /// <summary>SIGTERM</summary>
    Terminate,

    /// <summary>SIGKILL: nothing of the program runs after it.</summary>
    Kill,

    /// <summary>SIGSTOP: frozen until <see cref="Continue"/>, as a machine that hangs.</summary>
    Stop,

    /// <summary>SIGCONT</summary>
    Continue,
}

internal static class Signals
{
    public static void Send(int process, ProcessSignal signal)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException("Signals are for Unix.");
        }

        if (Kill(process, Number(signal)) != 0)
        {
            throw new InvalidOperationException($"Could not send {signal} to process {process}: errno {Marshal.GetLastPInvokeError()}.");
        }
    }

    private static int Number(ProcessSignal signal) => signal switch
    {
        ProcessSignal.Interrupt => 2,
        ProcessSignal.Kill => 9,
        ProcessSignal.Terminate => 15,
        ProcessSignal.Stop => OperatingSystem.IsLinux() ? 19 : 17,
        ProcessSignal.Continue => OperatingSystem.IsLinux() ? 18 : 19,
        _ => throw new ArgumentOutOfRangeException(nameof(signal), signal, null),
    };

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
