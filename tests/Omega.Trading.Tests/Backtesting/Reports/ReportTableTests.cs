using Omega.Trading.Backtesting;

namespace Omega.Trading.Tests.Backtesting;

public class ReportTableTests
{
    [Theory]
    [InlineData("final_equity", "10,396.04", "10,297.03")]
    [InlineData("total_return", "+3.96 %", "+2.97 %")]
    [InlineData("cagr", "-", "-")]
    [InlineData("max_drawdown", "-4.55 %", "-5.45 %")]
    [InlineData("trades", "1", "0")]
    [InlineData("win_rate", "100.00 %", "-")]
    [InlineData("average_win", "396.04", "-")]
    [InlineData("average_loss", "-", "-")]
    [InlineData("best_trade", "+3.96 %", "-")]
    [InlineData("average_duration", "2 h", "-")]
    [InlineData("exposure", "50.00 %", "75.00 %")]
    [InlineData("fees_paid", "0.00", "0.00")]
    [InlineData("return_above_hold", "+0.99 %", "")]
    [InlineData("trials", "1", "")]
    public void Of_OneTradeByHand_ShowsItsFigures(string name, string own, string hold)
    {
        var row = ReportTable.Of(SmallRun.OneTrade()).Groups.SelectMany(group => group.Rows).Single(row => row.Name == name);
        Assert.Equal([own, hold], row.Cells);
    }

    [Fact]
    public void Of_EveryStatisticOfTheJson_IsThereWithADefinition()
    {
        var rows = ReportTable.Of(SmallRun.OneTrade()).Groups.SelectMany(group => group.Rows).ToList();
        string[] names =
        [
            "final_equity", "total_return", "cagr", "volatility", "sharpe", "sortino", "calmar", "omega_ratio", "tail_ratio", "skew", "kurtosis", "max_drawdown", "max_drawdown_duration",
            "average_drawdown", "ulcer_index", "var_95", "cvar_95", "var_99", "cvar_99", "trades", "win_rate", "average_win", "average_loss", "best_trade", "worst_trade", "average_duration",
            "payoff_ratio", "profit_factor", "expectancy", "sqn", "kelly", "exposure", "turnover", "fees_paid", "slippage_paid", "psr", "dsr", "psr_excess", "dsr_excess", "pbo",
        ];
        Assert.Equal(names.Order(), rows.Select(row => row.Name).Intersect(names).Order());
        Assert.All(rows, row => Assert.EndsWith(".", row.Definition, StringComparison.Ordinal));
    }

    [Fact]
    public void Of_OneStrategyTwice_HeadsTellThemApartInTheGivenOrder()
    {
        var table = ReportTable.Of(SmallRun.OneTrade("b"), SmallRun.OneTrade("a"), SmallRun.OneTrade("b"));
        Assert.Equal(["b 12/0.5", "a", "b 12/0.5", "buy and hold"], table.Columns);
        Assert.All(table.Groups.SelectMany(group => group.Rows), row => Assert.Equal(table.Columns.Count, row.Cells.Count));
    }

    [Fact]
    public void Of_OtherWindows_IsRefused()
    {
        Assert.Throws<TradingException>(() => ReportTable.Of());
        var later = BacktestEngine.Run(new Scripted(), Hourly.Flat(1, 1, 1, 1), new() { From = DateTimeOffset.FromUnixTimeMilliseconds(Hourly.Time(1)) });
        Assert.Contains("different windows", Assert.Throws<TradingException>(() => ReportTable.Of(SmallRun.OneTrade(), later)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_CoreStatistics_LeavesOutWhatWasNotComputed()
    {
        var core = BacktestEngine.Run(new Scripted(), Hourly.Flat(100, 101, 102), new() { Statistics = StatisticsLevel.Core });
        var table = ReportTable.Of(core);
        Assert.Equal(["scripted"], table.Columns);
        Assert.DoesNotContain(table.Groups, group => group.Name.StartsWith("against", StringComparison.Ordinal) || group.Name.StartsWith("trust", StringComparison.Ordinal));
    }
}
