using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Omega.Cli.Screen;
using Omega.Trading;

namespace Omega.Cli.Commands.Data;

/// <summary>What the data commands found and did, as JSON objects.</summary>
internal static class DataJson
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, NewLine = "\n" };

    public static void Write(Terminal terminal, Action<Utf8JsonWriter> fields)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Indented))
        {
            json.WriteStartObject();
            fields(json);
            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        terminal.Output(buffer.WrittenSpan);
    }

    /// <summary>The report on a file.</summary>
    public static Action<Utf8JsonWriter> Report(CandleFileReport report) => json =>
    {
        json.WriteString("file", report.File);
        json.WriteString("packing", report.Packing.ToString().ToLowerInvariant());
        json.WriteBoolean("header", report.HasHeader);
        Array(json, "columns", report.Columns, static (json, column) => json.WriteStringValue(column));
        Array(json, "time_forms", ReportText.Names(report.TimeForms), static (json, form) => json.WriteStringValue(form));
        json.WriteBoolean("newest_first", report.WasReversed);
        json.WriteString("timeframe", report.Timeframe.ToString());
        json.WriteBoolean("timeframe_inferred", report.IsTimeframeInferred);
        json.WriteString("from", Moment(report.From));
        json.WriteString("to", Moment(report.To));
        json.WriteNumber("bytes", report.Bytes);
        json.WriteNumber("rows", report.Rows);
        json.WriteNumber("candles", report.Candles);
        BadRows(json, report);
        Missing(json, report.Missing, report.MissingRanges);
        json.WriteString("source", report.Source);
        json.WriteString("data_sha256", report.Sha256);
        Array(json, "notes", report.Notes, static (json, note) => json.WriteStringValue(note));
    };

    /// <summary>What an import did.</summary>
    public static Action<Utf8JsonWriter> Import(CandleImport import, CandleFileReport report) => json =>
    {
        json.WriteString("file", report.File);
        Series(json, import.Series);
        json.WriteNumber("added", import.Added);
        json.WriteNumber("unchanged", import.Unchanged);
        json.WriteNumber("differing", import.Differing);
        json.WriteNumber("replaced", import.Replaced);
        BadRows(json, report);
        Missing(json, import.Series.MissingCount, import.Series.MissingRanges);
    };

    /// <summary>What a resampling did.</summary>
    public static Action<Utf8JsonWriter> Resampling(string path, CandleSeries series, CandleFileReport report) => json =>
    {
        json.WriteString("file", report.File);
        json.WriteString("output", path);
        json.WriteString("from_timeframe", report.Timeframe.ToString());
        json.WriteNumber("from_candles", report.Candles);
        Series(json, series);
        json.WriteNumber("expected_parts", series.ExpectedParts);
        json.WriteNumber("incomplete", ResampleDataCommand.Incomplete(series));
        BadRows(json, report);
        Missing(json, series.MissingCount, series.MissingRanges);
    };

    private static void Series(Utf8JsonWriter json, CandleSeries series)
    {
        json.WriteString("source", series.Source);
        json.WriteString("timeframe", series.Timeframe.ToString());
        json.WriteNumber("candles", series.Count);
        json.WriteString("from", Moment(series[0].OpenTime));
        json.WriteString("to", Moment(series[^1].OpenTime));
    }

    private static void BadRows(Utf8JsonWriter json, CandleFileReport report)
    {
        json.WriteStartObject("bad_rows");
        json.WriteNumber("count", report.BadRows);
        json.WriteStartObject("by_kind");
        foreach (var (kind, count) in report.BadRowsByKind.OrderBy(kind => kind.Key))
            json.WriteNumber(ReportText.Name(kind), count);
        json.WriteEndObject();
        Array(json, "first", report.ListedRows, static (json, row) =>
        {
            json.WriteStartObject();
            json.WriteNumber("line", row.Line);
            json.WriteString("kind", ReportText.Name(row.Kind));
            json.WriteString("reason", row.Reason);
            json.WriteEndObject();
        });
        json.WriteEndObject();
    }

    private static void Missing(Utf8JsonWriter json, long count, IReadOnlyList<MissingRange> ranges)
    {
        json.WriteNumber("missing", count);
        Array(json, "missing_ranges", ranges, static (json, range) =>
        {
            json.WriteStartObject();
            json.WriteString("first", Moment(range.FirstTime));
            json.WriteString("last", Moment(range.LastTime));
            json.WriteNumber("count", range.Count);
            json.WriteEndObject();
        });
    }

    private static void Array<T>(Utf8JsonWriter json, string name, IEnumerable<T> values, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
            write(json, value);
        json.WriteEndArray();
    }

    // Every timeframe begins on a whole minute.
    private static string Moment(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
