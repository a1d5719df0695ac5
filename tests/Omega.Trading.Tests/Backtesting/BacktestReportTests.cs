using System.Globalization;
using System.Text.Json;
using Omega.Trading.Backtesting;
using Omega.Trading.Tests.Strategies;

namespace Omega.Trading.Tests.Backtesting;

public sealed class BacktestReportTests
{
    private static readonly string[] Statistics =
    [
        "final_equity", "total_return", "cagr", "volatility", "sharpe", "sortino", "calmar", "omega_ratio", "tail_ratio", "skew", "kurtosis",
        "max_drawdown", "max_drawdown_duration", "average_drawdown", "ulcer_index", "var_95", "cvar_95", "var_99", "cvar_99", "trades", "win_rate",
        "average_win", "average_loss", "best_trade", "worst_trade", "average_duration", "payoff_ratio", "profit_factor", "expectancy", "sqn", "kelly",
        "exposure", "turnover", "fees_paid", "slippage_paid",
    ];

    private static readonly string[] Money = ["final_equity", "average_win", "average_loss", "expectancy", "fees_paid", "slippage_paid"];

    [Fact]
    public void WriteTo_FullReport_HasEveryNameInOrder()
    {
        var report = Reports.Parse(BacktestEngine.Run(new EmaCross(), Hourly.Walk(2_000)), withSeries: true);

        string[] before = ["strategy", "parameters", "instrument", "timeframe", "source", "data_sha256", "from", "to", "bars", "warm_up_bars", "bars_per_year", "costs", "initial_cash"];
        string[] after = ["open_position", "buy_and_hold", "overfit", "notes", "trade_list", "equity_curve"];
        Assert.Equal([.. before, .. Statistics, .. after], Names(report));
        Assert.Equal(Statistics, Names(report.GetProperty("buy_and_hold")));
        Assert.Equal(["trials", "psr", "dsr", "psr_excess", "dsr_excess", "pbo"], Names(report.GetProperty("overfit")));
        Assert.Equal(["time", "equity", "drawdown"], Names(report.GetProperty("equity_curve")[0]));
        Assert.Equal("2024-01-01T00:00:00Z", report.GetProperty("from").GetString());
        Assert.Equal("2024-03-24T08:00:00Z", report.GetProperty("to").GetString());
        Assert.Equal("10000.00", report.GetProperty("initial_cash").GetString());
        Assert.Equal(64, report.GetProperty("data_sha256").GetString()!.Length);
        Assert.All(Statistics, name => Assert.Equal(Money.Contains(name) ? JsonValueKind.String : JsonValueKind.Number, report.GetProperty(name).ValueKind));
    }

    /// <summary>What is null has a note that begins with its name.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(40)]
    [InlineData(800)]
    public void WriteTo_AnyNull_HasANote(int bars)
    {
        foreach (var strategy in (Omega.Trading.Strategies.IStrategy[])[new EmaCross(), new Scripted(), new Scripted((0, new() { EnterLong = true }))])
        {
            var report = Reports.Parse(BacktestEngine.Run(strategy, Hourly.Walk(bars)));
            var notes = report.GetProperty("notes").EnumerateArray().Select(note => note.GetString()!).ToArray();

            Assert.All(Statistics.Where(name => report.GetProperty(name).ValueKind == JsonValueKind.Null), name => Assert.Contains(notes, note => Names(note).Contains(name)));
            Assert.All(Statistics.Where(name => report.GetProperty("buy_and_hold").GetProperty(name).ValueKind == JsonValueKind.Null),
                name => Assert.Contains(notes, note => note.StartsWith("buy_and_hold.", StringComparison.Ordinal) && Names(note["buy_and_hold.".Length..]).Contains(name)));
            Assert.All(report.GetProperty("overfit").EnumerateObject().Where(property => property.Value.ValueKind == JsonValueKind.Null),
                property => Assert.Contains(notes, note => Names(note).Contains("overfit." + property.Name)));
        }

        static string[] Names(string note) => note.Split(':')[0].Split(", ");
    }

