using Omega.Trading.Statistics;

namespace Omega.Trading.Tests.Statistics;

public sealed class MonteCarloTests
{
    private static readonly double[] Returns = [.. Enumerable.Range(0, 64).Select(i => i % 8 < 5 ? 0.03 : -0.04)];

    [Fact]
    public void Run_UnderThirtyTrades_IsNull() => Assert.Null(MonteCarlo.Run(new double[29]));

    [Fact]
    public void Run_SameSeed_IsTheSame()
    {
        Assert.Equal(MonteCarlo.Run(Returns), MonteCarlo.Run(Returns));
        Assert.NotEqual(MonteCarlo.Run(Returns), MonteCarlo.Run(Returns, new() { Seed = 2 }));
        Assert.Equal((4, 10_000), (MonteCarlo.Run(Returns)!.BlockLength, MonteCarlo.Run(Returns)!.Paths));
    }

    [Fact]
    public void Run_EqualReturns_EveryPathIsTheSame()
    {
        var paths = MonteCarlo.Run([.. Enumerable.Repeat(-0.02, 40)], new() { Paths = 50 })!;
        var end = Math.Pow(0.98, 40) - 1;

        Assert.Equal(end, paths.FinalReturn5, 1e-12);
        Assert.Equal(end, paths.FinalReturn95, 1e-12);
        Assert.Equal(end, paths.Drawdown50, 1e-12);
        Assert.Equal(1, paths.RuinProbability);
        Assert.Equal(0, MonteCarlo.Run([.. Enumerable.Repeat(-0.02, 40)], new() { Paths = 50, Ruin = 0.6 })!.RuinProbability);
    }

    /// <summary>The mean of the log returns of the paths is that of the trades; the median path lies close to it.</summary>
    [Fact]
    public void Run_ManyPaths_MedianIsNearTheTrades()
    {
        var paths = MonteCarlo.Run(Returns)!;
        var whole = Returns.Sum(value => Math.Log(1 + value));

        Assert.Equal(whole, Math.Log(1 + paths.FinalReturn50), 0.03);
        Assert.True(paths.FinalReturn5 < paths.FinalReturn50 && paths.FinalReturn50 < paths.FinalReturn95);
        Assert.True(paths.Drawdown95 < paths.Drawdown50);
    }

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(10, 0)]
    [InlineData(10, double.NaN)]
    public void Run_OptionOutOfRange_IsRefused(int paths, double ruin) =>
        Assert.Throws<TradingException>(() => MonteCarlo.Run(Returns, new() { Paths = paths, Ruin = ruin }));
}
