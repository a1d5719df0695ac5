namespace Omega.Gpt.Functions.Outside;

/// <summary>
/// Reads another stream and fails when one message of it is too long: messages are lines, or the whole. The client of the protocol
/// itself would gather any number of bytes.
/// </summary>
/// <param name="inner">What is read.</param>
/// <param name="maxBytes">The bound.</param>
/// <param name="byLine">Whether a message is a line.</param>
/// <param name="exceeded">Called once when the bound is exceeded.</param>
internal sealed class BoundedStream(Stream inner, int maxBytes, bool byLine, Action? exceeded = null) : Stream
{
    private long _length;

    /// <summary>Whether the bound was exceeded.</summary>
    public bool IsExceeded { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer) => Count(buffer[..inner.Read(buffer)]);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        return Count(buffer.Span[..read]);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }

    private int Count(ReadOnlySpan<byte> read)
    {
        var lineEnd = byLine ? read.LastIndexOf((byte)'\n') : -1;
        // What ended within these bytes is counted by its beginning alone: a buffer is far smaller than the bound.
        _length = lineEnd < 0 ? _length + read.Length : read.Length - lineEnd - 1;
        if (_length > maxBytes && !IsExceeded)
        {
            IsExceeded = true;
            exceeded?.Invoke();
        }

        return IsExceeded ? throw new IOException($"A message is longer than {maxBytes} bytes.") : read.Length;
    }
}