    [Fact]
    public void Statistics_AgainstTheEquityCurve_AreRecomputed()
    {
        var report = BacktestEngine.Run(new EmaCross(3, 8), Hourly.Walk(3_000), new() { RiskFree = 0.04 });
        var (equity, statistics) = (report.Equity.ToArray(), report.Statistics);
        var returns = equity.Skip(1).Zip(equity, (now, before) => (double)(((decimal)now / (decimal)before) - 1)).ToArray();
        var (mean, free) = (returns.Average(), 0.04 / 8760);
        var deviation = Math.Sqrt(returns.Sum(value => Math.Pow(value - mean, 2)) / (returns.Length - 1));

        Assert.Equal((double)statistics.FinalEquity, equity[^1], 1e-6);
        Assert.Equal(equity[^1] / 10_000 - 1, statistics.TotalReturn, 1e-9);
        Assert.Equal(deviation * Math.Sqrt(8760), statistics.Volatility!.Value, 1e-9);
        Assert.Equal((mean - free) / deviation * Math.Sqrt(8760), statistics.Sharpe!.Value, 1e-6);
        Assert.Equal((mean - free) / Math.Sqrt(returns.Average(value => Math.Pow(Math.Min(value - free, 0), 2))) * Math.Sqrt(8760), statistics.Sortino!.Value, 1e-6);
        Assert.Equal(Math.Pow(equity[^1] / 10_000, 365 / 125.0) - 1, statistics.Cagr!.Value, 1e-9);
        Assert.Equal(statistics.Cagr.Value / -statistics.MaxDrawdown, statistics.Calmar!.Value, 1e-9);
        Assert.Equal((double)report.Fills.Sum(fill => fill.Notional) / equity.Average(), statistics.Turnover!.Value, 1e-6);
        Assert.Equal(report.Fills.Sum(fill => fill.Fee), statistics.FeesPaid);
    }

    /// <summary>Buying on the first close and holding: the market's own returns but for one fee.</summary>
    [Fact]
    public void BuyAndHold_AnyMarket_IsTheMarketLessOneFee()
    {
        var series = Hourly.Walk(1_000);
        var report = BacktestEngine.Run(new Scripted(), series);

        // 10,000 less a fee, from the second bar's open to the last close; what is left under a step stays cash.
        Assert.Equal(10_000 / 1.001 * series.Closes[^1] / series.Opens[1], (double)report.BuyAndHold!.FinalEquity, 1);
        Assert.Equal(0, report.BuyAndHold.Trades.Count);
        Assert.Equal(999 / 1000.0, report.BuyAndHold.Exposure, 12);
    }

    [Fact]
    public void Overfit_BuyAndHoldItself_HasNoExcess()
    {
        var report = BacktestEngine.Run(new Scripted((0, new() { EnterLong = true })), Hourly.Walk(4_000, seed: 11));

        Assert.NotNull(report.Overfit!.Psr);
        Assert.InRange(report.Overfit.PsrExcess ?? 0.5, 0, 0.9);
        Assert.Equal((1, report.Overfit.Psr, (double?)null), (report.Overfit.Trials, report.Overfit.Dsr, report.Overfit.Pbo));
    }

    [Fact]
    public void Run_CoreStatistics_AreThoseOfTheFullRun()
    {
        var series = Hourly.Walk(2_000);
        var (all, core) = (BacktestEngine.Run(new EmaCross(), series), BacktestEngine.Run(new EmaCross(), series, new() { Statistics = StatisticsLevel.Core }));

        Assert.Equal(all.Fills, core.Fills);
        Assert.Equal(all.Equity.ToArray(), core.Equity.ToArray());
        Assert.Equal(all.Statistics.Sharpe!.Value, core.Statistics.Sharpe!.Value, 1e-12);
        Assert.Equal(all.Statistics.MaxDrawdown, core.Statistics.MaxDrawdown, 1e-15);
        Assert.Null(core.BuyAndHold);
        Assert.Null(core.Statistics.Sortino);
    }

    [Fact]
    public void WriteTo_OtherCulture_IsTheSame()
    {
        var culture = CultureInfo.CurrentCulture;
        var report = BacktestEngine.Run(new EmaCross(), Hourly.Walk(900));
        var expected = Reports.Json(report);
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = new() { NumberDecimalSeparator = "," } };
            Assert.Equal(expected, Reports.Json(report));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    private static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(property => property.Name);
}
