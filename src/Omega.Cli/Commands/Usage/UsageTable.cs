using System.Globalization;
using Omega.Cli.Screen;
using Omega.Cli.Turns;
using Omega.Gpt;

namespace Omega.Cli.Commands.Usage;

/// <summary>
/// A report for people: a line and a bar for each group, then everything together. <c>~</c> marks what is estimated, <c>≥</c> money without the
/// calls whose price is unknown.
/// </summary>
internal static class UsageTable
{
    /// <summary>Lines that are shown; the rest is counted.</summary>
    private const int MostLines = 100;

    private const int BarColumns = 12;

    public static void Write(Terminal terminal, UsageReport report)
    {
        var shown = report.By == UsageGroup.Day ? report.Lines.Skip(Math.Max(0, report.Lines.Count - MostLines)).ToList() : [.. report.Lines.Take(MostLines)];
        var columns = Fitting(Columns(report, shown), shown, terminal.IsOutputTerminal ? terminal.Width : int.MaxValue);
        var table = new TextTable([.. columns.Select(column => new TextColumn(column.Name, column.Right, Flexible: !column.Right))]);
        foreach (var line in shown)
            table.Add([.. columns.Select(column => column.Cell(line))]);
        foreach (var row in table.Lines(terminal))
            terminal.OutputLine(row);
        if (report.Lines.Count > shown.Count)
            terminal.OutputLine($"{Count(report.Lines.Count - shown.Count)} more; all of them: --json or --csv");
        terminal.OutputLine("");
        foreach (var sentence in Sentences(report.Total))
            terminal.OutputLine(sentence);
    }

    /// <summary>The totals in words.</summary>
    internal static IEnumerable<string> Sentences(UsageLine total)
    {
        yield return $"{Plural(total.Turns, "turn")} · {Plural(total.Attempts, "call")} of models · {Count(total.InputTokens)} tokens in{Cached(total)}, {Count(total.OutputTokens)} out";
        var unpriced = total.Unpriced > 0 ? $" · {Plural(total.Unpriced, "call")} whose price is unknown" : "";
        var saved = total.SavedUsd > 0 ? $" · prompt caches saved ${Money(total.SavedUsd)}" : "";
        yield return $"{Cost(total)}{saved}{unpriced}";
        if (total.FirstToken is { } first)
        {
            var speed = total.TokensPerSecond is { } rate ? $" · {rate.ToString("0", CultureInfo.InvariantCulture)} tokens/s" : "";
            yield return $"first token after {TurnFooter.Seconds(first.P50)} (median), {TurnFooter.Seconds(first.P95)} (95 of 100), {TurnFooter.Seconds(first.P99)} (99 of 100){speed}";
        }

        if (total.Queue is { P99: > 0 } queue)
            yield return $"waited for its turn {TurnFooter.Seconds(queue.P50)} (median), {TurnFooter.Seconds(queue.P95)} (95 of 100), {TurnFooter.Seconds(queue.P99)} (99 of 100)";

        var calls = total.FunctionCalls is > 0 ? $" · {Count(total.FunctionFailures!.Value)} of {Plural(total.FunctionCalls.Value, "function call")} failed ({Percent(total.FunctionFailureRate!.Value)})" : "";
        yield return $"{Percent(total.ErrorRate)} failed · {Percent(total.InterruptionRate)} broke off · {Percent(total.RetryRate)} were repeats{calls}";
        if (total.Open > 0)
            yield return $"{Plural(total.Open, "call")} still open, or ended by the end of its process: taken to have cost what was reserved (omega usage open)";
    }

    /// <summary>A bar of eighths of a column.</summary>
    internal static string Bar(decimal part, decimal most)
    {
        if (most <= 0 || part <= 0)
            return "";
        var eighths = Math.Max(1, (int)Math.Round(part / most * BarColumns * 8));
        return new string('█', eighths / 8) + (eighths % 8 == 0 ? "" : "▏▎▍▌▋▊▉"[eighths % 8 - 1].ToString());
    }

