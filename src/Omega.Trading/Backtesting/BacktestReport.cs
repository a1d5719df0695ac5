using System.Text.Json;
using Omega.Trading.Execution;
using Omega.Trading.Statistics;

namespace Omega.Trading.Backtesting;

/// <summary>A position that is still open at the last close, marked there. It counts in the equity, not among the trades.</summary>
/// <param name="Side">1 long, -1 short.</param>
/// <param name="OpenedAt">Open time of the bar of its first fill, UTC.</param>
/// <param name="Quantity">Base currency, above 0.</param>
/// <param name="EntryPrice">Average price of its entries.</param>
/// <param name="LastPrice">The last close.</param>
/// <param name="UnrealizedPnl">What it has gained or lost at the last close, costs so far included, quote currency.</param>
public sealed record OpenPosition(int Side, DateTimeOffset OpenedAt, decimal Quantity, decimal EntryPrice, decimal LastPrice, decimal UnrealizedPnl);

/// <summary>What a back-test found. Immutable.</summary>
public sealed class BacktestReport
{
    private readonly Lazy<string> _hash;

    internal BacktestReport(CandleSeries series) => _hash = new(series.ComputeSha256);

    /// <summary>Name of the strategy.</summary>
    public required string Strategy { get; init; }

    /// <summary>The values of its parameters.</summary>
    public required IReadOnlyDictionary<string, double> Parameters { get; init; }

    /// <summary>What was traded; null where it was not named.</summary>
    public required Instrument? Instrument { get; init; }

    /// <summary>How it was run.</summary>
    public required BacktestOptions Options { get; init; }

    /// <summary>The bars that were walked, warm-up left out; shares the columns of the series that was tested on.</summary>
    public required CandleSeries Window { get; init; }

    /// <summary>SHA-256 of all the candles that were given; computed when asked for.</summary>
    public string DataSha256 => _hash.Value;

    /// <summary>Period of the bars.</summary>
    public Timeframe Timeframe => Window.Timeframe;

    /// <summary>Where the candles came from.</summary>
    public string Source => Window.Source;

    /// <summary>Open time of the window's first bar.</summary>
    public DateTimeOffset From => Window[0].OpenTime;

    /// <summary>Close time of its last bar.</summary>
    public DateTimeOffset To => Window[^1].OpenTime + Timeframe.Duration;

    /// <summary>Bars of the window.</summary>
    public int Bars => Window.Count;

    /// <summary>Bars that the strategy needs before it can decide.</summary>
    public required int WarmUpBars { get; init; }

    /// <summary>The strategy's figures.</summary>
    public required PerformanceStatistics Statistics { get; init; }

    /// <summary>The figures of buying on the first close and holding, with the same costs; null where they were not asked for.</summary>
    public required PerformanceStatistics? BuyAndHold { get; init; }

    /// <summary>How far the Sharpe ratio can be believed; null at <see cref="StatisticsLevel.Core"/>.</summary>
    public required OverfitReport? Overfit { get; init; }

    /// <summary>Mean of position value over equity at the closes, signed: what psr_excess takes the market out by; null at <see cref="StatisticsLevel.Core"/>.</summary>
    public required double? MeanExposure { get; init; }

    /// <summary>The position that is still open, or null.</summary>
    public required OpenPosition? OpenPosition { get; init; }

    /// <summary>When the equity came to 0 or below and ended the run; null where it did not.</summary>
    public required DateTimeOffset? RuinedAt { get; init; }

    /// <summary>Why figures are null, orders were refused, and what else a reader should know.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Every fill, oldest first.</summary>
    public required IReadOnlyList<Fill> Fills { get; init; }

    /// <summary>Every closed trade, oldest first.</summary>
    public required IReadOnlyList<Trade> Trades { get; init; }

    /// <summary>Equity at each close of <see cref="Window"/>.</summary>
    public required ReadOnlyMemory<double> Equity { get; init; }

    /// <summary>Equity at each close of buying and holding; empty where it was not asked for.</summary>
    public required ReadOnlyMemory<double> BuyAndHoldEquity { get; init; }

    /// <summary>What the trades might have come to in another order; null under 30 trades.</summary>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public MonteCarlo? SimulateTrades(MonteCarloOptions? options = null, CancellationToken cancellationToken = default) =>
        MonteCarlo.Run([.. Trades.Select(trade => trade.Return)], options, cancellationToken);

    /// <summary>Writes the report as one JSON object. Never NaN: what cannot be computed is null.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="withSeries">Whether the list of trades and the equity curve are written too.</param>
    /// <param name="proof">The proof of the strategy, written as <c>lookahead_proof</c>; null for none.</param>
    public void WriteTo(Utf8JsonWriter writer, bool withSeries = false, LookaheadReport? proof = null) => BacktestReportJson.Write(writer, this, withSeries, proof);
}
