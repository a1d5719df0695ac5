using System.IO.Compression;

namespace Omega.Trading;

/// <summary>The bytes of a file as they are inside its packing, no more of them than allowed.</summary>
internal sealed class CandleInput : IDisposable
{
    // Directory and checksums of a zip archive are at its end, so one that cannot be sought has to be held whole.
    private const int LargestUnseekableZip = 256 << 20;

    private readonly string _name;
    private readonly Stream _file;
    private readonly ZipArchive? _archive;
    private readonly Stream _data;
    private readonly long _mostBytes;
    private readonly long? _declaredBytes;
    private readonly CancellationToken _cancellationToken;

    private CandleInput(string name, Stream file, ZipArchive? archive, Stream data, CandleFilePacking packing, long mostBytes, CancellationToken cancellationToken, long? declaredBytes = null)
    {
        (_name, _file, _archive, _data, Packing) = (name, file, archive, data, packing);
        (_mostBytes, _cancellationToken, _declaredBytes) = (mostBytes, cancellationToken, declaredBytes);
    }

    public CandleFilePacking Packing { get; }

    /// <summary>Bytes read, after inflation.</summary>
    public long Bytes { get; private set; }

    /// <summary>Where the file itself is; null where it does not say.</summary>
    public (long Position, long? Length) FilePosition => _file.CanSeek ? (_file.Position, _file.Length) : (Bytes, null);

    /// <summary>Looks at the first bytes and opens what they announce. The stream stays the caller's.</summary>
    /// <exception cref="CandleFileException">A zip archive does not hold one file.</exception>
    public static CandleInput Open(string name, Stream stream, long mostBytes, CancellationToken cancellationToken)
    {
        var start = new byte[4];
        var count = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        var file = stream.CanSeek ? stream : new FramedStream(start.AsMemory(0, count), stream, default);
        if (stream.CanSeek)
            stream.Seek(-count, SeekOrigin.Current);
        return start switch
        {
            [0x1f, 0x8b, ..] => new CandleInput(name, file, null, new GzipData(file), CandleFilePacking.Gzip, mostBytes, cancellationToken),
            [(byte)'P', (byte)'K', 3, 4] => OpenZip(name, file, mostBytes, cancellationToken),
            [0xff, 0xfe, ..] or [0xfe, 0xff, ..] => throw new CandleFileException(name, 1, "The text is UTF-16. Save it as UTF-8."),
            _ => new CandleInput(name, file, null, file, CandleFilePacking.None, mostBytes, cancellationToken),
        };
    }

    /// <summary>Reads some bytes, at least one but at the end.</summary>
    /// <param name="buffer">Where to.</param>
    /// <param name="line">The line that they belong to, for errors.</param>
    /// <param name="count">Receives how many.</param>
    /// <returns>False at the end.</returns>
    /// <exception cref="CandleFileException">There are more bytes than allowed, or the packing is damaged.</exception>
    public bool TryRead(Span<byte> buffer, long line, out int count)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        try
        {
            count = _data.Read(buffer);
            if (count == 0 && _declaredBytes is { } declared && Bytes != declared)
                throw new InvalidDataException($"It holds {Bytes:N0} bytes instead of {declared:N0}.");
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new CandleFileException(_name, line, Packing == CandleFilePacking.None ? exception.Message : $"The {Word(Packing)} data is damaged or cut: {exception.Message}", exception);
        }

        Bytes += count;
        if (Bytes > _mostBytes)
            throw new CandleFileException(_name, line, $"The file holds more than {_mostBytes:N0} bytes{(Packing == CandleFilePacking.None ? "" : " after inflation")}, the most that are read. Split it, or allow more ({nameof(CandleFileOptions)}.{nameof(CandleFileOptions.MaxBytes)}).");
        return count > 0;
    }

    public void Dispose()
    {
        if (Packing != CandleFilePacking.None)
            _data.Dispose();
        _archive?.Dispose();
    }

    private static string Word(CandleFilePacking packing) => packing == CandleFilePacking.Gzip ? "gzip" : "zip";

    private static CandleInput OpenZip(string name, Stream file, long mostBytes, CancellationToken cancellationToken)
    {
        ZipArchive? archive = null;
        try
        {
            archive = new ZipArchive(file.CanSeek ? file : Whole(name, file, cancellationToken), ZipArchiveMode.Read, leaveOpen: file.CanSeek);
            var entries = archive.Entries.Where(IsData).ToList();
            if (entries is not [var only])
                throw new CandleFileException(name, null, $"The archive holds {entries.Count} files{(entries.Count == 0 ? "" : $" ({string.Join(", ", entries.Take(3).Select(entry => Printable.Text(entry.FullName)))}{(entries.Count > 3 ? ", …" : "")})")}; it must hold one. Unpack it and name the file.");
            return new CandleInput(name, file, archive, only.Open(), CandleFilePacking.Zip, mostBytes, cancellationToken, only.Length);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or NotSupportedException or ArgumentException)
        {
            archive?.Dispose();
            throw new CandleFileException(name, null, $"The zip archive is damaged or of an unknown kind: {exception.Message}", exception);
        }
        catch (CandleFileException)
        {
            archive?.Dispose();
            throw;
        }
    }

    // Folders, what macOS adds, and checksums beside the data.
    private static bool IsData(ZipArchiveEntry entry) =>
        entry.Name.Length > 0 && !entry.FullName.StartsWith("__MACOSX/", StringComparison.Ordinal) && !entry.Name.EndsWith(".CHECKSUM", StringComparison.OrdinalIgnoreCase);

    private static MemoryStream Whole(string name, Stream file, CancellationToken cancellationToken)
    {
        var whole = new MemoryStream();
        var block = new byte[64 * 1024];
        while (file.Read(block) is > 0 and var count)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (whole.Length + count > LargestUnseekableZip)
                throw new CandleFileException(name, null, $"A zip archive from a pipe may have {LargestUnseekableZip:N0} bytes at most. Save it as a file first.");
            whole.Write(block, 0, count);
        }

        whole.Position = 0;
        return whole;
    }
}
