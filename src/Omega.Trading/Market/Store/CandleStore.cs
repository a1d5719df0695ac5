using System.Globalization;
using System.Text;

namespace Omega.Trading;

/// <summary>
/// Imported candles, kept in files by source and timeframe: <c>{folder}/candles/{source}/{timeframe}.csv</c>. Candles of one source never
/// mix with those of another. Several processes may use one folder; of two that write the same candles at once, one is refused.
/// </summary>
public sealed class CandleStore
{
    private const string Marker = "omega candles ";
    private const int LongestSource = 100;
    private const int LongestFirstLine = 1024;

    private readonly string _folder;

    /// <summary>Nothing is read or written yet.</summary>
    /// <param name="folder">The data folder.</param>
    public CandleStore(string folder) => _folder = Path.Combine(folder, "candles");

    /// <summary>Adds candles to those of their source and timeframe.</summary>
    /// <param name="series">The candles; a resampled series only where every candle is complete.</param>
    /// <param name="replace">Whether candles that are kept already give way where they differ; otherwise the kept ones stay.</param>
    /// <param name="cancellationToken">Stops it and leaves everything as it was.</param>
    /// <exception cref="TradingException">What is kept is damaged or of another source, or the candles cannot be kept.</exception>
    public CandleImport Save(CandleSeries series, bool replace = false, CancellationToken cancellationToken = default)
    {
        var path = PathOf(series.Source, series.Timeframe);
        CreateFolder(Path.GetDirectoryName(path)!);
        using var only = Lock(path);
        var kept = Load(series.Source, series.Timeframe, cancellationToken);
        var merged = CandleMerge.Join(kept, series, replace);
        if (merged.Added + merged.Replaced > 0)
            ReplacedFile.Write(path, file => CandleCsv.Write(file, merged.Series, Comment(series.Source, series.Timeframe), cancellationToken));
        return merged;
    }

    /// <summary>All candles of a source and timeframe; null where there are none.</summary>
    /// <param name="source">The source, as given when they were saved.</param>
    /// <param name="timeframe">Their timeframe.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="TradingException">The file is damaged, or holds candles of another source or timeframe.</exception>
    public CandleSeries? Load(string source, Timeframe timeframe, CancellationToken cancellationToken = default)
    {
        var path = PathOf(source, timeframe);
        if (!File.Exists(path))
            return null;
        RefuseOthers(path, Comment(source, timeframe));
        return CandleFile.Read(path, new CandleFileOptions { Timeframe = timeframe, Source = source, Strict = true, MaxBytes = long.MaxValue }, null, cancellationToken).Series;
    }

    /// <summary>What is kept, by source and timeframe. Files that are not the store's are passed over.</summary>
    /// <exception cref="TradingException">The folder or a file in it cannot be read.</exception>
    public IReadOnlyList<(string Source, Timeframe Timeframe)> List()
    {
        if (!Directory.Exists(_folder))
            return [];
        var kept = new List<(string Source, Timeframe Timeframe)>();
        foreach (var path in Files())
        {
            if (Timeframe.TryParse(Path.GetFileNameWithoutExtension(path), out var timeframe) && SourceIn(path, timeframe) is { } source && IsSound(source) && PathOf(source, timeframe) == path)
                kept.Add((source, timeframe));
        }

        return [.. kept.OrderBy(entry => entry.Source, StringComparer.Ordinal).ThenBy(entry => entry.Timeframe.Milliseconds)];
    }

    /// <summary>The file of a source and timeframe, there or not.</summary>
    /// <exception cref="TradingException">The source is empty, too long, or holds control characters.</exception>
    internal string PathOf(string source, Timeframe timeframe)
    {
        if (!IsSound(source))
            throw new TradingException($"The source \"{Printable.Text(source)}\" cannot name a folder: it must have 1 to {LongestSource} characters, none of them control characters.");
        return Path.Combine(_folder, Escaped(source), $"{timeframe}.csv");
    }

    private string[] Files()
    {
        try
        {
            return Directory.GetFiles(_folder, "*.csv", SearchOption.AllDirectories);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CandleFileException(_folder, null, exception.Message, exception);
        }
    }

    private static bool IsSound(string source) => source.Length is > 0 and <= LongestSource && !source.Any(char.IsControl);

    // Readable, and one folder for each source: what is neither letter nor digit but the usual ':' and '/' is written as %xx. Where a file
    // system ignores case, the first line of the file still tells sources apart.
    private static string Escaped(string source)
    {
        var name = new StringBuilder();
        foreach (var letter in Encoding.UTF8.GetBytes(source))
        {
            switch (letter)
            {
                case (byte)':':
                    name.Append('_');
                    break;
                case (byte)'/':
                    name.Append('-');
                    break;
                default:
                    if (char.IsAsciiLetterOrDigit((char)letter))
                        name.Append((char)letter);
                    else
                        name.Append('%').Append(letter.ToString("x2", CultureInfo.InvariantCulture));
                    break;
            }
        }

        return name.ToString();
    }

    private static string Comment(string source, Timeframe timeframe) => $"{Marker}{timeframe} {source}";

    private static void RefuseOthers(string path, string comment)
    {
        var found = FirstLine(path);
        if (found != $"# {comment}")
            throw new CandleFileException(path, 1, $"The file is not what it should be: it begins with \"{Printable.Text(found)}\" instead of \"# {comment}\". Candles of different sources do not mix; move the file away and import again.");
    }

    private static string? SourceIn(string path, Timeframe timeframe)
    {
        var start = $"# {Marker}{timeframe} ";
        return FirstLine(path) is var line && line.StartsWith(start, StringComparison.Ordinal) && line.Length > start.Length ? line[start.Length..] : null;
    }

    private static string FirstLine(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            var start = new byte[LongestFirstLine];
            var count = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
            var line = start.AsSpan(0, count);
            return Encoding.UTF8.GetString(line.IndexOf((byte)'\n') is var end and >= 0 ? line[..end] : line);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CandleFileException(path, null, exception.Message, exception);
        }
    }

    private static FileStream Lock(string path)
    {
        try
        {
            return new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CandleFileException(path, null, $"Another import is writing these candles, or the folder cannot be written: {exception.Message}", exception);
        }
    }

    private static void CreateFolder(string path)
    {
        try
        {
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(path);
            else
                Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CandleFileException(path, null, $"The folder cannot be made: {exception.Message}", exception);
        }
    }
}
