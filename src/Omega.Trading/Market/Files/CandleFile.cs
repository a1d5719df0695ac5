using System.IO.Compression;

namespace Omega.Trading;

/// <summary>
/// Candles in CSV files: read in every form that exchanges and collectors write, validated row by row, and written atomically. Reading:
/// a header in any order of columns, or the exchange archives' form without one; times in seconds, milliseconds or microseconds by
/// magnitude, or ISO 8601; plain, gzip or zip by the first bytes; newest first or oldest first. Thread-safe.
/// </summary>
public static class CandleFile
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="progress">Told every 16,384 lines how far the reading is, on the reading thread's own time.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="CandleFileException">The file cannot be read, holds no candles, or is refused; the message says which file, line and why.</exception>
    public static CandleFileResult Read(string path, CandleFileOptions? options = null, IProgress<CandleFileProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        using var file = Open(path);
        return Read(file, path, options, progress, cancellationToken);
    }

    /// <summary>Reads a stream from where it is to its end. It is not closed.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="progress">Told every 16,384 lines how far the reading is, on the reading thread's own time.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="CandleFileException">The stream cannot be read, holds no candles, or is refused; the message says which line and why.</exception>
    public static CandleFileResult Read(Stream stream, string name, CandleFileOptions? options = null, IProgress<CandleFileProgress>? progress = null, CancellationToken cancellationToken = default) =>
        new CandleFileReader(name, stream, options ?? new CandleFileOptions(), progress, cancellationToken).Read();

    /// <summary>
    /// Writes a series as CSV, gzip-packed where the path ends in <c>.gz</c>. The file appears whole or not at all; one that is there is
    /// replaced. Numbers are written so that reading yields the same to the bit.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="series">The candles.</param>
    /// <param name="cancellationToken">Stops the writing and leaves nothing behind.</param>
    /// <exception cref="CandleFileException">The file cannot be written.</exception>
    public static void Write(string path, CandleSeries series, CancellationToken cancellationToken = default) => ReplacedFile.Write(path, file =>
    {
        if (!path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
        {
            Write(file, series, cancellationToken);
            return;
        }

        using var packed = new GZipStream(file, CompressionLevel.Optimal, leaveOpen: true);
        Write(packed, series, cancellationToken);
    });

    /// <summary>
    /// Writes a series as CSV: <c>time,open,high,low,close,volume</c>, times in ISO 8601; resampled series have a column <c>parts</c>.
    /// </summary>
    /// <param name="stream">Where to; it is not closed.</param>
    /// <param name="series">The candles.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    public static void Write(Stream stream, CandleSeries series, CancellationToken cancellationToken = default) => CandleCsv.Write(stream, series, null, cancellationToken);

    private static FileStream Open(string path)
    {
        try
        {
            // The reader has a buffer of its own.
            return new FileStream(path, new FileStreamOptions { BufferSize = 0, Options = FileOptions.SequentialScan });
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CandleFileException(path, null, "There is no such file.", exception);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new CandleFileException(path, null, Directory.Exists(path) ? "This is a folder. Name a file in it." : "The file may not be read.", exception);
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or NotSupportedException)
        {
            throw new CandleFileException(path, null, exception.Message, exception);
        }
    }
}
