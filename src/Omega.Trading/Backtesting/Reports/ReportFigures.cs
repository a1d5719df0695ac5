namespace Omega.Trading.Backtesting;

/// <summary>A figure: its names, what it means, and how it is read off a report.</summary>
internal sealed record ReportFigure(string Name, string Label, string Definition, Func<BacktestReport, string> Of, Func<PerformanceStatistics, string> OfHolding)
{
    public bool IsMoney { get; init; }

    /// <summary>Whether a report has it at all.</summary>
    public Func<BacktestReport, bool> IsThere { get; init; } = static _ => true;
}

/// <summary>All figures for people, in their order. The definitions are those of the statistics themselves.</summary>
internal static class ReportFigures
{
    public static IReadOnlyList<(string Group, IReadOnlyList<ReportFigure> Figures)> Groups { get; } =
    [
        ("result",
        [
            Amount("final_equity", "final equity", "Cash, and the open position at the last close, after all costs.", s => s.FinalEquity),
            Figure("total_return", "total return", "Final equity over the initial cash, less 1.", s => FigureText.Change(s.TotalReturn)),
            Figure("cagr", "return a year (CAGR)", "Yearly growth that compounds to the total return; a year has 365 days.", s => FigureText.Change(s.Cagr)),
            Figure("sharpe", "Sharpe ratio", "Mean of the per-bar returns, less the risk-free rate, over their standard deviation, a year.", s => FigureText.Ratio(s.Sharpe)),
            Figure("sortino", "Sortino ratio", "As the Sharpe ratio, over the deviation of the losses alone.", s => FigureText.Ratio(s.Sortino)),
            Figure("calmar", "Calmar ratio", "Return a year over the deepest drawdown.", s => FigureText.Ratio(s.Calmar)),
            Figure("omega_ratio", "Omega ratio", "Sum of the per-bar gains over the sum of the losses.", s => FigureText.Ratio(s.OmegaRatio)),
        ]),
        ("risk",
        [
            Figure("volatility", "volatility, a year", "Standard deviation of the per-bar returns, a year.", s => FigureText.Percent(s.Volatility)),
            Figure("max_drawdown", "deepest drawdown", "Largest fall of the equity from a peak, at closes.", s => FigureText.Percent(s.MaxDrawdown)),
            Figure("max_drawdown_duration", "longest drawdown", "Longest time from a peak to its recovery, or to the end.", s => FigureText.Duration(s.MaxDrawdownDuration)),
            Figure("average_drawdown", "average drawdown", "Mean depth of all falls from a peak to its recovery.", s => FigureText.Percent(s.AverageDrawdown)),
            Figure("ulcer_index", "ulcer index", "Root of the mean squared drawdown over all bars.", s => FigureText.Percent(s.UlcerIndex)),
            Figure("var_95", "VaR 95 %, one bar", "Loss that 5 % of the bars exceed.", s => FigureText.Percent(s.Var95)),
            Figure("cvar_95", "CVaR 95 %, one bar", "Mean loss of those bars.", s => FigureText.Percent(s.Cvar95)),
            Figure("var_99", "VaR 99 %, one bar", "Loss that 1 % of the bars exceed.", s => FigureText.Percent(s.Var99)),
            Figure("cvar_99", "CVaR 99 %, one bar", "Mean loss of those bars.", s => FigureText.Percent(s.Cvar99)),
            Figure("tail_ratio", "tail ratio", "95 % quantile of the per-bar returns over the 5 % one, signs aside.", s => FigureText.Ratio(s.TailRatio)),
            Figure("skew", "skew", "Skewness of the per-bar returns; below 0 where the large ones are losses.", s => FigureText.Ratio(s.Skew)),
            Figure("kurtosis", "kurtosis", "Kurtosis of the per-bar returns; 3 for a normal distribution, more with fat tails.", s => FigureText.Ratio(s.Kurtosis)),
        ]),
        ("trades",
        [
            Figure("trades", "closed trades", "Positions from flat to flat; a position still open is not among them.", s => FigureText.Count(s.Trades.Count)),
            Figure("win_rate", "win rate", "Trades that gained after all costs, over all trades.", s => FigureText.Percent(s.Trades.WinRate)),
            Amount("average_win", "average win", "Mean profit of the trades that gained.", s => s.Trades.AverageWin),
            Amount("average_loss", "average loss", "Mean result of the trades that lost.", s => s.Trades.AverageLoss),
            Figure("best_trade", "best trade", "Highest return of a trade on its equity at the entry.", s => FigureText.Change(s.Trades.Best)),
            Figure("worst_trade", "worst trade", "Lowest return of a trade on its equity at the entry.", s => FigureText.Change(s.Trades.Worst)),
            Figure("average_duration", "average duration", "Mean time from the first fill of a trade to its last.", s => FigureText.Duration(s.Trades.AverageDuration)),
            Figure("payoff_ratio", "payoff ratio", "Mean return of the wins over the mean loss.", s => FigureText.Ratio(s.Trades.PayoffRatio)),
            Figure("profit_factor", "profit factor", "Sum of the profits over the sum of the losses, in money.", s => FigureText.Ratio(s.Trades.ProfitFactor)),
            Amount("expectancy", "expectancy", "Mean result of a trade.", s => s.Trades.Expectancy),
            Figure("sqn", "SQN", "System quality number: √n × mean over standard deviation of the trades' returns; from 30 trades on.", s => FigureText.Ratio(s.Trades.Sqn)),
            Figure("kelly", "Kelly fraction", "Win rate, less loss rate over payoff ratio; an upper bound of what to risk, if the future were as the past.", s => FigureText.Ratio(s.Trades.Kelly)),
            Figure("exposure", "exposure", "Share of the bars with a position open at the close.", s => FigureText.Percent(s.Exposure)),
        ]),
        ("costs",
        [
            Amount("fees_paid", "fees paid", "Fees of all fills, and what shorts borrowed.", s => s.FeesPaid),
            Amount("slippage_paid", "slippage paid", "What slippage and rounding to the tick cost.", s => s.SlippagePaid),
            Figure("turnover", "turnover", "Sum of the value of all fills over the mean equity.", s => FigureText.Ratio(s.Turnover)),
        ]),
        ("against buy and hold",
        [
            Against("return_above_hold", "total return above it", "Total return less that of buying and holding.", (own, hold) => FigureText.Change(own.TotalReturn - hold.TotalReturn)),
            Against("cagr_above_hold", "return a year above it", "CAGR less that of buying and holding.", (own, hold) => FigureText.Change(own.Cagr - hold.Cagr)),
            Against("sharpe_above_hold", "Sharpe ratio above it", "Sharpe ratio less that of buying and holding.", (own, hold) => FigureText.RatioChange(own.Sharpe - hold.Sharpe)),
            Against("drawdown_above_hold", "drawdown shallower by", "Deepest drawdown less that of buying and holding; below 0 where it was deeper.", (own, hold) => FigureText.Change(own.MaxDrawdown - hold.MaxDrawdown)),
        ]),
        ("trust in the Sharpe ratio",
        [
            Overfit("trials", "trials counted", "Parameter sets tried in the search that led here. What was tried by hand before is not known here.", o => FigureText.Count(o.Trials)),
            Overfit("psr", "PSR", "Probability that the true Sharpe ratio is above 0, for a run chosen without looking.", o => FigureText.Probability(o.Psr)),
            Overfit("dsr", "DSR", "The same, deflated by the number of trials.", o => FigureText.Probability(o.Dsr)),
            Overfit("psr_excess", "PSR, market taken out", "PSR of the returns less the mean exposure × the market's: what is not just holding the market.", o => FigureText.Probability(o.PsrExcess)),
            Overfit("dsr_excess", "DSR, market taken out", "The same, deflated by the number of trials.", o => FigureText.Probability(o.DsrExcess)),
            Overfit("pbo", "PBO", "Probability of back-test overfitting; it needs a search.", o => FigureText.Probability(o.Pbo)),
        ]),
    ];

    private static ReportFigure Figure(string name, string label, string definition, Func<PerformanceStatistics, string> show) =>
        new(name, label, definition, report => show(report.Statistics), show);

    private static ReportFigure Amount(string name, string label, string definition, Func<PerformanceStatistics, decimal?> amount) =>
        Figure(name, label, definition, statistics => FigureText.Money(amount(statistics))) with { IsMoney = true };

    private static ReportFigure Against(string name, string label, string definition, Func<PerformanceStatistics, PerformanceStatistics, string> show) =>
        new(name, label, definition, report => report.BuyAndHold is { } hold ? show(report.Statistics, hold) : FigureText.None, static _ => "") { IsThere = report => report.BuyAndHold is not null };

    private static ReportFigure Overfit(string name, string label, string definition, Func<OverfitReport, string> show) =>
        new(name, label, definition, report => report.Overfit is { } overfit ? show(overfit) : FigureText.None, static _ => "") { IsThere = report => report.Overfit is not null };
}
