using CsCheck;
using Omega.Trading.Statistics;

namespace Omega.Trading.Tests.Statistics;

public sealed class RatiosTests
{
    /// <summary>Returns 2 %, -1 %, 3 %, -2 %, 0: mean 0.4 %; squares below zero 1 + 4 per mille of a mille over all five bars.</summary>
    [Fact]
    public void All_FiveReturns_AreByHand()
    {
        double[] returns = [0.02, -0.01, 0.03, -0.02, 0];
        var (mean, deviation) = Moments.MeanAndDeviation(returns);

        Assert.Equal(0.004 / Math.Sqrt(0.00172 / 4) * 12, Ratios.Sharpe(mean, deviation, 144), 1e-9);    // 2.56 + 1.96 + 6.76 + 5.76 + 0.16 = 17.2 (e-4)
        Assert.Equal(0.004 / Math.Sqrt(0.0005 / 5) * 12, Ratios.Sortino(returns, 0, 144), 1e-9);
        Assert.Equal(0.05 / 0.03, Ratios.Omega(returns), 1e-12);
    }

    [Fact]
    public void All_NoLoss_AreNotNumbers()
    {
        Assert.True(double.IsNaN(Ratios.Sharpe(0, 0, 1)));
        Assert.True(double.IsNaN(Ratios.Sortino([0.1, 0.2], 0, 1)));
        Assert.True(double.IsNaN(Ratios.Omega([0.1, 0, 0.2])));
    }

    [Fact]
    public void Returns_AnyPrices_CompoundToTheWhole() => Gen.Double[1, 100].Array[2, 100].Sample(prices =>
    {
        var returns = new double[prices.Length - 1];
        Returns.Of(prices, returns);
        Assert.Equal(prices[^1], returns.Aggregate(prices[0], (value, change) => value * (1 + change)), 1e-6);
    });
}
