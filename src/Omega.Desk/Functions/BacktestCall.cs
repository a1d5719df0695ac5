using Omega.Trading;
using Omega.Trading.Backtesting;
using Omega.Trading.Execution;

namespace Omega.Desk.Functions;

/// <summary>What <c>run_backtest</c> and <c>compare_strategies</c> share: the candles, the costs, the run and what may be believed of it.</summary>
internal sealed class BacktestCall(MarketReader reader, TrialBook trials)
{
    private const int UsualDays = 365, MostDays = 7300, LeastBars = 50;
    private const decimal UsualFee = 10, BasisPoints = 10_000;

    public static IEnumerable<string> Properties(Schemas schemas) =>
    [
        schemas.Market, schemas.Timeframe, schemas.Stretch,
        $$"""
        "days": {"type": "integer", "minimum": 2, "maximum": {{MostDays}}, "description": "Days of history to test on, where from is not given. Default {{UsualDays}}; all of a candle file."},
        "cash": {"type": "number", "exclusiveMinimum": 0, "description": "Starting cash in {{schemas.Quote}}. Default 10000."}
        """,
        schemas.Costs, schemas.Candles,
    ];

    public ValueTask<MarketData> ReadAsync(CallArguments arguments, CancellationToken cancellationToken)
    {
        var days = arguments.Count("days");
        return reader.ReadAsync(
            arguments,
            timeframe => new CandleNeed((int)Math.Clamp((days ?? UsualDays) * Timeframe.D1.Milliseconds / timeframe.Milliseconds, 1, 200_000), LeastBars) { TakesWholeFile = days is null },
            cancellationToken);
    }

    public static BacktestOptions Options(CallArguments arguments, MarketData data)
    {
        var fee = (arguments.Amount("fee_bps") ?? UsualFee) / BasisPoints;
        return new BacktestOptions
        {
            Cash = arguments.Amount("cash") ?? 10_000m,
            Instrument = data.Market,
            Fills = new FillOptions { TakerFee = fee, MakerFee = fee, Slippage = (arguments.Amount("slippage_bps") ?? 0) / BasisPoints },
        };
    }

    /// <summary>Runs one strategy and counts it as a trial.</summary>
    public BacktestReport Run(TestedStrategy tested, MarketData data, BacktestOptions options, IProgress<BacktestProgress>? progress, CancellationToken cancellationToken)
    {
        if (tested.Strategy.Start(data.Candles.Timeframe).WarmUpBars is var warmUp && warmUp + 2 > data.Candles.Count)
            throw new Refusal("too_few_candles", $"{tested.Strategy.Name} needs {warmUp} candles before it decides, and there are {data.Candles.Count} of {data.Candles.Timeframe}. Ask for a longer stretch.", data.File is null ? "days" : "candles");
        var report = BacktestEngine.Run(tested.Strategy, data.Candles, options, progress, cancellationToken);
        // Buying and holding is what the others are measured by.
        if (tested.Strategy.Name != "buy-and-hold")
            trials.Add(Place(data), FormattableString.Invariant($"{tested.Key}|{report.Timeframe}|{report.From:O}|{report.To:O}|{options.Fills.TakerFee}|{options.Fills.Slippage}"), Belief.TrialOf(report));
        return report;
    }

    public Belief Believe(BacktestReport report, MarketData data) => Belief.Of(report, trials.On(Place(data)));

    private static string Place(MarketData data) => $"{data.Source}|{data.Market}";
}
