using Omega.Trading.Statistics;

namespace Omega.Trading.Tests.Statistics;

/// <summary>Against the figures that Bailey and López de Prado published.</summary>
public sealed class SharpeInferenceTests
{
    [Fact]
    public void Probabilistic_PublishedExample_IsThePapers() =>
        Assert.Equal(0.9134, SharpeInference.Probabilistic(0.458, 0, 24, -2.448, 10.164), 1e-4);

    [Fact]
    public void Deflated_PublishedExample_IsThePapers()
    {
        var variance = 0.5 / 250;

        Assert.Equal(0.11317, SharpeInference.ExpectedMaximum(100, variance), 1e-5);
        Assert.Equal(0.90040, SharpeInference.Deflated(2.5 / Math.Sqrt(250), 1250, -3, 10, 100, variance), 1e-5);
    }

    [Fact]
    public void Deflated_OneTrial_IsTheProbabilisticRatio() =>
        Assert.Equal(SharpeInference.Probabilistic(0.05, 0, 1000, -0.5, 6), SharpeInference.Deflated(0.05, 1000, -0.5, 6, 1, 0.3));

    [Fact]
    public void Deflated_MoreTrials_IsLower()
    {
        var ratios = new[] { 1, 2, 10, 100, 1000 }.Select(trials => SharpeInference.Deflated(0.1, 1000, 0, 3, trials, 0.001)).ToArray();

        Assert.Equal(ratios.OrderDescending(), ratios);
        Assert.True(ratios[0] - ratios[^1] > 0.2);
    }

    [Fact]
    public void Probabilistic_OneReturn_IsNotANumber() => Assert.True(double.IsNaN(SharpeInference.Probabilistic(1, 0, 1, 0, 3)));
}
