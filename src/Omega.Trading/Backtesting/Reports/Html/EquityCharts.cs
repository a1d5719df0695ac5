using Omega.Trading.Statistics;

namespace Omega.Trading.Backtesting;

/// <summary>The equity against buying and holding, and how far each fell below its peak.</summary>
internal static class EquityCharts
{
    private const int EquityHeight = 300;
    private const int DrawdownHeight = 170;

    public static void Equity(HtmlWriter page, BacktestReport report)
    {
        var times = report.Window.Times;
        var own = report.Equity.Span;
        var hold = report.BuyAndHoldEquity.Span;
        var (least, most) = Range(own, hold);
        var axis = ValueAxis.Of(least, most, mayBeLogarithmic: true);
        page.Write($"<section><h2>Equity{(hold.IsEmpty ? "" : " against buy and hold")}</h2><figure>\n");
        Key(page, report.Strategy, hold.IsEmpty);
        var chart = new Chart(page, "equity", EquityHeight, Time(report), axis, FigureText.Axis);
        chart.Begin("Equity over time", $"{report.Strategy} from {FigureText.Axis((double)report.Options.Cash)} to {FigureText.Axis(own[^1])}{(hold.IsEmpty ? "" : $"; buy and hold to {FigureText.Axis(hold[^1])}")}.");
        if (!hold.IsEmpty)
            chart.Line("hold", times, hold);
        chart.Line("own", times, own);
        chart.Readings(times, i => Reading(report, i, report.Equity.Span[i], report.BuyAndHoldEquity.Span, FigureText.Axis));
        chart.End();
        page.Write($"<figcaption>At each close, after all costs{(report.Instrument is { } instrument ? $", in {instrument.Quote}" : "")}.{(axis.IsLogarithmic ? " The scale is logarithmic: equal heights are equal per cent." : "")}{Drawn(report.Bars)}</figcaption></figure></section>\n");
    }

    public static void Drawdown(HtmlWriter page, BacktestReport report)
    {
        var times = report.Window.Times;
        var (own, hold) = (Curve(report.Equity.Span), Curve(report.BuyAndHoldEquity.Span));
        var least = Range(own, hold).Least;
        page.Write($"<section><h2>Drawdown</h2><figure>\n");
        Key(page, report.Strategy, hold.Length == 0);
        var chart = new Chart(page, "drawdown", DrawdownHeight, Time(report), ValueAxis.DownFromZero(least), static depth => $"{FigureText.Axis(Math.Round(100 * depth, 6))} %");
        chart.Begin("Drawdown over time", $"{report.Strategy} fell by {FigureText.Percent(report.Statistics.MaxDrawdown)} at most.");
        chart.AreaFromTop("own", times, own);
        if (hold.Length > 0)
            chart.Line("hold", times, hold);
        chart.Readings(times, i => Reading(report, i, own[i], hold, static depth => FigureText.Percent(depth)));
        chart.End();
        page.Write($"<figcaption>How far the equity stands below its highest close so far. Deepest {FigureText.Percent(report.Statistics.MaxDrawdown)}, longest {FigureText.Duration(report.Statistics.MaxDrawdownDuration)}.</figcaption></figure></section>\n");
    }

    /// <summary>What a caption says where not every bar is drawn by itself.</summary>
    public static string Drawn(int bars) => bars <= 2 * Chart.PlotWidth
        ? ""
        : $" {FigureText.Count(bars)} bars are drawn as the first, lowest, highest and last value of each of {Chart.PlotWidth} columns.";

    public static TimeAxis Time(BacktestReport report) => new(report.From.ToUnixTimeMilliseconds(), report.To.ToUnixTimeMilliseconds());

    private static void Key(HtmlWriter page, string strategy, bool alone)
    {
        page.Write($"<div class=\"key\"><span class=\"own\"><i></i><span>{strategy}</span></span>");
        if (!alone)
            page.Write($"<span class=\"hold\"><i></i><span>buy and hold</span></span>");
        page.Write($"</div>\n");
    }

    private static string Reading(BacktestReport report, int i, double own, ReadOnlySpan<double> hold, Func<double, string> show) =>
        $"{FigureText.Moment(report.Window[i].OpenTime)}: {report.Strategy} {show(own)}{(i < hold.Length ? $", buy and hold {show(hold[i])}" : "")}";

    private static double[] Curve(ReadOnlySpan<double> equity)
    {
        var drawdowns = new double[equity.Length];
        Drawdowns.Curve(equity, drawdowns);
        return drawdowns;
    }

    private static (double Least, double Most) Range(ReadOnlySpan<double> own, ReadOnlySpan<double> hold)
    {
        var (least, most) = (double.MaxValue, double.MinValue);
        foreach (var value in own)
            (least, most) = (Math.Min(least, value), Math.Max(most, value));
        foreach (var value in hold)
            (least, most) = (Math.Min(least, value), Math.Max(most, value));
        return (least, most);
    }
}
