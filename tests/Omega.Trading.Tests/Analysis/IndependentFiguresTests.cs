using Omega.Trading.Analysis;
using Omega.Trading.Tests.Indicators;

namespace Omega.Trading.Tests.Analysis;

/// <summary>Every number of a report against its definition, computed at the last bar alone: windows value by value, averages as sums.</summary>
public sealed class IndependentFiguresTests
{
    private const int Enough = 5400;

    [Fact]
    public void Report_MadeUpBars_EqualsTheDefinitions() => Compare(Bars.Walk(21, Enough));

    [Fact]
    public void Report_RealBars_EqualsTheDefinitions()
    {
        foreach (var from in (int[])[0, 20_000, RealBars.Count - Enough])
            Compare(RealBars.Slice(from, Enough));
    }

    private static void Compare(Candle[] bars)
    {
        var report = MarketAnalyzer.Analyze(CandleSeries.Create(Timeframe.H1, "SIM:1", bars)).Timeframes[0];
        double[] closes = [.. bars.Select(bar => bar.Close)];
        var last = bars[^1];

        Same(Average(closes, 2.0 / 21), report.Trend.Ema20);
        Same(Average(closes, 2.0 / 51), report.Trend.Ema50);
        Same(Average(closes, 2.0 / 201), report.Trend.Ema200);
        var (plus, minus, adx) = Directional(bars);
        Same(plus, report.Trend.PlusDi14);
        Same(minus, report.Trend.MinusDi14);
        Same(adx, report.Trend.Adx14);
        Same(adx / 100, report.Trend.Strength);
        Assert.Equal(
            adx < 20 ? TrendDirection.Sideways
            : Math.Min(last.Close, Average(closes, 2.0 / 21)) > Average(closes, 2.0 / 51) ? TrendDirection.Up
            : Math.Max(last.Close, Average(closes, 2.0 / 21)) < Average(closes, 2.0 / 51) ? TrendDirection.Down
            : TrendDirection.Sideways,
            report.Trend.Direction);
        var correlation = Correlation([.. Enumerable.Range(0, 50).Select(i => (double)i)], closes[^50..]);
        Same(correlation * correlation, report.Trend.R2Of50, 1e-7);
        Same(correlation * Deviation(closes[^50..]) / Deviation([.. Enumerable.Range(0, 50).Select(i => (double)i)]) / last.Close, report.Trend.Slope50, 1e-7);

        double[] gains = [.. Steps(closes).Select(step => Math.Max(step, 0))];
        double[] losses = [.. Steps(closes).Select(step => Math.Max(-step, 0))];
        Same(100 - (100 / (1 + (Average(gains, 1.0 / 14) / Average(losses, 1.0 / 14)))), report.Momentum.Rsi14);
        double[] lines = [.. Enumerable.Range(closes.Length - 700, 700).Select(t => Average(closes.AsSpan(0, t + 1), 2.0 / 13) - Average(closes.AsSpan(0, t + 1), 2.0 / 27))];
        Near(lines[^1], report.Momentum.MacdLine, 1e-9 * last.Close);
        Near(Average(lines, 0.2), report.Momentum.MacdSignal, 1e-9 * last.Close);
        Near(lines[^1] - Average(lines, 0.2), report.Momentum.MacdHistogram, 1e-9 * last.Close);
        Near((closes[^1] / closes[^11]) - 1, report.Momentum.Roc10, 1e-12);
        Near((closes[^1] / closes[^51]) - 1, report.Momentum.Roc50, 1e-12);
        double[] raw = [.. Enumerable.Range(bars.Length - 5, 5).Select(t => RawK(bars[(t - 13)..(t + 1)]))];
        Near(raw[^3..].Average(), report.Momentum.StochasticK, 1e-7);
        Near(((raw[0] + raw[4]) + (2 * (raw[1] + raw[3])) + (3 * raw[2])) / 9, report.Momentum.StochasticD, 1e-7);

        var atr = Average(Ranges(bars), 1.0 / 14);
        Same(atr, report.Volatility.Atr14);
        Same(atr / last.Close, report.Volatility.AtrFraction);
        var volatilities = Volatilities(closes, 1001);
        Same(volatilities[^1], report.Volatility.Hv20);
        Assert.Equal(1000, report.Volatility.RegimeBars);
        var rank = volatilities[..^1].Count(value => value < volatilities[^1]) / 1000.0;
        Near(rank, report.Volatility.RegimeQuantile, 0.0011);
        var (mean, deviation) = (closes[^20..].Average(), Deviation(closes[^20..]));
        Same(mean - (2 * deviation), report.Volatility.BollingerLower);
        Same(mean, report.Volatility.BollingerMiddle);
        Same(mean + (2 * deviation), report.Volatility.BollingerUpper);
        Same(4 * deviation / mean, report.Volatility.BollingerWidth, 1e-7);
        Near((((last.Close - mean) / deviation) + 2) / 4, report.Volatility.BollingerPosition, 1e-6);

        double[] volumes = [.. bars.Select(bar => bar.Volume)];
        Assert.Equal(last.Volume, report.Volume.Last);
        Same(volumes[^21..^1].Average(), report.Volume.Mean20);
        Same(last.Volume / volumes[^21..^1].Average(), report.Volume.Relative);
        Near(bars[^20..].Sum(MoneyFlow) / volumes[^20..].Sum(), report.Volume.Cmf20, 1e-9);
        Same(bars[^20..].Sum(bar => Typical(bar) * bar.Volume) / volumes[^20..].Sum(), report.Volume.Vwap20);
        var (up, down) = (0.0, 0.0);
        for (var t = bars.Length - 14; t < bars.Length; t++)
        {
            var flow = Typical(bars[t]) * bars[t].Volume;
            up += Typical(bars[t]) > Typical(bars[t - 1]) ? flow : 0;
            down += Typical(bars[t]) < Typical(bars[t - 1]) ? flow : 0;
        }

        Same(100 / (1 + (down / up)), report.Volume.Mfi14);
    }

