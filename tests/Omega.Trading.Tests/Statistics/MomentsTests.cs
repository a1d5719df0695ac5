using CsCheck;
using Omega.Trading.Statistics;

namespace Omega.Trading.Tests.Statistics;

public sealed class MomentsTests
{
    /// <summary>2, 4, 4, 4, 5, 5, 7, 9: the deviations from 5 are -3, -1, -1, -1, 0, 0, 2, 4.</summary>
    [Fact]
    public void Of_TextbookSample_IsByHand()
    {
        var moments = Moments.Of([2, 4, 4, 4, 5, 5, 7, 9]);

        Assert.Equal(5, moments.Mean, 12);
        Assert.Equal(32, moments.M2, 12);            // 9 + 1 + 1 + 1 + 4 + 16
        Assert.Equal(42, moments.M3, 12);            // -27 - 3 + 8 + 64
        Assert.Equal(356, moments.M4, 12);           // 81 + 3 + 16 + 256
        Assert.Equal(Math.Sqrt(32.0 / 7), moments.SampleDeviation, 12);
        Assert.Equal(42.0 / 8 / 8, moments.Skew, 12);        // population variance 4, its 1.5th power 8
        Assert.Equal(356.0 / 8 / 16, moments.Kurtosis, 12);
        Assert.Equal((5, Math.Sqrt(32.0 / 7)), Moments.MeanAndDeviation([2, 4, 4, 4, 5, 5, 7, 9]));
    }

    [Fact]
    public void Of_LargeOffset_KeepsTheDeviation() =>
        Gen.Double[-1e-4, 1e-4].Array[2, 300].Sample(values =>
        {
            // In decimal, which has digits enough for the offset.
            var shifted = values.Select(value => 1e6 + value).ToArray();
            var exact = shifted.Select(value => (decimal)(value - 1e6)).ToArray();
            var mean = exact.Average();
            var deviation = Math.Sqrt((double)exact.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
            Assert.Equal(deviation, Moments.Of(shifted).SampleDeviation, 1e-9);
        });

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Of_TooFewValues_IsNotANumber(int count) => Assert.True(double.IsNaN(Moments.Of(new double[count]).SampleDeviation));
}
