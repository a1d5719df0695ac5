using System.Buffers;

namespace Omega.Gpt.Providers.Sse;

/// <summary>A short byte string kept apart from the reader's main buffer, in a pooled array that is used again for the next one.</summary>
internal struct PooledBytes : IDisposable
{
    private byte[]? _bytes;

    public int Length { get; private set; }

    public readonly ReadOnlySpan<byte> Span => _bytes.AsSpan(0, Length);

    public void Set(ReadOnlySpan<byte> value)
    {
        if (value.Length > (_bytes?.Length ?? 0))
        {
            Dispose();
            _bytes = ArrayPool<byte>.Shared.Rent(value.Length);
        }

        value.CopyTo(_bytes);
        Length = value.Length;
    }

    /// <summary>The value, forgotten: its bytes stay valid until the next <see cref="Set"/>.</summary>
    public ReadOnlySpan<byte> Take()
    {
        var value = Span;
        Length = 0;
        return value;
    }

    public void Dispose()
    {
        if (_bytes is not null)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
        }

        (_bytes, Length) = (null, 0);
    }
}
