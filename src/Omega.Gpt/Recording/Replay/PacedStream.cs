using System.Buffers.Text;

namespace Omega.Gpt.Recording.Replay;

/// <summary>Gives out recorded bytes no earlier than their <c>: t=SECONDS</c> comments say.</summary>
internal sealed class PacedStream(ReadOnlyMemory<byte> bytes, double speed, TimeProvider time) : Stream
{
    private readonly long _began = time.GetTimestamp();
    private int _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_position == bytes.Length)
            return 0;
        if (double.IsPositiveInfinity(speed))
            return Take(buffer, bytes.Length);

        if (StampAt(bytes.Span[_position..]) is { } seconds)
        {
            var wait = TimeSpan.FromSeconds(seconds / speed) - time.GetElapsedTime(_began);
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
        }

        return Take(buffer, NextStamp());
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read it asynchronously.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int Take(Memory<byte> buffer, int end)
    {
        var count = Math.Min(buffer.Length, end - _position);
        bytes.Slice(_position, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    /// <summary>Where the next stamped line after this position begins, or the end.</summary>
    private int NextStamp()
    {
        var found = bytes.Span[(_position + 1)..].IndexOf("\n: t="u8);
        return found < 0 ? bytes.Length : _position + 1 + found + 1;
    }

    private static double? StampAt(ReadOnlySpan<byte> line) =>
        line.StartsWith(": t="u8) && Utf8Parser.TryParse(line[4..], out double seconds, out _) && seconds is >= 0 and < 1e6 ? seconds : null;
}