    private static void Same(double expected, double? actual, double tolerance = 1e-9) => Near(expected, actual, tolerance * Math.Abs(expected));

    private static void Near(double expected, double? actual, double tolerance) => Assert.Equal(expected, Assert.NotNull(actual), tolerance);

    /// <summary>An exponential average as the weighted sum that it is.</summary>
    private static double Average(ReadOnlySpan<double> values, double factor)
    {
        var (sum, weight) = (0.0, factor);
        for (var i = values.Length - 1; i >= 0 && weight > 1e-26; i--)
            (sum, weight) = (sum + (weight * values[i]), weight * (1 - factor));
        return sum;
    }

    private static (double Plus, double Minus, double Adx) Directional(Candle[] bars)
    {
        var ranges = Ranges(bars);
        double[] plus = [.. bars.Zip(bars.Skip(1), (a, b) => b.High - a.High > a.Low - b.Low ? Math.Max(b.High - a.High, 0) : 0)];
        double[] minus = [.. bars.Zip(bars.Skip(1), (a, b) => a.Low - b.Low > b.High - a.High ? Math.Max(a.Low - b.Low, 0) : 0)];
        double At(double[] values, int end) => Average(values.AsSpan(0, end), 1.0 / 14);
        double[] dx = [.. Enumerable.Range(ranges.Length - 800, 801).Select(end => 100 * Math.Abs(At(plus, end) - At(minus, end)) / (At(plus, end) + At(minus, end)))];
        return (100 * At(plus, ranges.Length) / At(ranges, ranges.Length), 100 * At(minus, ranges.Length) / At(ranges, ranges.Length), Average(dx, 1.0 / 14));
    }

    private static double[] Ranges(Candle[] bars) =>
        [.. bars.Zip(bars.Skip(1), (a, b) => Math.Max(b.High - b.Low, Math.Max(Math.Abs(b.High - a.Close), Math.Abs(b.Low - a.Close))))];

    private static double[] Steps(double[] values) => [.. values.Zip(values.Skip(1), (a, b) => b - a)];

    private static double[] Volatilities(double[] closes, int count)
    {
        double[] returns = [.. closes.Zip(closes.Skip(1), (a, b) => Math.Log(b / a))];
        return [.. Enumerable.Range(returns.Length - count + 1, count).Select(end => Deviation(returns[(end - 20)..end]) * Math.Sqrt(20.0 / 19 * 365 * 24))];
    }

    private static double Deviation(double[] values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }

    private static double Correlation(double[] x, double[] y)
    {
        var (meanX, meanY) = (x.Average(), y.Average());
        return x.Zip(y, (a, b) => (a - meanX) * (b - meanY)).Average() / (Deviation(x) * Deviation(y));
    }

    private static double RawK(Candle[] bars)
    {
        var (high, low) = (bars.Max(bar => bar.High), bars.Min(bar => bar.Low));
        return 100 * (bars[^1].Close - low) / (high - low);
    }

    private static double Typical(Candle bar) => (bar.High + bar.Low + bar.Close) / 3;

    private static double MoneyFlow(Candle bar) => bar.High > bar.Low ? ((2 * bar.Close) - bar.High - bar.Low) / (bar.High - bar.Low) * bar.Volume : 0;
}
