using System.Globalization;
using System.Text;
using Omega.Trading.Backtesting;

namespace Omega.Trading.Tests.Backtesting;

public class BacktestCsvTests
{
    [Fact]
    public void WriteTrades_OneTradeByHand_IsOneRow()
    {
        var lines = Lines(BacktestCsv.WriteTrades, SmallRun.OneTrade());
        Assert.Equal(
        [
            "side,opened_at,closed_at,quantity,entry_price,exit_price,pnl,return,fees,exit_reason",
            "long,2024-01-01T01:00:00Z,2024-01-01T03:00:00Z,99.0099,101,105,396.0396,0.03960396,0,signal",
        ], lines);
    }

    [Fact]
    public void WriteTrades_LongRun_ReadsBackExactly()
    {
        var report = SmallRun.Walk(2000);
        var rows = Lines(BacktestCsv.WriteTrades, report).Skip(1).Select(line => line.Split(',')).ToList();
        Assert.Equal(report.Trades.Select(trade => (trade.Quantity, trade.EntryPrice, trade.ExitPrice, trade.Pnl, trade.Fees)), rows.Select(row => (Money(row[3]), Money(row[4]), Money(row[5]), Money(row[6]), Money(row[8]))));
        Assert.Equal(report.Trades.Select(trade => trade.Return), rows.Select(row => Number(row[7])));
    }

    [Fact]
    public void WriteEquity_LongRun_ReadsBackToTheBit()
    {
        var report = SmallRun.Walk(2000);
        var lines = Lines(BacktestCsv.WriteEquity, report);
        Assert.Equal("time,equity,drawdown,buy_and_hold", lines[0]);
        Assert.StartsWith("2024-01-01T00:00:00Z,10000,0,10000", lines[1], StringComparison.Ordinal);
        var rows = lines.Skip(1).Select(line => line.Split(',')).ToList();
        Assert.Equal(report.Equity.ToArray(), rows.Select(row => Number(row[1])));
        Assert.Equal(report.BuyAndHoldEquity.ToArray(), rows.Select(row => Number(row[3])));
        Assert.Equal(report.Statistics.MaxDrawdown, rows.Min(row => Number(row[2])));
    }

    [Fact]
    public void WriteEquity_NoBenchmark_LeavesItsColumnEmpty()
    {
        var report = BacktestEngine.Run(new Scripted(), Hourly.Flat(100, 101), new() { Benchmark = false });
        Assert.Equal(["time,equity,drawdown,buy_and_hold", "2024-01-01T00:00:00Z,10000,0,", "2024-01-01T01:00:00Z,10000,0,"], Lines(BacktestCsv.WriteEquity, report));
    }

    private static string[] Lines(Action<Stream, BacktestReport, CancellationToken> write, BacktestReport report)
    {
        using var stream = new MemoryStream();
        write(stream, report, CancellationToken.None);
        var text = Encoding.UTF8.GetString(stream.ToArray());
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        return text[..^1].Split('\n');
    }

    private static decimal Money(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
