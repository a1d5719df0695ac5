using System.Globalization;
using Omega.Trading.Execution;
using Omega.Trading.Strategies;

namespace Omega.Trading.Backtesting;

/// <summary>
/// Runs strategies over candles as if they had been there: decides on final bars, fills from the next open on, and pays every cost.
/// Stateless and thread-safe.
/// </summary>
public static class BacktestEngine
{
    /// <summary>Runs one strategy over one series.</summary>
    /// <param name="strategy">The strategy.</param>
    /// <param name="series">The candles.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="progress">Told now and then how far it has come.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="TradingException">An option is out of range, the window is empty, or a candle is not possible.</exception>
    public static BacktestReport Run(IStrategy strategy, CandleSeries series, BacktestOptions? options = null, IProgress<BacktestProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        options ??= new();
        options.Check();
        var window = BacktestWindow.Of(series, options, options.Instrument?.Tick ?? MarketRules.Default.Tick);
        var run = new BacktestRun(strategy, series, options, window) { MeasuresExposure = options.Statistics != StatisticsLevel.Core };
        run.Walk(progress, cancellationToken);
        var notes = RunNotes(run, series, window, options);
        var (statistics, overfit) = StatisticsBuilder.Build(run, series, window, options, withOverfit: true, notes);
        var (hold, holdEquity) = Benchmark(series, window, run.Bars, options, notes, cancellationToken);
        return new BacktestReport(series)
        {
            Strategy = strategy.Name,
            Parameters = strategy.Parameters,
            Instrument = options.Instrument,
            Options = options,
            Window = series.Slice(window.Start, run.Bars),
            WarmUpBars = run.WarmUpBars,
            Statistics = statistics,
            BuyAndHold = hold,
            Overfit = overfit,
            MeanExposure = overfit is null ? null : run.ExposureSum / run.Bars,
            OpenPosition = Open(run, series[window.Start + run.Bars - 1]),
            RuinedAt = run.Equity[run.Bars - 1] <= 0 ? series[window.Start + run.Bars - 1].OpenTime : null,
            Notes = notes,
            Fills = run.Portfolio.Fills,
            Trades = run.Portfolio.Trades,
            Equity = run.Equity.AsMemory(0, run.Bars),
            BuyAndHoldEquity = holdEquity,
        };
    }

    /// <summary>Buying and holding over the bars that the strategy had.</summary>
    private static (PerformanceStatistics? Statistics, ReadOnlyMemory<double> Equity) Benchmark(CandleSeries series, BacktestWindow window, int bars, BacktestOptions options, List<string> notes, CancellationToken cancellationToken)
    {
        if (!options.Benchmark || options.Statistics == StatisticsLevel.Core || bars < 2)
            return (null, default);
        var same = window with { WarmFrom = window.Start, End = window.Start + bars };
        var run = new BacktestRun(BuyAndHold.Instance, series, options, same) { MeasuresExposure = false };
        run.Walk(null, cancellationToken);
        var own = new List<string>();
        var (statistics, _) = StatisticsBuilder.Build(run, series, same, options, withOverfit: false, own);
        notes.AddRange(own.Select(note => $"buy_and_hold.{note}"));
        return (statistics, run.Equity.AsMemory(0, run.Bars));
    }

    private static OpenPosition? Open(BacktestRun run, Candle last)
    {
        var portfolio = run.Portfolio;
        if (portfolio.Side == 0)
            return null;
        var price = (decimal)last.Close;
        return new(portfolio.Side, DateTimeOffset.FromUnixTimeMilliseconds(portfolio.OpenedAt), Math.Abs(portfolio.Quantity), portfolio.AverageEntry, price,
            portfolio.EquityAt(price) - portfolio.InitialCash - portfolio.Trades.Sum(trade => trade.Pnl));
    }

    private static List<string> RunNotes(BacktestRun run, CandleSeries series, BacktestWindow window, BacktestOptions options)
    {
        var notes = new List<string>();
        var culture = CultureInfo.InvariantCulture;
        if (run.Bars < window.Bars || run.Equity[run.Bars - 1] <= 0)
            notes.Add(string.Create(culture, $"ruined: the equity came to {run.Equity[run.Bars - 1]:0.00} at the close of the bar of {series[window.Start + run.Bars - 1].OpenTime:yyyy-MM-dd HH:mm} UTC, which ended the run."));
        if (run.WarmUpBars > window.Start - window.WarmFrom)
            notes.Add(string.Create(culture, $"warm-up: the strategy needs {run.WarmUpBars} bars before it decides; {window.Start - window.WarmFrom} came before the window, the others count as flat."));
        if (run.Portfolio.BorrowPaid > 0)
            notes.Add(string.Create(culture, $"fees_paid: {run.Portfolio.BorrowPaid:0.00} of it was paid for borrowing."));
        if (run.Orders.ShortsRefused > 0)
            notes.Add($"{run.Orders.ShortsRefused} short entries were ignored: shorts are not allowed.");
        foreach (var reason in Enum.GetValues<OrderRejection>())
        {
            if (run.Matcher.Rejections(reason) is var count and > 0)
                notes.Add($"{count} orders were refused: {Words(reason, options)}.");
        }

        return notes;
    }

    private static string Words(OrderRejection reason, BacktestOptions options)
    {
        var rules = options.Instrument is { } instrument ? MarketRules.Of(instrument) : MarketRules.Default;
        return reason switch
        {
            OrderRejection.InvalidPrice => "a stop, target, trail or size was unknown (null) or not above zero",
            OrderRejection.BelowStep => $"the cash buys less than one step of {rules.Step}",
            OrderRejection.BelowMinimumNotional => $"their notional was below the minimum of {rules.MinimumNotional}",
            OrderRejection.InsufficientCash => "the cash did not cover them",
            OrderRejection.ShortsNotAllowed => "shorts are not allowed",
            OrderRejection.NothingToReduce => "there was no position to reduce",
            OrderRejection.WouldTake => "they were post-only and would have taken",
            OrderRejection.TooManyOrders => $"more than {OrderMatcher.MostOrders} were working",
            _ => "no reason was given",
        };
    }
}
