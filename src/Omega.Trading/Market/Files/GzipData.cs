using System.IO.Compression;

namespace Omega.Trading;

/// <summary>
/// What is inside a gzip file, and an error where the file was cut. The runtime's stream ends quietly in the middle of cut data. So a
/// last member is put behind the file's own, which may be several: only where those are whole does its content come out at the end.
/// </summary>
internal sealed class GzipData : ForwardStream
{
    private static readonly byte[] Seal = [.. "end of the file\n"u8];
    private static readonly byte[] SealMember = Pack(Seal);

    private readonly GZipStream _gzip;
    private readonly byte[] _held = new byte[Seal.Length];
    private int _heldCount;

    public GzipData(Stream file) => _gzip = new GZipStream(new FramedStream(default, file, SealMember), CompressionMode.Decompress);

    /// <param name="buffer">Longer than what is held back: 16 bytes.</param>
    /// <exception cref="InvalidDataException">The data is damaged or cut.</exception>
    public override int Read(Span<byte> buffer)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(buffer.Length, Seal.Length);
        while (true)
        {
            // What may be the seal is held back, and comes first in the next read.
            _held.AsSpan(0, _heldCount).CopyTo(buffer);
            var count = _gzip.Read(buffer[_heldCount..]);
            if (count == 0)
                return _held.AsSpan(0, _heldCount).SequenceEqual(Seal) ? 0 : throw new InvalidDataException("It stops before its end.");
            var all = buffer[..(_heldCount + count)];
            _heldCount = Math.Min(all.Length, Seal.Length);
            all[^_heldCount..].CopyTo(_held);
            if (all.Length > _heldCount)
                return all.Length - _heldCount;
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _gzip.Dispose();
        base.Dispose(disposing);
    }

    private static byte[] Pack(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(bytes);
        return packed.ToArray();
    }
}
