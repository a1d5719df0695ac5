using Omega.Trading;
using Omega.Trading.Expressions;
using Omega.Trading.Indicators;

namespace Omega.Desk.Functions;

/// <summary>A value at the last candle and at the one before; null where it cannot be computed.</summary>
internal sealed record IndicatorValue(string Name, string Unit, double? Now, double? Before)
{
    /// <summary>As a sentence says it: <c>RSI(14)</c>, <c>MACD(12,26,9) signal</c>.</summary>
    public string Label { get; init; } = Name;

    /// <summary>Whether the expression holds; null for a number.</summary>
    public bool? Truth { get; init; }

    /// <summary>The expression; null for an indicator.</summary>
    public string? Text { get; init; }
}

/// <summary>Something whose value at the last candle is asked for.</summary>
internal abstract class AskedValue
{
    // Recursive ones agree with any seeding once so many of their lengths have passed.
    private const int Settling = 25, LeastBars = 200, MostBars = 20_000;

    /// <summary>How many candles it should see.</summary>
    public int Bars(Timeframe timeframe) => Math.Clamp(Settling * (WarmUp(timeframe) + 2), LeastBars, MostBars);

    public abstract IEnumerable<IndicatorValue> Over(MarketData data);

    protected abstract int WarmUp(Timeframe timeframe);
}

/// <summary>An indicator, with each of its outputs.</summary>
internal sealed class AskedIndicator(Indicator indicator) : AskedValue
{
    public override IEnumerable<IndicatorValue> Over(MarketData data) =>
        indicator.Over(data.Candles).Select((column, i) => new IndicatorValue(column.Name, UnitOf(column.Name, data), At(column, 0), At(column, 1)) { Label = LabelOf(indicator.Descriptor.Outputs[i]) });

    protected override int WarmUp(Timeframe timeframe) => indicator.WarmUpBars;

    private string LabelOf(string output)
    {
        var name = indicator.Descriptor.Name;
        var values = indicator.Parameters.Count == 0 ? "" : $"({string.Join(',', indicator.Parameters.Select(Schemas.Number))})";
        return $"{(name.Length <= 4 ? name.ToUpperInvariant() : name.Replace('_', ' '))}{values}{(output.Length == 0 ? "" : " " + output.Replace('_', ' '))}";
    }

    private static double? At(IndicatorColumn column, int fromEnd) =>
        column.Values.Length > fromEnd && column.Values[^(1 + fromEnd)] is var value && double.IsFinite(value) ? value : null;

    private string UnitOf(string column, MarketData data) => indicator.Descriptor.Name switch
    {
        _ when column.EndsWith("_direction", StringComparison.Ordinal) => FigureUnits.Number,
        "sma" or "ema" or "wma" or "hma" or "dema" or "tema" or "kama" or "vwap" or "rolling_vwap" or "bollinger" or "keltner" or "donchian"
            or "supertrend" or "psar" or "ichimoku" or "heikin_ashi" or "highest" or "lowest" or "pivots" or "zigzag" or "fib_retracement" or "fib_extension"
            or "atr" or "true_range" or "macd" or "momentum" or "stddev" => data.QuoteUnit,
        "rsi" or "stochastic" or "stoch_rsi" or "mfi" or "adx" or "aroon" or "williams_r" => FigureUnits.Index,
        "roc" or "ppo" => FigureUnits.Percent,
        "hv" or "parkinson" or "garman_klass" => indicator.Parameters[^1] == 1 ? FigureUnits.FractionPerBar : FigureUnits.FractionPerYear,
        _ => FigureUnits.Number,
    };
}

/// <summary>An expression, a number or a truth.</summary>
internal sealed class AskedExpression(string name, Expression expression) : AskedValue
{
    private const int ShownLength = 80;

    public override IEnumerable<IndicatorValue> Over(MarketData data)
    {
        var text = expression.Text.Length > ShownLength ? expression.Text[..ShownLength] + "…" : expression.Text;
        if (expression.Type == ExpressionType.Bool)
            return [new IndicatorValue(name, "", null, null) { Truth = expression.Truths(data.Candles)[^1], Text = text }];
        var values = expression.Numbers(data.Candles);
        return [new IndicatorValue(name, FigureUnits.Number, values[^1], values.Length > 1 ? values[^2] : null) { Text = text }];
    }

    protected override int WarmUp(Timeframe timeframe) => expression.WarmUp(timeframe);
}
