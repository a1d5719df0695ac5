using System.Text;

namespace Omega.Trading.Backtesting;

/// <summary>
/// A back-test as one self-contained page of HTML: no script, nothing fetched from elsewhere, light and dark, fit for paper, and also
/// well-formed XML. Its size is bounded however many bars there are.
/// </summary>
public static class BacktestPage
{
    /// <summary>Writes the page to a file, which appears whole or not at all; one that is there is replaced.</summary>
    /// <param name="path">The file.</param>
    /// <param name="report">The report.</param>
    /// <param name="context">What a reader should know besides; null for nothing.</param>
    /// <exception cref="TradingException">The file cannot be written.</exception>
    public static void Write(string path, BacktestReport report, ReportContext? context = null)
    {
        try
        {
            ReplacedFile.Write(path, file => Write(file, report, context));
        }
        catch (CandleFileException exception)
        {
            // It is not about candles; the message is right all the same.
            throw new TradingException(exception.Message, exception.InnerException);
        }
    }

    /// <summary>Writes the page as UTF-8.</summary>
    /// <param name="stream">Where to; it is not closed.</param>
    /// <param name="report">The report.</param>
    /// <param name="context">What a reader should know besides; null for nothing.</param>
    public static void Write(Stream stream, BacktestReport report, ReportContext? context = null)
    {
        context ??= new();
        using var text = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        var page = new HtmlWriter(text);
        Head(page, report, context);
        EquityCharts.Equity(page, report);
        EquityCharts.Drawdown(page, report);
        MonthlyTable.Write(page, report);
        TradeCharts.Write(page, report);
        PageTables.Figures(page, report);
        PageTables.OtherOrders(page, report, context);
        PageTables.Facts(page, report, context);
        PageTables.Notes(page, report);
        Limits(page, report);
        page.Write($"</main></body></html>\n");
    }

    private static void Head(HtmlWriter page, BacktestReport report, ReportContext context)
    {
        var market = report.Instrument is { } instrument ? $"{instrument}, {report.Timeframe}" : $"{report.Timeframe} candles";
        var file = context.File is { } from ? $"{Path.GetFileName(from.File)}, " : "";
        var parameters = context.Parameters ?? FigureText.Parameters(report.Parameters);
        page.Write($"<!DOCTYPE html>\n<html lang=\"en\" xmlns=\"http://www.w3.org/1999/xhtml\"><head><meta charset=\"utf-8\"/><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"/>");
        page.Write($"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"/><meta name=\"generator\" content=\"Omega\"/>\n");
        page.Write($"<title>{report.Strategy} on {market}: back-test</title>\n<style>\n{PageStyle.Sheet}\n</style></head>\n<body><main>\n");
        page.Write($"<header><h1>{report.Strategy} on {market}</h1>\n<p class=\"soft\">{(parameters.Length > 0 ? $"{parameters}. " : "")}{file}{FigureText.Moment(report.From)} to {FigureText.Moment(report.To)} UTC, {FigureText.Count(report.Bars)} bars. A back-test: what these rules would have done, not what they will do.</p>\n");
        if (report.Source.StartsWith("SIM", StringComparison.Ordinal))
            page.Write($"<p class=\"sim\">SIM: a simulated market, no real prices</p>\n");
        Tiles(page, report);
        page.Write($"</header>\n");
    }

    private static void Tiles(HtmlWriter page, BacktestReport report)
    {
        var (own, hold) = (report.Statistics, report.BuyAndHold);
        page.Write($"<dl class=\"tiles\">\n");
        Tile("Total return", FigureText.Change(own.TotalReturn), "buy and hold", hold is null ? null : FigureText.Change(hold.TotalReturn));
        Tile("Return a year", FigureText.Change(own.Cagr), "buy and hold", hold is null ? null : FigureText.Change(hold.Cagr));
        Tile("Sharpe ratio", FigureText.Ratio(own.Sharpe), "buy and hold", hold is null ? null : FigureText.Ratio(hold.Sharpe));
        Tile("Deepest drawdown", FigureText.Percent(own.MaxDrawdown), "buy and hold", hold is null ? null : FigureText.Percent(hold.MaxDrawdown));
        Tile("Closed trades", FigureText.Count(own.Trades.Count), "of them won", own.Trades.WinRate is { } won ? FigureText.Percent(won) : null);
        Tile("Fees paid", FigureText.Money(own.FeesPaid), "slippage", FigureText.Money(own.SlippagePaid));
        page.Write($"</dl>\n");

        void Tile(string name, string figure, string other, string? value) =>
            page.Write($"<div><dt>{name}</dt><dd>{figure}<small>{(value is null ? "" : other)} <span>{value}</span></small></dd></div>\n");
    }

    /// <summary>What no reader should take from the page.</summary>
    private static void Limits(HtmlWriter page, BacktestReport report)
    {
        page.Write($"<section><h2>What this page does not show</h2>\n<p>It shows what these rules would have done with these candles at these costs, had every order filled as assumed. It does not show what they will do. It knows nothing of orders that move the market, of outages, of taxes, or of a market that changes.</p>\n");
        page.Write($"<p>It cannot know what was tried before. Whoever looks at many rules or parameters and keeps the best one finds a good past by luck alone, and the Sharpe ratio above is then too high.{Belief(report)}</p></section>\n");
    }

    // No surface speaks of an edge unless both deflated ratios exceed 0.95; this one does not even then.
    private static string Belief(BacktestReport report) => report.Overfit switch
    {
        null => "",
        { Dsr: > 0.95, DsrExcess: > 0.95 } sure => $" The two deflated Sharpe ratios are {FigureText.Probability(sure.Dsr)} and, with the market's part taken out, {FigureText.Probability(sure.DsrExcess)}; they count {FigureText.Count(sure.Trials)} {(sure.Trials == 1 ? "trial" : "trials")} and hold only if there were no others.",
        { } unsure => $" The deflated Sharpe ratio is {FigureText.Probability(unsure.Dsr)} and, with the market's part taken out, {FigureText.Probability(unsure.DsrExcess)}; both would have to exceed 0.95 before one could speak of more than luck and the market's own rise.",
    };
}
