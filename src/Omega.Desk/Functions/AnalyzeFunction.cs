using System.Text.Json;
using Omega.Gpt;
using Omega.Trading.Analysis;

namespace Omega.Desk.Functions;

/// <summary><c>analyze_market</c>: what the candles of one timeframe show.</summary>
internal sealed class AnalyzeFunction(MarketReader reader)
{
    // What the regime's quantile looks back on, and its own warm-up; more would change nothing but the seeds' last digits.
    private const int Bars = 1500;
    private const int LeastBars = 50;
    private const int ShownLevels = 3, ShownSweeps = 3;

    public GptFunction Make(Schemas schemas) => DeskFunction.Make(
        "analyze_market",
        $"Analyze a market: trend, momentum, volatility and its regime, volume, support and resistance, Fibonacci levels, liquidity sweeps. Call it for any question on how {schemas.Base} is doing, its outlook or its state, whether it is volatile, and where its levels are.",
        Schemas.Object("", schemas.Market, schemas.Timeframe, schemas.Candles),
        RunAsync);

    private async ValueTask<JsonElement> RunAsync(CallArguments arguments, FunctionContext context, CancellationToken cancellationToken)
    {
        var data = await reader.ReadAsync(arguments, _ => new CandleNeed(Bars, LeastBars), cancellationToken).ConfigureAwait(false);
        var report = MarketAnalyzer.Analyze(data.Candles, instrument: data.Market, now: data.Present).Timeframes[0];
        using var result = new ResultWriter(context, Summary(data, report), data);
        result.Object("states", states =>
        {
            states.Text("trend", Lower(report.Trend.Direction));
            states.Text("momentum", Lower(report.Momentum.State));
            states.Text("volatility", Lower(report.Volatility.Regime));
        });
        Figures(result, report);
        result.List("support", report.Support.Take(ShownLevels), (entry, level) => Level(entry, level, data));
        result.List("resistance", report.Resistance.Take(ShownLevels), (entry, level) => Level(entry, level, data));
        if (report.Fibonacci is { } leg)
            result.Object("fibonacci", entry => Fibonacci(entry, leg, data));
        result.List("sweeps", report.Sweeps.TakeLast(ShownSweeps), (entry, sweep) => Sweep(entry, sweep, data));
        result.Notes(["States and levels describe the past; none of them was tested for telling the future.", .. report.Notes]);
        return result.Finish();
    }

    private static string Summary(MarketData data, TimeframeReport report)
    {
        var trend = report.Trend.Direction switch
        {
            TrendDirection.Up => "rising",
            TrendDirection.Down => "falling",
            TrendDirection.Sideways => "moving sideways",
            _ => "without a known trend",
        };
        var parts = new List<string>();
        if (report.Momentum is { State: { } momentum, Rsi14: { } rsi })
            parts.Add($"{Lower(momentum)} momentum (RSI {Say.Ratio(rsi)})");
        if (report.Volatility is { Regime: { } regime, Hv20: { } volatility })
            parts.Add($"{Lower(regime)} volatility ({Say.Percent(volatility)} a year)");
        var levels = new List<string>();
        if (report.Support is [var support, ..])
            levels.Add($"the nearest support is at {Say.Price(support.Price)}");
        if (report.Resistance is [var resistance, ..])
            levels.Add($"the nearest resistance at {Say.Price(resistance.Price)}");
        return $"{data.Place} is at {Say.Money(data.Close, data)} and {trend} on {data.Candles.Timeframe} candles{(parts.Count > 0 ? $", with {Say.List(parts)}" : "")}{(levels.Count > 0 ? $"; {Say.List(levels)}" : "")}.";
    }

    // The ones that a person looks at first come first.
    private static void Figures(ResultWriter result, TimeframeReport report)
    {
        var (trend, momentum, volatility, volume, quality) = (report.Trend, report.Momentum, report.Volatility, report.Volume, report.Quality);
        result.Defined("price", report.Price, "price");
        result.Defined("trend_strength", trend.Strength, "trend.strength");
        result.Defined("rsi_14", momentum.Rsi14, "momentum.rsi_14");
        result.Defined("roc_10", momentum.Roc10, "momentum.roc_10");
        result.Defined("roc_50", momentum.Roc50, "momentum.roc_50");
        result.Defined("volatility", volatility.Hv20, "volatility.hv_20");
        result.Defined("volatility_quantile", volatility.RegimeQuantile, "volatility.regime_quantile");
        result.Defined("atr_14", volatility.Atr14, "volatility.atr_14");
        result.Defined("ema_20", trend.Ema20, "trend.ema_20");
        result.Defined("ema_50", trend.Ema50, "trend.ema_50");
        result.Defined("ema_200", trend.Ema200, "trend.ema_200");
        result.Defined("macd_histogram", momentum.MacdHistogram, "momentum.macd_histogram");
        result.Defined("relative_volume", volume.Relative, "volume.relative");
        result.Defined("adx_14", trend.Adx14, "trend.adx_14");
        result.Defined("stochastic_k", momentum.StochasticK, "momentum.stochastic_k");
        result.Defined("bollinger_lower", volatility.BollingerLower, "volatility.bollinger_lower");
        result.Defined("bollinger_upper", volatility.BollingerUpper, "volatility.bollinger_upper");
        result.Defined("volume", volume.Last, "volume.last");
        result.Defined("cmf_20", volume.Cmf20, "volume.cmf_20");
        result.Defined("vwap_20", volume.Vwap20, "volume.vwap_20");
        result.Figure("candles", quality.Bars, FigureUnits.Count);
        if (quality.Missing > 0)
            result.Figure("candles_missing", quality.Missing, FigureUnits.Count);
        result.Figure("data_age", quality.Age?.TotalSeconds, FigureUnits.Seconds);
    }

    private static void Level(ResultWriter entry, PriceLevel level, MarketData data)
    {
        entry.Entry("price", level.Price, data.QuoteUnit);
        entry.Entry("touches", level.Touches, FigureUnits.Count);
        entry.Entry("distance", level.Distance, FigureUnits.Fraction);
        entry.Entry("distance_atr", level.DistanceAtr, FigureUnits.Atr);
    }

    private static void Fibonacci(ResultWriter entry, FibonacciReport leg, MarketData data)
    {
        entry.Text("direction", Lower(leg.Direction));
        entry.Entry("from_price", leg.FromPrice, data.QuoteUnit);
        entry.Entry("to_price", leg.ToPrice, data.QuoteUnit);
        entry.Entry("retracement", leg.Retracement, FigureUnits.Fraction);
        entry.List("levels", leg.Levels, (each, level) =>
        {
            each.Entry("ratio", level.Ratio, FigureUnits.Fraction);
            each.Entry("price", level.Price, data.QuoteUnit);
        });
    }

    private static void Sweep(ResultWriter entry, LiquiditySweep sweep, MarketData data)
    {
        entry.Text("kind", Snake(sweep.Kind.ToString()));
        entry.Text("side", Lower(sweep.Side));
        entry.Entry("level", sweep.Level, data.QuoteUnit);
        entry.Entry("depth_atr", sweep.DepthAtr, FigureUnits.Atr);
        entry.Moment("confirmed_at", sweep.ConfirmedAt);
    }

    private static string? Lower<T>(T? value)
        where T : struct, Enum => value?.ToString().ToLowerInvariant();

    private static string Lower<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static string Snake(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
