using Omega.Trading.Backtesting;
using Omega.Trading.Execution;
using Omega.Trading.Tests.Indicators;
using Omega.Trading.Tests.Market;
using Omega.Trading.Tests.Strategies;

namespace Omega.Trading.Tests.Backtesting;

/// <summary>The engine against a short loop that shares nothing with it.</summary>
public sealed class EmaCrossTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Run_SeededWalk_FillsAndCentsAreTheReferences(int seed) => Compare(Hourly.Walk(5_000, seed));

    [Fact]
    public void Run_RealCandles_FillsAndCentsAreTheReferences()
    {
        var report = Compare(CandleSeries.Create(Timeframe.H1, "replay:test", RealBars.Slice(0, RealBars.Count)));

        Assert.Equal(64_525, report.Bars);
        Assert.Equal(1_104, report.Trades.Count);
        Assert.Equal(55_336.51m, Math.Round(report.Statistics.FinalEquity, 2));
    }

    private static BacktestReport Compare(CandleSeries series)
    {
        var report = BacktestEngine.Run(new EmaCross(), series);
        var (fills, trades, equity) = ReferenceLoop.Run(Candles.All(series), 10_000m, 0.001m);

        Assert.Equal(fills, report.Fills.Select(fill => (fill.Time, fill.Side == OrderSide.Buy, fill.Quantity, fill.Price)));
        Assert.Equal(trades, report.Trades.Count);
        Assert.Equal(equity, report.Statistics.FinalEquity);
        Assert.NotEmpty(fills);
        return report;
    }
}
