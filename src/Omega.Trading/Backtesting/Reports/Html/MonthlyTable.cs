using System.Globalization;

namespace Omega.Trading.Backtesting;

/// <summary>The returns of the months as a table whose cells are shaded by size.</summary>
internal static class MonthlyTable
{
    // A page stays a page, however long the data are.
    private const int MostYears = 60;

    private static readonly double[] Shades = [0, 0.02, 0.07, 0.15];

    public static void Write(HtmlWriter page, BacktestReport report)
    {
        var cash = (double)report.Options.Cash;
        var own = Years(MonthlyReturns.Of(report.Window.Times, report.Equity.Span, cash));
        var hold = report.BuyAndHoldEquity.IsEmpty ? null : Years(MonthlyReturns.Of(report.Window.Times, report.BuyAndHoldEquity.Span, cash));
        page.Write($"<section><h2>Monthly returns</h2>\n<table class=\"months\"><thead><tr><th scope=\"col\">year</th>");
        for (var month = 1; month <= 12; month++)
            page.Write($"<th scope=\"col\">{CultureInfo.InvariantCulture.DateTimeFormat.GetAbbreviatedMonthName(month)}</th>");
        page.Write($"<th scope=\"col\">whole year</th>{new Markup(hold is null ? "" : "<th scope=\"col\">buy and hold</th>")}</tr></thead>\n<tbody>\n");
        foreach (var (year, months) in own.TakeLast(MostYears))
        {
            page.Write($"<tr><th scope=\"row\">{year.ToString(CultureInfo.InvariantCulture)}</th>");
            for (var month = 1; month <= 12; month++)
                Cell(page, months.Where(one => one.Month == month).Select(one => (double?)one.Return).FirstOrDefault(), isShaded: true);
            Cell(page, Compounded(months), isShaded: false);
            if (hold is not null)
                Cell(page, hold.TryGetValue(year, out var market) ? Compounded(market) : null, isShaded: false);
            page.Write($"</tr>\n");
        }

        page.Write($"</tbody></table>\n<p class=\"soft under\">Per cent of the equity at the month's beginning, after costs; UTC. The first and the last month count as far as the data go.{(own.Count > MostYears ? $" Only the last {MostYears} years are shown." : "")}</p></section>\n");
    }

    private static SortedDictionary<int, List<MonthlyReturn>> Years(List<MonthlyReturn> months) =>
        new(months.GroupBy(month => month.Year).ToDictionary(year => year.Key, year => year.ToList()));

    private static double Compounded(List<MonthlyReturn> months) => months.Aggregate(1.0, (product, month) => product * (1 + month.Return)) - 1;

    private static void Cell(HtmlWriter page, double? value, bool isShaded)
    {
        if (value is not { } change)
        {
            page.Write($"<td></td>");
            return;
        }

        var size = Shades.Count(least => Math.Abs(change) > least);
        var shade = !isShaded || size == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{(change > 0 ? 'g' : 'l')}{size}");
        var text = (Math.Round(100 * change, 1) + 0.0).ToString("0.0", CultureInfo.InvariantCulture);
        page.Write($"<td class=\"{shade}\">{(isShaded ? text : $"{text} %")}</td>");
    }
}
