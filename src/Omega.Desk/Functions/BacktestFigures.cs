using Omega.Trading.Backtesting;

namespace Omega.Desk.Functions;

/// <summary>The figures of a back-test in a result.</summary>
internal static class BacktestFigures
{
    public static void Head(ResultWriter result, BacktestReport report)
    {
        result.Moment("from", report.From);
        result.Moment("to", report.To);
        result.Text("data_sha256", report.DataSha256);
        result.Text("strategy", report.Strategy);
    }

    // What decides comes first, and each beside what it is measured by.
    public static void Of(ResultWriter result, BacktestReport report, Belief belief)
    {
        var (statistics, hold, trades) = (report.Statistics, report.BuyAndHold, report.Statistics.Trades);
        result.Figure("total_return", statistics.TotalReturn, FigureUnits.Fraction);
        result.Figure("buy_and_hold_return", hold?.TotalReturn, FigureUnits.Fraction);
        result.Figure("max_drawdown", statistics.MaxDrawdown, FigureUnits.Fraction);
        result.Figure("buy_and_hold_max_drawdown", hold?.MaxDrawdown, FigureUnits.Fraction);
        result.Figure("sharpe", statistics.Sharpe, FigureUnits.Ratio);
        result.Figure("buy_and_hold_sharpe", hold?.Sharpe, FigureUnits.Ratio);
        result.Figure("trades", trades.Count, FigureUnits.Count);
        result.Figure("win_rate", trades.WinRate, FigureUnits.Fraction);
        result.Figure("dsr", belief.Dsr, FigureUnits.Probability);
        result.Figure("dsr_excess", belief.DsrExcess, FigureUnits.Probability);
        result.Figure("profit_factor", trades.ProfitFactor, FigureUnits.Ratio);
        result.Money("fees_paid", statistics.FeesPaid);
        result.Figure("trials", belief.Trials, FigureUnits.Count);
        result.Figure("edge_threshold", Belief.Threshold, FigureUnits.Probability);
        result.Money("initial_cash", report.Options.Cash);
        result.Money("final_equity", statistics.FinalEquity);
        result.Figure("cagr", statistics.Cagr, FigureUnits.FractionPerYear);
        result.Figure("volatility", statistics.Volatility, FigureUnits.FractionPerYear);
        result.Figure("sortino", statistics.Sortino, FigureUnits.Ratio);
        result.Figure("calmar", statistics.Calmar, FigureUnits.Ratio);
        result.Figure("exposure", statistics.Exposure, FigureUnits.Fraction);
        result.Money("expectancy", trades.Expectancy);
        result.Figure("best_trade", trades.Best, FigureUnits.Fraction);
        result.Figure("worst_trade", trades.Worst, FigureUnits.Fraction);
        result.Money("slippage_paid", statistics.SlippagePaid);
        result.Figure("fee", (double)(report.Options.Fills.TakerFee * 10_000), FigureUnits.Bps);
        result.Figure("slippage", (double)(report.Options.Fills.Slippage * 10_000), FigureUnits.Bps);
        result.Figure("candles", report.Bars, FigureUnits.Count);
    }

    public static void Notes(ResultWriter result, BacktestReport report, Belief belief, MarketData data) => result.Notes([
        "An edge is supported only where dsr and dsr_excess are both above edge_threshold. The past, with costs; not a forecast.",
        .. data.IsSimulated ? ["The market is simulated: by construction nothing has an edge in it."] : Array.Empty<string>(),
        .. belief.Trials > 1 ? [$"{belief.Trials} distinct back-tests were run on this market so far; dsr and dsr_excess allow for that."] : Array.Empty<string>(),
        .. report.Notes.Where(note => !note.StartsWith("overfit.pbo", StringComparison.Ordinal) && !note.StartsWith("buy_and_hold.", StringComparison.Ordinal)),
    ]);
}
