namespace Omega.Trading;

/// <summary>How a file is packed.</summary>
public enum CandleFilePacking
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>gzip (<c>.gz</c>).</summary>
    Gzip,

    /// <summary>A zip archive with one file inside.</summary>
    Zip,
}

/// <summary>How times are written; a file may mix them.</summary>
[Flags]
public enum CandleTimeForms
{
    /// <summary>None was seen.</summary>
    None = 0,

    /// <summary>Seconds since 1970-01-01 UTC.</summary>
    Seconds = 1,

    /// <summary>Milliseconds since then.</summary>
    Milliseconds = 2,

    /// <summary>Microseconds since then.</summary>
    Microseconds = 4,

    /// <summary>ISO 8601, UTC where no offset is given.</summary>
    Iso8601 = 8,
}

/// <summary>What a file of candles turned out to be.</summary>
public sealed record CandleFileReport
{
    /// <summary>The file's path, or the name given to the stream.</summary>
    public required string File { get; init; }

    /// <summary>How the file is packed.</summary>
    public required CandleFilePacking Packing { get; init; }

    /// <summary>Whether the first row names the columns.</summary>
    public required bool HasHeader { get; init; }

    /// <summary>The columns used, in the file's order: <c>time, open, close, high, low, volume</c>.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>How times are written.</summary>
    public required CandleTimeForms TimeForms { get; init; }

    /// <summary>Bytes read, after inflation.</summary>
    public required long Bytes { get; init; }

    /// <summary>Rows of data, good and bad.</summary>
    public required long Rows { get; init; }

    /// <summary>Rows that became candles.</summary>
    public required int Candles { get; init; }

    /// <summary>Rows that did not.</summary>
    public required long BadRows { get; init; }

    /// <summary>The bad rows by kind; kinds that did not occur are absent.</summary>
    public required IReadOnlyDictionary<BadRowKind, long> BadRowsByKind { get; init; }

    /// <summary>The first bad rows of each kind, by line.</summary>
    public required IReadOnlyList<BadRow> ListedRows { get; init; }

    /// <summary>Whether the file began with the newest candle; the series is oldest first all the same.</summary>
    public required bool WasReversed { get; init; }

    /// <summary>The period of each candle.</summary>
    public required Timeframe Timeframe { get; init; }

    /// <summary>Whether the timeframe is the most common distance rather than the one asked for.</summary>
    public required bool IsTimeframeInferred { get; init; }

    /// <summary>Open time of the first candle.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Open time of the last candle.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>Where candles are missing between the first and the last.</summary>
    public required IReadOnlyList<MissingRange> MissingRanges { get; init; }

    /// <summary>How many candles are missing.</summary>
    public required long Missing { get; init; }

    /// <summary>SHA-256 of the candles (not of the file): see <see cref="CandleSeries.ComputeSha256"/>.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Where the candles come from, as the series says it.</summary>
    public required string Source { get; init; }

    /// <summary>What else a person should know.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}

/// <summary>Candles read from a file, and what the file was like.</summary>
/// <param name="Series">The candles.</param>
/// <param name="Report">The report.</param>
public sealed record CandleFileResult(CandleSeries Series, CandleFileReport Report);

/// <summary>How far the reading of a file is.</summary>
/// <param name="Bytes">Bytes of the file read so far, as it is packed.</param>
/// <param name="TotalBytes">All of them; null where that is not known.</param>
/// <param name="Rows">Rows read so far.</param>
public readonly record struct CandleFileProgress(long Bytes, long? TotalBytes, long Rows);
