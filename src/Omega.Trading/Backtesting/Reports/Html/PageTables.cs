namespace Omega.Trading.Backtesting;

/// <summary>The tables of the page: every figure with its definition, what was run on what, and the notes.</summary>
internal static class PageTables
{
    public static void Figures(HtmlWriter page, BacktestReport report)
    {
        var table = ReportTable.Of(report);
        page.Write($"<section class=\"long\"><h2>All figures</h2>\n<table><thead><tr><th scope=\"col\">figure</th>");
        foreach (var column in table.Columns)
            page.Write($"<th scope=\"col\" class=\"n\">{column}</th>");
        page.Write($"<th scope=\"col\" class=\"what\">is</th></tr></thead>\n<tbody>\n");
        foreach (var group in table.Groups)
        {
            page.Write($"<tr class=\"group\"><th scope=\"rowgroup\" colspan=\"{table.Columns.Count + 2}\">{group.Name}</th></tr>\n");
            foreach (var row in group.Rows)
            {
                page.Write($"<tr><th scope=\"row\" title=\"{row.Definition}\">{row.Label}</th>");
                foreach (var cell in row.Cells)
                    page.Write($"<td class=\"n\">{cell}</td>");
                page.Write($"<td class=\"what\">{row.Definition}</td></tr>\n");
            }
        }

        page.Write($"</tbody></table></section>\n");
    }

    public static void OtherOrders(HtmlWriter page, BacktestReport report, ReportContext context)
    {
        if (context.OtherOrders is not { } orders)
            return;
        page.Write($"<section><h2>The same trades in another order</h2>\n<p>The {FigureText.Count(report.Trades.Count)} trades drawn again {FigureText.Count(orders.Paths)} times, with replacement, in blocks of {orders.BlockLength} so that runs of luck stay together.</p>\n<table class=\"facts\"><tbody>\n");
        Row("total return", $"{FigureText.Change(orders.FinalReturn5)} or less in 5 % of the orders, {FigureText.Change(orders.FinalReturn50)} at the median, {FigureText.Change(orders.FinalReturn95)} or more in 5 %");
        Row("drawdown", $"{FigureText.Percent(orders.Drawdown50)} at the median, {FigureText.Percent(orders.Drawdown95)} or deeper in 5 % of the orders; between trades only");
        Row("ruin", $"{FigureText.Percent(orders.RuinProbability)} of the orders lose half or more from a peak");
        page.Write($"</tbody></table></section>\n");

        void Row(string name, string text) => page.Write($"<tr><th scope=\"row\">{name}</th><td>{text}</td></tr>\n");
    }

    public static void Facts(HtmlWriter page, BacktestReport report, ReportContext context)
    {
        page.Write($"<section><h2>Run, data and costs</h2>\n<table class=\"facts\"><tbody>\n");
        // The other orders have a table of their own.
        foreach (var fact in ReportFacts.OfRun(report, context with { OtherOrders = null }).Concat(ReportFacts.OfData(report, context, wholeHash: true)))
            page.Write($"<tr><th scope=\"row\">{fact.Name}</th><td>{fact.Text}</td></tr>\n");
        page.Write($"</tbody></table></section>\n");
    }

    public static void Notes(HtmlWriter page, BacktestReport report)
    {
        if (report.Notes.Count == 0)
            return;
        page.Write($"<section><h2>Notes</h2>\n<ul>\n");
        foreach (var note in report.Notes)
            page.Write($"<li>{note}</li>\n");
        page.Write($"</ul></section>\n");
    }
}
