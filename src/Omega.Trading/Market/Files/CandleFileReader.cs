namespace Omega.Trading;

/// <summary>Reads one file: packing, header, rows, order, timeframe, and the report of all that.</summary>
internal sealed class CandleFileReader(string name, Stream stream, CandleFileOptions options, IProgress<CandleFileProgress>? progress, CancellationToken cancellationToken)
{
    private const int MostPreambleLines = 10;
    private const int UsualRowBytes = 48;
    private const int UsualPackedRowBytes = 16;
    private const int MostExpectedRows = 4 << 20;
    private const int LinesBetweenReports = 1 << 14;

    private readonly BadRowLog _bad = new(options.MaxListedRows);
    private readonly List<string> _notes = [];
    private CandleTimeForms _forms;
    private long _count;

    /// <exception cref="CandleFileException">The file cannot be read, holds no candles, or is refused.</exception>
    public CandleFileResult Read()
    {
        using var input = CandleInput.Open(name, stream, options.MaxBytes, cancellationToken);
        using var lines = new CandleLines(input, options.MaxRowBytes);
        var layout = FindLayout(lines, out var first);
        var rows = new CandleRows(Expected(input));
        if (!layout.HasHeader)
            Take(first, lines, layout, rows);
        while (lines.TryRead(out var line))
        {
            if (lines.Number % LinesBetweenReports == 0)
                Report(input);
            if (!IsBlank(line))
                Take(line, lines, layout, rows);
        }

        Report(input);
        if (_count == 0)
            throw new CandleFileException(name, null, "The file holds no rows of data.");
        var isReversed = RowOrder.Settle(rows, _bad);
        RefuseEmpty(rows);
        var timeframe = RowGrid.Settle(name, rows, options.Timeframe, _bad, _notes);
        RefuseEmpty(rows);
        RefuseStrictly();
        return Result(input, layout, rows, isReversed, timeframe);
    }

    private CsvLayout FindLayout(CandleLines lines, out ReadOnlySpan<byte> first)
    {
        var skipped = 0;
        while (lines.TryRead(out first))
        {
            if (lines.Number == 1 && first.StartsWith("\uFEFF"u8))
                first = first[3..];
            if (IsBlank(first))
                continue;
            if (lines.IsTooLong)
                throw new CandleFileException(name, lines.Number, $"The first row is longer than {options.MaxRowBytes:N0} bytes. This is no CSV of candles.");
            if (CsvLayout.IsPreamble(first) && skipped < MostPreambleLines)
            {
                skipped++;
                _notes.Add($"Line {lines.Number} above the data was skipped: {Printable.Text(first)}");
                continue;
            }

            return CsvLayout.WithoutHeader(first) ?? CsvLayout.FromHeader(first, out var fault) ?? throw new CandleFileException(name, lines.Number, fault);
        }

        throw new CandleFileException(name, null, lines.Number == 0 ? "The file is empty." : "The file holds no rows.");
    }

    private void Take(ReadOnlySpan<byte> line, CandleLines lines, CsvLayout layout, CandleRows rows)
    {
        if (++_count > options.MaxRows)
            throw new CandleFileException(name, lines.Number, $"The file has more than {options.MaxRows:N0} rows, the most that are read. Split it, or allow more ({nameof(CandleFileOptions)}.{nameof(CandleFileOptions.MaxRows)}).");
        if (lines.IsTooLong)
        {
            if (_bad.Add(BadRowKind.TooLong))
                _bad.List(lines.Number, BadRowKind.TooLong, $"The row is longer than {options.MaxRowBytes:N0} bytes.");
            return;
        }

        if (CsvRow.Parse(line, layout, out var candle, ref _forms) is not { } fault)
            rows.Add(candle, lines.Number);
        else if (_bad.Add(fault.Kind))
            _bad.List(lines.Number, fault.Kind, CsvRow.Describe(line, layout, fault, candle));
    }

    private void Report(CandleInput input)
    {
        if (progress is null)
            return;
        var (position, length) = input.FilePosition;
        progress.Report(new CandleFileProgress(position, length, _count));
    }

    private int Expected(CandleInput input) => input.FilePosition.Length is { } length
        ? (int)Math.Min(length / (input.Packing == CandleFilePacking.None ? UsualRowBytes : UsualPackedRowBytes), Math.Min(MostExpectedRows, options.MaxRows))
        : 0;

    private void RefuseEmpty(CandleRows rows)
    {
        if (rows.Count == 0)
            throw Refusal($"None of the {_count:N0} rows is a candle.");
    }

    private void RefuseStrictly()
    {
        if (options.Strict && _bad.Count > 0)
            throw Refusal($"The file is refused: {_bad.Count:N0} of {_count:N0} rows {(_bad.Count == 1 ? "is" : "are")} bad, and strict reading was asked for.");
    }

    private CandleFileException Refusal(string message)
    {
        var (first, detail) = (_bad.Rows is [var row, ..] ? row : null, message);
        if (first is not null)
            detail += $" The first: {first.Reason}";
        return new CandleFileException(name, first?.Line, detail) { BadRows = _bad.Rows };
    }

    private CandleFileResult Result(CandleInput input, CsvLayout layout, CandleRows rows, bool isReversed, Timeframe timeframe)
    {
        var series = new CandleSeries(timeframe, "", rows.ToColumns(), 0, rows.Count);
        var sha256 = series.ComputeSha256();
        series = series.From(options.Source ?? $"replay:{sha256[..16]}");
        var report = new CandleFileReport
        {
            File = name,
            Packing = input.Packing,
            HasHeader = layout.HasHeader,
            Columns = layout.Names,
            TimeForms = _forms,
            Bytes = input.Bytes,
            Rows = _count,
            Candles = series.Count,
            BadRows = _bad.Count,
            BadRowsByKind = _bad.Counts,
            ListedRows = _bad.Rows,
            WasReversed = isReversed,
            Timeframe = timeframe,
            IsTimeframeInferred = options.Timeframe is null,
            From = series[0].OpenTime,
            To = series[^1].OpenTime,
            MissingRanges = series.MissingRanges,
            Missing = series.MissingCount,
            Sha256 = sha256,
            Source = series.Source,
            Notes = _notes,
        };
        return new CandleFileResult(series, report);
    }

    private static bool IsBlank(ReadOnlySpan<byte> line) => line.IsEmpty || (line[0] <= ' ' && line.Trim(" \t\r"u8).IsEmpty);
}
