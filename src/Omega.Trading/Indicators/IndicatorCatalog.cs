using System.Diagnostics.CodeAnalysis;

namespace Omega.Trading.Indicators;

/// <summary>Every indicator, by name. Thread-safe.</summary>
public static class IndicatorCatalog
{
    private static readonly IndicatorDescriptor[] Everything =
    [
        Sma.Indicator, Ema.Indicator, Wma.Indicator, Hma.Indicator, Dema.Indicator, Tema.Indicator, Kama.Indicator, Vwap.Indicator, RollingVwap.Indicator,
        Rsi.Indicator, Stochastic.Indicator, StochRsi.Indicator, Macd.Indicator, Ppo.Indicator, Roc.Indicator, Momentum.Indicator, Cci.Indicator, WilliamsR.Indicator, Mfi.Indicator,
        Adx.Indicator, Aroon.Indicator, ParabolicSar.Indicator, SuperTrend.Indicator, Ichimoku.Indicator, HeikinAshi.Indicator,
        TrueRange.Indicator, Atr.Indicator, Bollinger.Indicator, Keltner.Indicator, Donchian.Indicator, HistoricalVolatility.Indicator, Parkinson.Indicator, GarmanKlass.Indicator,
        Obv.Indicator, Cmf.Indicator, Chaikin.Indicator,
        Highest.Indicator, Lowest.Indicator, StandardDeviation.Indicator, ZScore.Indicator, LinearRegression.Indicator,
        PivotPoints.Indicator, ZigZag.Indicator, FibonacciRetracement.Indicator, FibonacciExtension.Indicator,
    ];

    private static readonly Dictionary<string, IndicatorDescriptor> ByName = Everything.ToDictionary(indicator => indicator.Name, StringComparer.Ordinal);

    /// <summary>All of them, by kind: averages, momentum, trend, volatility, volume, statistics, levels.</summary>
    public static IReadOnlyList<IndicatorDescriptor> All => Everything;

    /// <summary>The indicator of a name.</summary>
    /// <param name="name">Such as <c>ema</c>; lower case.</param>
    /// <exception cref="TradingException">There is none; the message offers near names.</exception>
    public static IndicatorDescriptor Find(string name) =>
        TryFind(name, out var indicator)
            ? indicator
            : throw new TradingException($"Unknown indicator \"{name}\".{NearNames.Question(name, ByName.Keys)} Known: {string.Join(", ", ByName.Keys.Order(StringComparer.Ordinal))}.");

    /// <summary>The indicator of a name; false where there is none.</summary>
    /// <param name="name">Such as <c>ema</c>.</param>
    /// <param name="indicator">The indicator.</param>
    public static bool TryFind(string name, [NotNullWhen(true)] out IndicatorDescriptor? indicator) => ByName.TryGetValue(name, out indicator);

    /// <summary>Reads an indicator with its values: <c>ema</c>, <c>ema:12</c>, <c>macd:12,26,9</c>.</summary>
    /// <param name="text">A name, then a colon and values in order; what is left out takes its default.</param>
    /// <exception cref="TradingException">There is no such indicator, or a value is wrong; the message says which and what is allowed.</exception>
    public static Indicator Parse(string text) => IndicatorText.Parse(text);
}
