using System.Globalization;
using Omega.Cli.Screen;
using Omega.Trading;

namespace Omega.Cli.Commands.Data;

/// <summary>The report on a file of candles, for people.</summary>
internal static class ReportText
{
    private const int MostGaps = 10;

    public static void Write(Terminal terminal, CandleFileReport report)
    {
        Row("file", $"{report.File} ({(report.Packing == CandleFilePacking.None ? "" : $"{report.Packing.ToString().ToLowerInvariant()}, ")}{Number(report.Bytes)} bytes of CSV{(report.HasHeader ? "" : " without a header")})");
        Row("columns", $"{string.Join(", ", report.Columns)}; times in {Times(report.TimeForms)}");
        Row("order", report.WasReversed ? "newest first; read in reverse" : "oldest first");
        Row("timeframe", $"{report.Timeframe}{(report.IsTimeframeInferred ? ", the most common distance" : ", as asked for")}");
        Row("from", $"{Moment(report.From)} UTC");
        Row("to", $"{Moment(report.To)} UTC (opens)");
        Row("candles", $"{Number(report.Candles)} of {Number(report.Rows)} rows");
        Row("bad rows", report.BadRows == 0 ? "none" : $"{Number(report.BadRows)}: {string.Join(", ", report.BadRowsByKind.OrderBy(kind => kind.Key).Select(kind => $"{Number(kind.Value)} {Words(kind.Key)}"))}");
        foreach (var row in report.ListedRows)
            Row("", $"line {row.Line}: {row.Reason}");
        if (report.BadRows > report.ListedRows.Count)
            Row("", $"… and {Number(report.BadRows - report.ListedRows.Count)} more");
        Row("gaps", report.Missing == 0 ? "none" : $"{Number(report.MissingRanges.Count)} with {Number(report.Missing)} candles missing");
        foreach (var range in report.MissingRanges.Take(MostGaps))
            Row("", $"{Moment(range.FirstTime)}{(range.Count == 1 ? "" : $" to {Moment(range.LastTime)}")}: {Number(range.Count)}");
        if (report.MissingRanges.Count > MostGaps)
            Row("", $"… and {Number(report.MissingRanges.Count - MostGaps)} more; --json lists all");
        Row("source", report.Source);
        Row("sha256", $"{report.Sha256} (of the candles)");
        foreach (var note in report.Notes)
            terminal.Marked("note", note, Tone.Dim);

        void Row(string name, string text) => terminal.OutputLine($"{name,-10}  {PlainText.Clean(text)}");
    }

    /// <summary><c>2024-02-29 13:00</c>.</summary>
    public static string Moment(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary><c>out_of_order</c>, as JSON names it.</summary>
    public static string Name(BadRowKind kind) => Words(kind).Replace(' ', '_');

    private static string Words(BadRowKind kind) => string.Concat(kind.ToString().Select((letter, i) => char.IsUpper(letter) ? $"{(i == 0 ? "" : " ")}{char.ToLowerInvariant(letter)}" : letter.ToString()));

    private static string Times(CandleTimeForms forms) => string.Join(" and ", Names(forms).Select(name => name == "iso8601" ? "ISO 8601" : name));

    /// <summary><c>seconds, iso8601</c>, as JSON names them.</summary>
    public static IEnumerable<string> Names(CandleTimeForms forms) =>
        Enum.GetValues<CandleTimeForms>().Where(form => form != CandleTimeForms.None && forms.HasFlag(form)).Select(form => form.ToString().ToLowerInvariant());

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
