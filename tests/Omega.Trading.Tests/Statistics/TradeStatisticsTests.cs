using Omega.Trading.Execution;
using Omega.Trading.Statistics;

namespace Omega.Trading.Tests.Statistics;

public sealed class TradeStatisticsTests
{
    /// <summary>+300 on 1,000; -100 on 1,300 …: three wins and two losses.</summary>
    [Fact]
    public void Of_FiveTrades_IsByHand()
    {
        var trades = TradeStatistics.Of([Trade(300, 0.3, 2), Trade(-100, -0.1, 4), Trade(200, 0.1, 1), Trade(-50, -0.02, 3), Trade(100, 0.05, 0)]);

        Assert.Equal(5, trades.Count);
        Assert.Equal(0.6, trades.WinRate!.Value, 12);
        Assert.Equal(200m, trades.AverageWin);
        Assert.Equal(-75m, trades.AverageLoss);
        Assert.Equal((0.3, -0.1), (trades.Best!.Value, trades.Worst!.Value));
        Assert.Equal(TimeSpan.FromHours(2), trades.AverageDuration);
        Assert.Equal(0.15 / 0.06, trades.PayoffRatio!.Value, 12);
        Assert.Equal(600 / 150.0, trades.ProfitFactor!.Value, 12);
        Assert.Equal(90m, trades.Expectancy);
        Assert.Equal(0.6 - (0.4 / 2.5), trades.Kelly!.Value, 12);
        Assert.Null(trades.Sqn);
    }

    [Fact]
    public void Of_ThirtyTrades_HasSqn()
    {
        // Returns 1 % and 3 % in turns: mean 2 %, ddof-1 deviation √(30/29) %.
        var trades = TradeStatistics.Of([.. Enumerable.Range(0, 30).Select(i => Trade(10, i % 2 == 0 ? 0.01 : 0.03, 1))]);

        Assert.Equal(Math.Sqrt(30) * 2 / Math.Sqrt(30 / 29.0), trades.Sqn!.Value, 1e-9);
        Assert.Null(trades.ProfitFactor);
        Assert.Null(trades.Kelly);
        Assert.Null(trades.AverageLoss);
    }

    [Fact]
    public void Of_NoTrade_IsNull() => Assert.Equal(new TradeStatistics { Count = 0 }, TradeStatistics.Of([]));

    private static Trade Trade(decimal pnl, double change, int hours) => new(1, 0, hours * 3_600_000L, 1, 100, 100 + pnl, pnl, change, 0, FillReason.Signal);
}
