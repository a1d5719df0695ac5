using CsCheck;
using Omega.Trading.Backtesting;

namespace Omega.Trading.Tests.Backtesting;

public sealed class AlteredFutureTests
{
    /// <summary>One set of columns, used again and again, gives what new ones would.</summary>
    [Fact]
    public void Of_ColumnsUsedAgain_AreAsNewOnes() =>
        Gen.Select(Gen.Int[0, 79], Gen.Int[0, 79], Gen.Enum<FutureAlteration>(), Gen.Int[0, 1_000]).List[1, 12].Sample(steps =>
        {
            var series = Hourly.Walk(80);
            var future = new AlteredFuture(series, mayReuse: true);
            foreach (var (last, ahead, alteration, seed) in steps)
            {
                var end = Math.Min(last + 1 + ahead, series.Count);
                Assert.Equal(
                    All(new AlteredFuture(series, mayReuse: false).Of(last, end, alteration, new Random(seed))),
                    All(future.Of(last, end, alteration, new Random(seed))));
            }
        }, iter: 500);

    [Theory]
    [InlineData(40)]
    [InlineData(80)]
    public void Of_Shuffled_HasThePastAndBarsOfTheFuture(int end)
    {
        var series = Hourly.Walk(80);
        var shuffled = All(new AlteredFuture(series, mayReuse: false).Of(29, end, FutureAlteration.Shuffled, new Random(1)));

        Assert.Equal(end, shuffled.Length);
        Assert.Equal(All(series)[..30], shuffled[..30]);
        Assert.NotEqual(All(series)[30..end], shuffled[30..]);
        Assert.Equal(All(series)[..end].Select(bar => bar.Time), shuffled.Select(bar => bar.Time));
        var closes = shuffled[30..].Select(bar => bar.Close).ToList();
        Assert.Equal(closes.Count, closes.Intersect(All(series)[30..].Select(bar => bar.Close)).Count());
    }

    [Fact]
    public void Of_OwnClose_ChangesTheBarOnlyAtItsCloseAndVolume()
    {
        var series = Hourly.Walk(80);
        var (before, after) = (series[29], new AlteredFuture(series, mayReuse: true).Of(29, 80, FutureAlteration.OwnClose, new Random(1))[29]);

        Assert.NotEqual(before.Close, after.Close);
        Assert.Equal(before with { Close = after.Close, Volume = after.Volume }, after);
        Assert.InRange(after.Close, after.Low, after.High);
    }

    [Fact]
    public void Of_Resampled_KeepsHowManyPartsEachHad()
    {
        var series = Hourly.Walk(80).Resample(Timeframe.H4);

        Assert.Equal(series.Parts.ToArray(), new AlteredFuture(series, mayReuse: false).Of(5, series.Count, FutureAlteration.Scaled, new Random(1)).Parts.ToArray());
    }

    private static Candle[] All(CandleSeries series) => [.. Enumerable.Range(0, series.Count).Select(i => series[i])];
}
