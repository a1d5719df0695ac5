using Omega.Trading.Indicators;

namespace Omega.Trading.Tests.Indicators;

/// <summary>What an indicator says where there is nothing to say.</summary>
public sealed class NullMeaningTests
{
    private const double Null = double.NaN;

    /// <summary>One price of 0.1, which has no exact double, and nothing traded: values are exact or null, never noise.</summary>
    [Theory]
    [InlineData("sma:7", 0.1)]
    [InlineData("ema:7", 0.1)]
    [InlineData("wma:7", 0.1)]
    [InlineData("hma:9", 0.1)]
    [InlineData("dema:4", 0.1)]
    [InlineData("tema:4", 0.1)]
    [InlineData("kama:5", 0.1)]
    [InlineData("vwap", Null)]
    [InlineData("rolling_vwap:5", Null)]
    [InlineData("rsi:5", Null)]
    [InlineData("stochastic:5", Null, Null)]
    [InlineData("stoch_rsi:5,5", Null, Null)]
    [InlineData("macd:3,6,3", 0.0, 0.0, 0.0)]
    [InlineData("ppo:3,6,3", 0.0, 0.0, 0.0)]
    [InlineData("roc:5", 0.0)]
    [InlineData("momentum:5", 0.0)]
    [InlineData("cci:7", Null)]
    [InlineData("williams_r:5", Null)]
    [InlineData("mfi:5", Null)]
    [InlineData("adx:4", Null, Null, Null)]
    [InlineData("aroon:5", 100.0, 100.0, 0.0)]
    [InlineData("psar", 0.1, 1.0)]
    [InlineData("supertrend:5", 0.1, 1.0)]
    [InlineData("ichimoku:3,5,7", 0.1, 0.1, 0.1, 0.1)]
    [InlineData("heikin_ashi", 0.1, 0.1, 0.1, 0.1)]
    [InlineData("true_range", 0.0)]
    [InlineData("atr:5", 0.0)]
    [InlineData("bollinger:7", 0.1, 0.1, 0.1)]
    [InlineData("keltner:5", 0.1, 0.1, 0.1)]
    [InlineData("donchian:5", 0.1, 0.1, 0.1)]
    [InlineData("hv:7", 0.0)]
    [InlineData("parkinson:7", 0.0)]
    [InlineData("garman_klass:7", 0.0)]
    [InlineData("obv", 0.0)]
    [InlineData("cmf:5", Null)]
    [InlineData("chaikin:3,5", 0.0)]
    [InlineData("highest:5", 0.1)]
    [InlineData("lowest:5", 0.1)]
    [InlineData("stddev:7", 0.0)]
    [InlineData("zscore:7", Null)]
    [InlineData("linreg:7", 0.0, Null)]
    [InlineData("zigzag", Null, Null, Null)]
    [InlineData("fib_retracement", Null, Null, Null, Null, Null)]
    [InlineData("fib_extension", Null, Null, Null, Null, Null)]
    public void Over_OnePriceAndNoVolume_IsExactOrNull(string text, params double[] expected)
    {
        var bars = Enumerable.Range(0, 60).Select(i => new Candle(i * 60_000L, 0.1, 0.1, 0.1, 0.1, 0)).ToArray();
        Assert.Equal(expected, IndicatorCatalog.Parse(text).Over(Bars.Series(bars)).Select(column => column.Values[^1]));
    }

    /// <summary>What has left the window leaves no trace, to the last bit.</summary>
    [Theory]
    [InlineData("sma:7", 0.1)]
    [InlineData("wma:7", 0.1)]
    [InlineData("stddev:7", 0.0)]
    [InlineData("bollinger:7", 0.1)]
    [InlineData("linreg:7", 0.0)]
    [InlineData("zscore:7", Null)]
    [InlineData("highest:7", 0.1)]
    public void Over_OutlierLeftTheWindow_LeavesNoTrace(string text, double expected)
    {
        for (var place = 0; place < 14; place++)
        {
            var bars = Enumerable.Range(0, 40).Select(i => i == 10 + place ? 1e12 : 0.1).Select((close, i) => new Candle(i * 60_000L, close, close, close, close, 0)).ToArray();
            var values = IndicatorCatalog.Parse(text).Over(Bars.Series(bars))[0].Values;
            Assert.All(values[(10 + place + 7)..].ToArray(), value => Assert.Equal(expected, value));
        }
    }

    [Fact]
    public void Rsi_AfterYearsOfOnePrice_IsNullNotNoise()
    {
        // Gains and losses decay below what doubles can hold in full.
        var stream = IndicatorCatalog.Parse("rsi:2").Start();
        double last = 0;
        foreach (var close in (double[])[1, 2, 1.5, .. Enumerable.Repeat(1.5, 2000)])
            last = stream.Next(default, close);
        Assert.Equal(double.NaN, last);
        Assert.Equal(100, stream.Next(default, 2));
    }

    [Fact]
    public void Roc_FromZero_IsNull() => Assert.Equal([double.NaN, double.NaN, -100], Streamed("roc:1", 0, 2, 0));

    [Fact]
    public void HistoricalVolatility_PricesAtOrBelowZero_DoNotCount() =>
        Assert.Equal([double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, 0], Streamed("hv:2", 1, 2, 0, -1, 3, 6));

    /// <summary>An indicator over another begins when that one does.</summary>
    [Fact]
    public void Sma_OverAnIndicatorInWarmUp_BeginsWithItsValues() =>
        Assert.Equal([double.NaN, double.NaN, double.NaN, 4, 5], Streamed("sma:2", double.NaN, double.NaN, 3, 5, 5));

    private static double[] Streamed(string text, params double[] values)
    {
        var stream = IndicatorCatalog.Parse(text).Start();
        return [.. values.Select(value => stream.Next(default, value))];
    }
}
