using CsCheck;
using Omega.Trading.Statistics;

namespace Omega.Trading.Tests.Statistics;

public sealed class DrawdownsTests
{
    /// <summary>Two episodes: from 100 (bar 0) to 80 and back at bar 3, from 120 (bar 4) to 90, not back by the end.</summary>
    [Fact]
    public void Of_TwoEpisodes_IsByHand()
    {
        double[] equity = [100, 80, 90, 100, 120, 90, 108, 114];
        var drawdowns = Drawdowns.Of(equity, [.. Enumerable.Range(0, 8).Select(i => i * 3_600_000L)]);

        Assert.Equal(-0.25, drawdowns.Deepest, 12);
        Assert.Equal((-0.2 - 0.25) / 2, drawdowns.Average, 12);
        Assert.Equal(TimeSpan.FromHours(3), drawdowns.Longest);
        Assert.Equal(Math.Sqrt((0.04 + 0.01 + 0.0625 + 0.01 + 0.0025) / 8), drawdowns.Ulcer, 12);
        Assert.Equal(-0.25, Drawdowns.DeepestOf(equity), 12);
    }

    [Fact]
    public void Of_RisingEquity_IsZero() => Assert.Equal(new Drawdowns(0, 0, TimeSpan.Zero, 0), Drawdowns.Of([1, 2, 3], [0, 1, 2]));

    [Fact]
    public void DeepestOf_AnyEquity_IsTheWorstOfAllPairs() => Gen.Double[1, 1000].Array[1, 60].Sample(equity =>
    {
        var worst = Enumerable.Range(0, equity.Length).SelectMany(i => Enumerable.Range(i, equity.Length - i).Select(j => (equity[j] / equity[i]) - 1)).Min();
        Assert.Equal(worst, Drawdowns.DeepestOf(equity), 1e-12);
        Assert.Equal(worst, Drawdowns.Of(equity, new long[equity.Length]).Deepest, 1e-12);
        var curve = new double[equity.Length];
        Drawdowns.Curve(equity, curve);
        Assert.Equal(worst, curve.Min(), 1e-12);
    });
}
