using System.Globalization;
using CsCheck;
using Omega.Trading.Indicators;

namespace Omega.Trading.Tests.Indicators;

/// <summary>Parabolic SAR and SuperTrend by their rules, each looked up in the bars of the trend so far.</summary>
public sealed class TrendFollowerTests(ITestOutputHelper output)
{
    [Fact]
    public void ParabolicSar_AnyBars_KeepsWildersRules() => Bars.Any.Sample(bars => KeepsWildersRules(bars), iter: 100);

    [Fact]
    public void SuperTrend_AnyBars_KeepsItsRules() => Bars.Any.Sample(bars => KeepsTheRulesOfSuperTrend(bars, 5, 2), iter: 100);

    [Fact]
    public void Both_RealHours_KeepTheirRules() => KeepTheirRules(RealBars.Slice(0, RealBars.Count), "hours");

    [Fact]
    public void Both_RealMinutes_KeepTheirRules() => KeepTheirRules(RealBars.Minutes, "minutes");

    private void KeepTheirRules(Candle[] bars, string what)
    {
        output.WriteLine($"psar, {what}: {KeepsWildersRules(bars)} of {bars.Length} bars keep the rules.");
        output.WriteLine($"supertrend, {what}: {KeepsTheRulesOfSuperTrend(bars, 10, 3)} of {bars.Length} bars keep the rules.");
    }

    private static int KeepsWildersRules(Candle[] bars)
    {
        var (value, direction) = Columns("psar", bars);
        var began = 0;
        for (var t = 2; t < bars.Length; t++)
        {
            var up = direction[t - 1] > 0;
            var trend = bars[began..t];
            var extreme = up ? trend.Max(bar => bar.High) : trend.Min(bar => bar.Low);
            // One step for the beginning and one for each bar that carried the extreme further; the first trend begins with two bars.
            var first = began == 0 ? 2 : 1;
            var steps = 1 + Records([.. trend.Select(bar => up ? bar.High : -bar.Low)], first);
            var next = value[t - 1] + (Math.Min(0.2, 0.02 * steps) * (extreme - value[t - 1]));
            var stop = up
                ? Math.Min(next, Math.Min(bars[t - 1].Low, bars[t - 2].Low))
                : Math.Max(next, Math.Max(bars[t - 1].High, bars[t - 2].High));
            if (up ? bars[t].Low < stop : bars[t].High > stop)
            {
                Assert.Equal(-direction[t - 1], direction[t]);
                Assert.Equal(up ? Math.Max(extreme, bars[t].High) : Math.Min(extreme, bars[t].Low), value[t]);
                began = t;
            }
            else
            {
                Assert.Equal(direction[t - 1], direction[t]);
                Assert.Equal(stop, value[t], 1e-12 * Math.Abs(stop));
            }
        }

        return Math.Max(bars.Length - 2, 0);
    }

    /// <summary>How many values from one on are above all before them.</summary>
    private static int Records(double[] values, int from)
    {
        var (records, highest) = (0, values[..Math.Min(from, values.Length)].Max());
        foreach (var value in values.Skip(from))
        {
            records += value > highest ? 1 : 0;
            highest = Math.Max(highest, value);
        }

        return records;
    }

    private static int KeepsTheRulesOfSuperTrend(Candle[] bars, int length, double width)
    {
        var (value, direction) = Columns(string.Create(CultureInfo.InvariantCulture, $"supertrend:{length},{width}"), bars);
        var atr = IndicatorCatalog.Parse($"atr:{length}").Over(Bars.Series(bars))[0].Values.ToArray();
        for (var t = length + 1; t < bars.Length; t++)
        {
            var middle = (bars[t].High + bars[t].Low) / 2;
            var up = direction[t - 1] > 0;
            // While the trend lasts the band only goes its way; a close beyond it turns the trend. After outliers the bands may have crossed,
            // and the bar that turned the trend may have closed beyond the other band too: that one begins anew.
            var isBeyond = up ? bars[t - 1].Close < value[t - 1] : bars[t - 1].Close > value[t - 1];
            var basic = up ? middle - (width * atr[t]) : middle + (width * atr[t]);
            var band = isBeyond ? basic : up ? Math.Max(value[t - 1], basic) : Math.Min(value[t - 1], basic);
            var turns = up ? bars[t].Close < band : bars[t].Close > band;
            Assert.Equal(turns ? -direction[t - 1] : direction[t - 1], direction[t]);
            if (!turns)
                Assert.Equal(band, value[t]);
            else
                Assert.True(up ? value[t] <= middle + (width * atr[t]) : value[t] >= middle - (width * atr[t]));
        }

        return Math.Max(bars.Length - length - 1, 0);
    }

    private static (double[] Value, double[] Direction) Columns(string text, Candle[] bars)
    {
        var columns = IndicatorCatalog.Parse(text).Over(Bars.Series(bars));
        return (columns[0].Values.ToArray(), columns[1].Values.ToArray());
    }
}
