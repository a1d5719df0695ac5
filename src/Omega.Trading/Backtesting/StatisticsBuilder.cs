using System.Buffers;
using Omega.Trading.Statistics;

namespace Omega.Trading.Backtesting;

/// <summary>Computes the figures of a finished run, and says of each that is null why it is.</summary>
internal static class StatisticsBuilder
{
    private const double DaysPerYear = 365;
    private const double LeastDays = 30;

    /// <summary>The figures of the level that was asked for, and how far the Sharpe ratio can be believed.</summary>
    public static (PerformanceStatistics Statistics, OverfitReport? Overfit) Build(BacktestRun run, CandleSeries series, BacktestWindow window, BacktestOptions options, bool withOverfit, List<string> notes)
    {
        var equity = run.Equity.AsSpan(0, run.Bars);
        var times = series.Times.Slice(window.Start, run.Bars);
        var count = run.Bars - 1;
        var rented = ArrayPool<double>.Shared.Rent(Math.Max(2 * count, 1));
        try
        {
            var returns = rented.AsSpan(0, count);
            Returns.Of(equity, returns);
            if (options.Statistics == StatisticsLevel.Core)
                return (Core(run, equity, returns, series, window, options, notes), null);
            var moments = Moments.Of(returns);
            var statistics = All(run, equity, times, returns, moments, series, window, options, notes);
            if (!withOverfit)
                return (statistics, null);
            var market = rented.AsSpan(count, count);
            Returns.Of(series.Closes.Slice(window.Start, run.Bars), market);
            Returns.Excess(returns, market, run.ExposureSum / run.Bars, market);
            return (statistics, OverfitReport.OfOneTrial(moments, Moments.Of(market), notes));
        }
        finally
        {
            ArrayPool<double>.Shared.Return(rented);
        }
    }

    private static PerformanceStatistics Core(BacktestRun run, ReadOnlySpan<double> equity, ReadOnlySpan<double> returns, CandleSeries series, BacktestWindow window, BacktestOptions options, List<string> notes)
    {
        var perYear = series.Timeframe.PerYear;
        var (mean, deviation) = Moments.MeanAndDeviation(returns);
        notes.Add("Only the core statistics were computed; the others are null.");
        return Base(run, series, window, options) with
        {
            Sharpe = OrNull(Ratios.Sharpe(mean - (options.RiskFree / perYear), deviation, perYear), "sharpe", "the equity did not vary", notes),
            MaxDrawdown = Drawdowns.DeepestOf(equity),
        };
    }

    private static PerformanceStatistics All(BacktestRun run, ReadOnlySpan<double> equity, ReadOnlySpan<long> times, ReadOnlySpan<double> returns, Moments moments, CandleSeries series, BacktestWindow window, BacktestOptions options, List<string> notes)
    {
        var perYear = series.Timeframe.PerYear;
        var riskFree = options.RiskFree / perYear;
        var drawdowns = Drawdowns.Of(equity, times);
        var tails = TailQuantiles.Of(returns);
        var start = Base(run, series, window, options);
        var days = TimeSpan.FromMilliseconds(times[^1] + series.Timeframe.Milliseconds - times[0]).TotalDays;
        var cagr = start.TotalReturn <= -1 ? double.NaN : Math.Pow(1 + start.TotalReturn, DaysPerYear / days) - 1;
        double? yearly = days < LeastDays
            ? OrNull(double.NaN, "cagr", FormattableString.Invariant($"it needs {LeastDays} days, the window has {days:0.##}"), notes)
            : OrNull(cagr, "cagr", start.TotalReturn <= -1 ? "nothing is left of the equity" : "the growth is beyond any number", notes);
        var trades = TradeStatistics.Of(run.Portfolio.Trades);
        NoteTrades(trades, notes);
        return start with
        {
            Cagr = yearly,
            Volatility = OrNull(moments.SampleDeviation * Math.Sqrt(perYear), "volatility", "it needs two returns", notes),
            Sharpe = OrNull(Ratios.Sharpe(moments.Mean - riskFree, moments.SampleDeviation, perYear), "sharpe", "the equity did not vary", notes),
            Sortino = OrNull(Ratios.Sortino(returns, riskFree, perYear), "sortino", "no bar lost anything", notes),
            Calmar = yearly is null
                ? OrNull(double.NaN, "calmar", "it needs cagr", notes)
                : OrNull(drawdowns.Deepest < 0 ? yearly.Value / -drawdowns.Deepest : double.NaN, "calmar", "there was no drawdown", notes),
            OmegaRatio = OrNull(Ratios.Omega(returns), "omega_ratio", "no bar lost anything", notes),
            TailRatio = OrNull(tails.Lowest5 != 0 ? Math.Abs(tails.Highest5 / tails.Lowest5) : double.NaN, "tail_ratio", "the 5 % quantile of the returns is 0", notes),
            Skew = OrNull(moments.Skew, "skew", "the equity did not vary", notes),
            Kurtosis = OrNull(moments.Kurtosis, "kurtosis", "the equity did not vary", notes),
            MaxDrawdown = drawdowns.Deepest,
            MaxDrawdownDuration = drawdowns.Longest,
            AverageDrawdown = drawdowns.Average,
            UlcerIndex = drawdowns.Ulcer,
            Var95 = 0 - tails.Lowest5,
            Cvar95 = 0 - tails.MeanBelow5,
            Var99 = 0 - tails.Lowest1,
            Cvar99 = 0 - tails.MeanBelow1,
            Trades = trades,
            Turnover = OrNull((double)run.Portfolio.TradedNotional / (Moments.Sum(equity) / equity.Length), "turnover", "the mean equity is 0", notes),
        };
    }

    /// <summary>What every level has.</summary>
    private static PerformanceStatistics Base(BacktestRun run, CandleSeries series, BacktestWindow window, BacktestOptions options)
    {
        var portfolio = run.Portfolio;
        var final = portfolio.EquityAt((decimal)series.Closes[window.Start + run.Bars - 1]);
        return new PerformanceStatistics
        {
            FinalEquity = final,
            TotalReturn = (double)(final / options.Cash - 1),
            MaxDrawdown = 0,
            Trades = new TradeStatistics { Count = portfolio.Trades.Count },
            Exposure = run.BarsInPosition / (double)run.Bars,
            FeesPaid = portfolio.FeesPaid + portfolio.BorrowPaid,
            SlippagePaid = portfolio.SlippagePaid,
        };
    }

    private static void NoteTrades(TradeStatistics trades, List<string> notes)
    {
        if (trades.Count == 0)
        {
            notes.Add("win_rate, average_win, average_loss, best_trade, worst_trade, average_duration, payoff_ratio, profit_factor, expectancy, sqn, kelly: no trade was closed.");
            return;
        }

        if (trades.AverageWin is null)
            notes.Add("average_win, payoff_ratio, kelly: no trade won.");
        if (trades.AverageLoss is null)
            notes.Add("average_loss, payoff_ratio, profit_factor, kelly: no trade lost.");
        if (trades.Count < TradeStatistics.Enough)
            notes.Add($"sqn: it needs {TradeStatistics.Enough} trades, there are {trades.Count}.");
        else if (trades.Sqn is null)
            notes.Add("sqn: the trades' returns did not vary.");
    }

    private static double? OrNull(double value, string name, string reason, List<string> notes)
    {
        if (double.IsFinite(value))
            return value;
        notes.Add($"{name}: {reason}.");
        return null;
    }
}
