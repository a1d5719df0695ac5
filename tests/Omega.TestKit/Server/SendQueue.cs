using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Omega.TestKit;

/// <summary>
/// Ends connections so that what was sent before still arrives. A reset throws away what the kernel has not yet handed
/// over; on Linux the queue is therefore seen empty first. Elsewhere the client may lose bytes that it had not read.
/// </summary>
internal static class SendQueue
{
    private const int SiocOutQ = 0x5411;

    public static async Task ResetAsync(Socket socket, CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsLinux())
        {
            while (Ioctl((int)socket.Handle, SiocOutQ, out var unsent) == 0 && unsent > 0)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, cancellationToken);
            }
        }

        socket.LingerState = new LingerOption(true, 0);
        socket.Dispose();
    }

    [DllImport("libc", EntryPoint = "ioctl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Ioctl(int descriptor, nuint request, out int value);
}
