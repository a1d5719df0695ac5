using System.Globalization;

namespace Omega.Trading.Backtesting;

/// <summary>A figure of each column, with what it means.</summary>
/// <param name="Name">Its name in the report's JSON and notes, such as <c>max_drawdown</c>; of a difference, a name of its own.</param>
/// <param name="Label">Its name for people, such as <c>deepest drawdown</c>.</param>
/// <param name="Definition">What it is, in a sentence.</param>
/// <param name="Cells">A text for each column; empty where the figure has no meaning there, <c>-</c> where it cannot be computed.</param>
public sealed record ReportRow(string Name, string Label, string Definition, IReadOnlyList<string> Cells);

/// <summary>Figures that belong together.</summary>
/// <param name="Name">Such as <c>risk</c>.</param>
/// <param name="Rows">The figures.</param>
public sealed record ReportGroup(string Name, IReadOnlyList<ReportRow> Rows);

/// <summary>Every figure of one or more back-tests side by side, with buying and holding beside them, as texts for people. Immutable.</summary>
public sealed class ReportTable
{
    private ReportTable(IReadOnlyList<string> columns, IReadOnlyList<ReportGroup> groups) => (Columns, Groups) = (columns, groups);

    /// <summary>
    /// Heads of the columns: the strategies, then <c>buy and hold</c> where it was computed. A strategy that is there more than once has
    /// the values of its parameters behind its name.
    /// </summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The figures, grouped.</summary>
    public IReadOnlyList<ReportGroup> Groups { get; }

    /// <summary>The table of back-tests over the same window.</summary>
    /// <param name="reports">At least one; the columns keep their order.</param>
    /// <exception cref="TradingException">There is none, or they are of different windows.</exception>
    public static ReportTable Of(params IReadOnlyList<BacktestReport> reports)
    {
        if (reports.Count == 0)
            throw new TradingException("There is no report to make a table of.");
        if (reports.FirstOrDefault(report => report.From != reports[0].From || report.Timeframe != reports[0].Timeframe) is { } other)
            throw new TradingException($"The reports are of different windows: from {reports[0].From:O} by {reports[0].Timeframe}, and from {other.From:O} by {other.Timeframe}. Run them over the same.");

        // A run that was ruined ends early, and its benchmark with it.
        var longest = reports.MaxBy(report => report.BuyAndHold is null ? 0 : report.Bars)!;
        string[] columns = [.. reports.Select(report => Head(report, reports)), .. longest.BuyAndHold is null ? (string[])[] : ["buy and hold"]];
        var currency = reports[0].Instrument?.Quote;
        var groups = new List<ReportGroup>();
        foreach (var (name, figures) in ReportFigures.Groups)
        {
            ReportRow[] rows = [.. figures.Where(figure => reports.Any(figure.IsThere)).Select(figure => Row(figure, reports, longest.BuyAndHold, currency))];
            if (rows.Length > 0)
                groups.Add(new(name, rows));
        }

        return new(columns, groups);
    }

    private static string Head(BacktestReport report, IReadOnlyList<BacktestReport> reports) => reports.Count(other => other.Strategy == report.Strategy) == 1
        ? report.Strategy
        : $"{report.Strategy} {string.Join('/', report.Parameters.Values.Select(value => value.ToString("R", CultureInfo.InvariantCulture)))}".TrimEnd();

    private static ReportRow Row(ReportFigure figure, IReadOnlyList<BacktestReport> reports, PerformanceStatistics? hold, string? currency)
    {
        string[] cells = [.. reports.Select(figure.Of), .. hold is null ? (string[])[] : [figure.OfHolding(hold)]];
        return new(figure.Name, figure.IsMoney && currency is not null ? $"{figure.Label}, {currency}" : figure.Label, figure.Definition, cells);
    }
}
