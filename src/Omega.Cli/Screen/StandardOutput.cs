using System.Runtime.InteropServices;

namespace Omega.Cli.Screen;

/// <summary>The reader of standard output has gone away.</summary>
internal sealed class OutputClosedException() : IOException("Nobody reads standard output any more.");

/// <summary>
/// Standard output, byte for byte and at once. The runtime's own stream hides it when the reader has gone away; here it is an
/// <see cref="OutputClosedException"/>, so that <c>omega ask … | head</c> stops asking.
/// </summary>
internal sealed class StandardOutput : Stream
{
    private const int BrokenPipe = 32;
    private const int Interrupted = 4;

    private readonly Stream _runtime = Console.OpenStandardOutput();

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (OperatingSystem.IsWindows())
        {
            _runtime.Write(buffer);
            return;
        }

        while (buffer.Length > 0)
        {
            var written = WriteTo(1, in MemoryMarshal.GetReference(buffer), (nuint)buffer.Length);
            if (written >= 0)
            {
                buffer = buffer[(int)written..];
                continue;
            }

            switch (Marshal.GetLastPInvokeError())
            {
                case Interrupted:
                    continue;
                case BrokenPipe:
                    throw new OutputClosedException();
                default:
                    // A pipe that someone made non-blocking, a full disk: the runtime's stream waits or says what is wrong.
                    _runtime.Write(buffer);
                    return;
            }
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    [DllImport("libc", EntryPoint = "write", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint WriteTo(int descriptor, in byte buffer, nuint count);
}
