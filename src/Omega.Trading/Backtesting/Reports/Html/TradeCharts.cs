using System.Globalization;
using System.Text;
using Omega.Trading.Execution;

namespace Omega.Trading.Backtesting;

/// <summary>The trades on the price: where a position was held, what each trade came to, and the last ones one by one.</summary>
internal static class TradeCharts
{
    // More would lie on top of one another.
    private const int MostMarks = 120;
    private const int ShownLast = 40;
    private const int PriceHeight = 260;
    private const int ReturnHeight = 110;

    public static void Write(HtmlWriter page, BacktestReport report)
    {
        page.Write($"<section><h2>Trades on the price</h2>\n");
        var single = report.Trades.Count <= MostMarks;
        Price(page, report, "price", 0, report.Bars, single ? report.Trades : []);
        if (report.Trades.Count > 0)
            Returns(page, report);
        if (!single)
            Last(page, report);
        page.Write($"</section>\n");
    }

    private static void Price(HtmlWriter page, BacktestReport report, string id, int from, int count, IReadOnlyList<Trade> marked)
    {
        var window = report.Window.Slice(from, count);
        var (least, most) = (double.MaxValue, double.MinValue);
        foreach (var close in window.Closes)
            (least, most) = (Math.Min(least, close), Math.Max(most, close));
        foreach (var trade in marked)
        {
            least = Math.Min(least, (double)Math.Min(trade.EntryPrice, trade.ExitPrice));
            most = Math.Max(most, (double)Math.Max(trade.EntryPrice, trade.ExitPrice));
        }

        var axis = ValueAxis.Of(least, most, mayBeLogarithmic: true);
        var time = new TimeAxis(window.Times[0], window.Times[^1] + window.Timeframe.Milliseconds);
        page.Write($"<figure>\n<div class=\"key\"><span class=\"soft\"><i></i><span>close</span></span><span class=\"own\"><i class=\"box\" style=\"opacity:.3\"></i><span>position held</span></span>");
        if (marked.Count > 0)
            page.Write($"<span class=\"own\">▲ <span>entry</span></span><span class=\"gain\">● <span>exit with a gain</span></span><span class=\"loss\">■ <span>exit with a loss</span></span>");
        page.Write($"</div>\n");
        var chart = new Chart(page, id, PriceHeight, time, axis, FigureText.Axis);
        chart.Begin("Price and positions over time", $"Closes from {FigureText.Axis(window.Closes[0])} to {FigureText.Axis(window.Closes[^1])}, with the times when a position was held.");
        page.Write($"<path class=\"held\" d=\"{Held(report, chart.Plot)}\"/>\n");
        chart.Line("price", window.Times, window.Closes);
        chart.Readings(window.Times, i => $"{FigureText.Moment(window[i].OpenTime)}: close {FigureText.Axis(window.Closes[i])}");
        foreach (var trade in marked)
            Marks(page, chart.Plot, trade);
        chart.End();
        page.Write($"<figcaption>{(axis.IsLogarithmic ? "The scale is logarithmic." : "")}{EquityCharts.Drawn(count)}{(EquityCharts.Drawn(count).Length > 0 ? " Positions less than half a column apart run into one." : "")}</figcaption></figure>\n");
    }

    /// <summary>One mark for the entry and one for the exit; shapes differ, not only colours.</summary>
    private static void Marks(HtmlWriter page, in Plot plot, in Trade trade)
    {
        var side = BacktestReportJson.SideName(trade.Side);
        var (x, y) = (plot.X(trade.OpenedAt), plot.Y((double)trade.EntryPrice));
        page.Write($"<path class=\"mark own\" d=\"M{x - 4.5:0.#} {y + 4:0.#}l4.5 -9 4.5 9z\"><title>{side} {FigureText.Exact(trade.Quantity)} entered {FigureText.Moment(DateTimeOffset.FromUnixTimeMilliseconds(trade.OpenedAt))} at {FigureText.Money(trade.EntryPrice)}</title></path>");
        (x, y) = (plot.X(trade.ClosedAt), plot.Y((double)trade.ExitPrice));
        var shape = trade.Pnl > 0
            ? new Markup(string.Create(CultureInfo.InvariantCulture, $"<circle class=\"mark gain\" cx=\"{x:0.#}\" cy=\"{y:0.#}\" r=\"4\">"))
            : new Markup(string.Create(CultureInfo.InvariantCulture, $"<rect class=\"mark loss\" x=\"{x - 3.5:0.#}\" y=\"{y - 3.5:0.#}\" width=\"7\" height=\"7\">"));
        page.Write($"{shape}<title>{side} closed {FigureText.Moment(DateTimeOffset.FromUnixTimeMilliseconds(trade.ClosedAt))} at {FigureText.Money(trade.ExitPrice)} ({BacktestReportJson.ReasonName(trade.ExitReason).Replace('_', ' ')}): {FigureText.Money(trade.Pnl)}, {FigureText.Change(trade.Return)}</title>{new Markup(trade.Pnl > 0 ? "</circle>" : "</rect>")}\n");
    }

