using Omega.Trading.Feeds;

namespace Omega.Trading.Tests.Feeds.Tapes;

public sealed class SuspectPricesTests
{
    [Theory]
    [InlineData(102.0, false)]
    [InlineData(102.1, true)]
    [InlineData(97.9, true)]
    public void IsSuspect_QuietMarket_BeginsAtTwoPerCent(double price, bool expected) => Assert.Equal(expected, Quiet(range: 0.1).IsSuspect(30_000, price));

    [Theory]
    [InlineData(104.9, false)]
    [InlineData(105.1, true)]
    public void IsSuspect_LivelyMarket_BeginsAtTenRanges(double price, bool expected) => Assert.Equal(expected, Quiet(range: 0.5).IsSuspect(30_000, price));

    [Fact]
    public void IsSuspect_SecondWithinTwoSeconds_Confirms()
    {
        var prices = Quiet(range: 0.1);
        Assert.True(prices.IsSuspect(30_000, 110));
        Assert.False(prices.IsSuspect(32_000, 110.5));
        Assert.False(prices.IsSuspect(33_000, 111));
    }

    [Theory]
    [InlineData(32_001, 110)]
    [InlineData(31_000, 120)]
    [InlineData(31_000, 90)]
    public void IsSuspect_SecondLaterOrElsewhere_DoesNotConfirm(long time, double price)
    {
        var prices = Quiet(range: 0.1);
        Assert.True(prices.IsSuspect(30_000, 110));
        Assert.True(prices.IsSuspect(time, price));
    }

    [Fact]
    public void IsSuspect_BackAtTheMedian_IsNot()
    {
        var prices = Quiet(range: 0.1);
        Assert.True(prices.IsSuspect(30_000, 50));
        Assert.False(prices.IsSuspect(30_500, 100));
    }

    [Fact]
    public void IsSuspect_PricesComeSeldom_TheNextOneConfirms()
    {
        var prices = Quiet(range: 0.1, spacing: 900_000);
        Assert.True(prices.IsSuspect(1_000_000, 110));
        Assert.False(prices.IsSuspect(1_900_000, 110));
    }

    [Fact]
    public void IsSuspect_NoMedianYet_IsNot()
    {
        var prices = new SuspectPrices(1000);
        Assert.False(prices.IsSuspect(0, 100));
        Assert.False(prices.IsSuspect(1000, 200));
    }

    // Twenty prices of 100 and candles of one true range.
    private static SuspectPrices Quiet(double range, long spacing = 1000)
    {
        var prices = new SuspectPrices(spacing);
        for (var i = 0; i < 30; i++)
            prices.Add(new Candle(i, 100, 100 + (range / 2), 100 - (range / 2), 100, 1));
        for (var i = 0; i < SuspectPrices.MedianOf; i++)
            Assert.False(prices.IsSuspect(i * 1000, 100));
        return prices;
    }
}
