using CsCheck;
using Omega.Trading.Statistics;

namespace Omega.Trading.Tests.Statistics;

public sealed class NormalTests
{
    /// <summary>Values from tables of the normal distribution.</summary>
    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1, 0.8413447460685429)]
    [InlineData(1.959963984540054, 0.975)]
    [InlineData(-3, 0.0013498980316300946)]
    [InlineData(-6, 9.865876450376981e-10)]
    [InlineData(-8, 6.220960574271786e-16)]
    public void Cdf_KnownValue_IsTheTables(double x, double expected)
    {
        Assert.Equal(expected, Normal.Cdf(x), 1e-15);
        Assert.Equal(1, Normal.Cdf(x) / expected, 1e-7);
    }

    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.975, 1.959963984540054)]
    [InlineData(0.01, -2.3263478740408408)]
    [InlineData(1e-10, -6.361340902404056)]
    public void Quantile_KnownValue_IsTheTables(double p, double expected) => Assert.Equal(expected, Normal.Quantile(p), 1e-12);

    [Fact]
    public void Quantile_OfCdf_IsTheValue() => Gen.Double[-7, 5].Sample(x => Math.Abs(Normal.Quantile(Normal.Cdf(x)) - x) < 1e-9);

    [Fact]
    public void Cdf_Ends_AreZeroAndOne()
    {
        Assert.Equal(0, Normal.Cdf(double.NegativeInfinity));
        Assert.Equal(1, Normal.Cdf(double.PositiveInfinity));
        Assert.True(double.IsNaN(Normal.Cdf(double.NaN)));
        Assert.True(double.IsNaN(Normal.Quantile(1.5)));
    }
}