    /// <summary>Where a position was held, as one path of rectangles; those that share a column of pixels are one.</summary>
    private static string Held(BacktestReport report, in Plot plot)
    {
        var path = new StringBuilder();
        var (begin, end) = (-1.0, -1.0);
        foreach (var trade in report.Trades)
            Add(plot, trade.OpenedAt, trade.ClosedAt);
        if (report.OpenPosition is { } open)
            Add(plot, open.OpenedAt.ToUnixTimeMilliseconds(), plot.Time.To);
        Flush(plot);
        return path.ToString();

        void Add(in Plot plot, long from, long to)
        {
            if (to < plot.Time.From || from > plot.Time.To)
                return;
            var (left, right) = (Math.Max(plot.X(from), plot.Left), Math.Min(plot.X(to), plot.Right));
            if (begin >= 0 && left - end < 0.5)
            {
                end = Math.Max(end, right);
                return;
            }

            Flush(plot);
            (begin, end) = (left, Math.Max(right, left + 0.5));
        }

        void Flush(in Plot plot)
        {
            if (begin >= 0)
                path.Append(CultureInfo.InvariantCulture, $"M{begin:0.#} {plot.Top}H{end:0.#}V{plot.Bottom}H{begin:0.#}Z");
        }
    }

    /// <summary>A stem for each trade at its exit; of trades in one column of pixels the best gain and the worst loss.</summary>
    private static void Returns(HtmlWriter page, BacktestReport report)
    {
        var (best, worst) = (new double[Chart.PlotWidth], new double[Chart.PlotWidth]);
        var time = EquityCharts.Time(report);
        var axis = ValueAxis.Of(Math.Min(0, report.Trades.Min(trade => trade.Return)), Math.Max(0, report.Trades.Max(trade => trade.Return)), mayBeLogarithmic: false);
        var chart = new Chart(page, "returns", ReturnHeight, time, axis, static value => $"{FigureText.Axis(Math.Round(100 * value, 6))} %");
        foreach (var trade in report.Trades)
        {
            var column = chart.Plot.Column(trade.ClosedAt);
            best[column] = Math.Max(best[column], trade.Return);
            worst[column] = Math.Min(worst[column], trade.Return);
        }

        page.Write($"<h3>Return of each trade</h3><figure>\n");
        chart.Begin("Return of each trade at its exit", $"{FigureText.Count(report.Trades.Count)} trades, the best {FigureText.Change(report.Statistics.Trades.Best)}, the worst {FigureText.Change(report.Statistics.Trades.Worst)}.");
        page.Write($"<path class=\"stem gain\" d=\"{Stems(best, chart.Plot)}\"/>\n<path class=\"stem loss\" d=\"{Stems(worst, chart.Plot)}\"/>\n");
        page.Write($"<path class=\"zero\" d=\"M{chart.Plot.Left} {chart.Plot.Y(0):0.#}H{chart.Plot.Right}\"/>\n");
        chart.End();
        var shared = report.Trades.Count > Chart.PlotWidth / 4 ? " Where several closed in one column, the best gain and the worst loss of them." : "";
        page.Write($"<figcaption>At its exit, on the equity at its entry, after costs: gains up, losses down.{shared}</figcaption></figure>\n");
    }

    private static string Stems(double[] values, in Plot plot)
    {
        var path = new StringBuilder();
        var zero = plot.Y(0);
        for (var column = 0; column < values.Length; column++)
        {
            if (values[column] != 0)
                path.Append(CultureInfo.InvariantCulture, $"M{plot.Left + column + 0.5:0.#} {zero:0.#}V{plot.Y(values[column]):0.#}");
        }

        return path.ToString();
    }

    private static void Last(HtmlWriter page, BacktestReport report)
    {
        Trade[] last = [.. report.Trades.Skip(report.Trades.Count - ShownLast)];
        var (from, until) = (report.Window.IndexFrom(last[0].OpenedAt), report.Window.IndexFrom(last[^1].ClosedAt) + 1);
        // Some bars before and after, so that no mark stands at the rim; with a position still open, all that follow.
        var margin = 1 + ((until - from) / 20);
        (from, until) = (Math.Max(from - margin, 0), report.OpenPosition is null ? Math.Min(until + margin, report.Bars) : report.Bars);
        page.Write($"<h3>The last {last.Length} trades</h3>\n");
        Price(page, report, "last", from, until - from, last);
    }
}