    /// <summary>The columns, each with how soon it gives way on a narrow terminal: 0 never does.</summary>
    private static List<UsageColumn> Columns(UsageReport report, List<UsageLine> shown)
    {
        var most = shown.Count > 0 ? shown.Max(line => line.CostUsd) : 0;
        List<UsageColumn> columns =
        [
            new(report.By.ToString().ToLowerInvariant(), 0, line => NameOf(line, report.By), Right: false),
            new("turns", 0, line => Count(line.Turns)),
            new("calls", 6, line => Count(line.Attempts)),
            new("tokens in", 3, line => Count(line.InputTokens)),
            new("cached", 8, line => line.InputTokens > 0 ? Percent((double)line.CacheReadTokens / line.InputTokens) : ""),
            new("out", 2, line => Count(line.OutputTokens)),
            new("cost", 0, Cost),
            new("", 1, line => Bar(line.CostUsd, most), Right: false),
            new("first p50", 4, line => Time(line.FirstToken?.P50)),
            new("p95", 5, line => Time(line.FirstToken?.P95)),
            new("p99", 11, line => Time(line.FirstToken?.P99)),
            new("tok/s", 7, line => line.TokensPerSecond?.ToString("0", CultureInfo.InvariantCulture) ?? ""),
            new("failed", 4, line => Rate(line.Failed, line.ErrorRate)),
            new("cut", 9, line => Rate(line.Interrupted, line.InterruptionRate)),
            new("repeats", 10, line => Rate(line.Retries, line.RetryRate)),
        ];
        if (report.Total.Queue is { P99: > 0 })
            columns.Add(new("queue p95", 13, line => Time(line.Queue?.P95)));
        if (report.Total.FunctionCalls > 0 && shown.Exists(line => line.FunctionCalls is not null))
        {
            columns.Add(new("functions", 9, line => Count(line.FunctionCalls ?? 0)));
            columns.Add(new("fail", 12, line => Rate(line.FunctionFailures ?? 0, line.FunctionFailureRate ?? 0)));
        }

        return columns;
    }

    private static List<UsageColumn> Fitting(List<UsageColumn> columns, List<UsageLine> shown, int width)
    {
        var widths = columns.ToDictionary(column => column, column => Math.Max(PlainText.Columns(column.Name), shown.Select(line => PlainText.Columns(column.Cell(line))).DefaultIfEmpty().Max()));
        while (columns.Sum(column => widths[column] + 2) - 2 > width && columns.MaxBy(column => column.GivesWay) is { GivesWay: > 0 } first)
            columns.Remove(first);
        return columns;
    }

    private static string NameOf(UsageLine line, UsageGroup by) => line.Name.Length > 0 ? line.Name : by switch
    {
        UsageGroup.Function => "(no function)",
        UsageGroup.Key => "(no key id)",
        _ => "(none)",
    };

    // What is not known is not cheap.
    private static string Cost(UsageLine line) => line switch
    {
        { Unpriced: > 0 } when line.Unpriced == line.Attempts => "?",
        { Unpriced: > 0 } => "≥$" + Money(line.CostUsd),
        { IsCostEstimated: true } => "~$" + Money(line.CostUsd),
        _ => "$" + Money(line.CostUsd),
    };

    private static string Cached(UsageLine line) => line.CacheReadTokens > 0 && line.InputTokens > 0 ? $" ({Percent((double)line.CacheReadTokens / line.InputTokens)} from the cache)" : "";

    internal static string Money(decimal usd) => usd.ToString(usd is > 0 and < 0.0001m ? "0.00######" : "#,0.0000", CultureInfo.InvariantCulture);

    private static string Time(double? milliseconds) => milliseconds is { } some ? TurnFooter.Seconds(some) : "";

    private static string Rate(long count, double rate) => count == 0 ? "" : Percent(rate);

    private static string Percent(double part) => (part * 100).ToString(part is > 0 and < 0.1 ? "0.0" : "0", CultureInfo.InvariantCulture) + " %";

    private static string Plural(long count, string thing) => $"{Count(count)} {thing}{(count == 1 ? "" : "s")}";

    private static string Count(long count) => count switch
    {
        < 100_000 => count.ToString("#,0", CultureInfo.InvariantCulture),
        < 10_000_000 => (count / 1_000.0).ToString("#,0", CultureInfo.InvariantCulture) + "k",
        _ => (count / 1_000_000.0).ToString("#,0.0", CultureInfo.InvariantCulture) + "M",
    };
}

/// <summary>A column of the table.</summary>
/// <param name="Name">Its header.</param>
/// <param name="GivesWay">The higher, the sooner it is left out where there is no room; 0 never is.</param>
/// <param name="Cell">What it says of a line.</param>
/// <param name="Right">Whether it stands at the right.</param>
internal sealed record UsageColumn(string Name, int GivesWay, Func<UsageLine, string> Cell, bool Right = true);
