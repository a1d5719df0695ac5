using CsCheck;
using Omega.Trading.Indicators;

namespace Omega.Trading.Tests.Indicators;

/// <summary>Parabolic SAR and SuperTrend by their rules, each looked up in the bars of the trend so far.</summary>
public sealed class TrendFollowerTests
{
    [Fact]
    public void ParabolicSar_AnyBars_KeepsWildersRules() => Bars.Any.Sample(bars =>
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
            var steps = 1 + Enumerable.Range(first, Math.Max(0, trend.Length - first))
                .Count(i => up ? trend[i].High > trend[..i].Max(bar => bar.High) : trend[i].Low < trend[..i].Min(bar => bar.Low));
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
    }, iter: 100);

    [Fact]
    public void SuperTrend_AnyBars_KeepsItsRules() => Bars.Any.Sample(bars =>
    {
        var (value, direction) = Columns("supertrend:5,2", bars);
        var atr = IndicatorCatalog.Parse("atr:5").Over(Bars.Series(bars))[0].Values.ToArray();
        for (var t = 6; t < bars.Length; t++)
        {
            var middle = (bars[t].High + bars[t].Low) / 2;
            var up = direction[t - 1] > 0;
            // While the trend lasts the band only goes its way; a close beyond it turns the trend.
            var band = up ? Math.Max(value[t - 1], middle - (2 * atr[t])) : Math.Min(value[t - 1], middle + (2 * atr[t]));
            var turns = up ? bars[t].Close < band : bars[t].Close > band;
            Assert.Equal(turns ? -direction[t - 1] : direction[t - 1], direction[t]);
            if (!turns)
                Assert.Equal(band, value[t]);
            else
                Assert.True(up ? value[t] <= middle + (2 * atr[t]) : value[t] >= middle - (2 * atr[t]));
        }
    }, iter: 100);

    private static (double[] Value, double[] Direction) Columns(string text, Candle[] bars)
    {
        var columns = IndicatorCatalog.Parse(text).Over(Bars.Series(bars));
        return (columns[0].Values.ToArray(), columns[1].Values.ToArray());
    }
}
