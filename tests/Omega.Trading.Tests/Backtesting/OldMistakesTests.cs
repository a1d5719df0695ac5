using Omega.Trading.Backtesting;
using Omega.Trading.Strategies;
using Omega.Trading.Tests.Strategies;

namespace Omega.Trading.Tests.Backtesting;

/// <summary>Mistakes of an earlier system; each would make its test fail.</summary>
public sealed class OldMistakesTests
{
    private static readonly BacktestOptions NoCosts = new() { Fills = new() { TakerFee = 0, MakerFee = 0 } };

    /// <summary>It overwrote the last price with the new one and then took the difference: every return was 0.</summary>
    [Fact]
    public void Run_PricesThatMove_ReturnsAreDifferencesFromTheBarBefore()
    {
        var statistics = BacktestEngine.Run(new Scripted((0, new() { EnterLong = true })), Hourly.Flat(100, 100, 110, 99), NoCosts).Statistics;

        // 0, +10 %, -10 %: mean 0, deviation √(2 · 0.01 / 2), a year of 8,760 hours.
        Assert.Equal(0.1 * Math.Sqrt(8760), statistics.Volatility!.Value, 1e-9);
        Assert.Equal(0, statistics.Sharpe!.Value, 1e-9);
    }

    /// <summary>Its back-test read the live price and the live clock: the same run twice gave two results.</summary>
    [Fact]
    public void Run_Twice_IsTheSameToTheByte()
    {
        var series = Hourly.Walk(2_000);

        Assert.Equal(Reports.Json(BacktestEngine.Run(new EmaCross(), series), withSeries: true), Reports.Json(BacktestEngine.Run(new EmaCross(), series), withSeries: true));
    }

    /// <summary>It multiplied PnL by the leverage when it sized the position and again when it closed it. There is none here at all.</summary>
    [Theory]
    [InlineData(110, 1000)]
    [InlineData(90, -1000)]
    public void Run_AllIn_GainsWhatThePriceGains(double exit, int pnl)
    {
        var report = BacktestEngine.Run(new Scripted((0, new() { EnterLong = true }), (1, new() { ExitLong = true })), Hourly.Flat(100, 100, exit), NoCosts);

        Assert.Equal(pnl, Assert.Single(report.Trades).Pnl);
    }

    /// <summary>It took no fees.</summary>
    [Fact]
    public void Run_PriceThatStandsStill_CostsTheFeesOfBothWays()
    {
        var report = BacktestEngine.Run(new Scripted((0, new() { EnterLong = true }), (1, new() { ExitLong = true })), Hourly.Flat(100, 100, 100));

        // 10,000 / 100.1 = 99.90009…: 99.90009 × 100 × 0.001 = 9.990009, twice.
        Assert.Equal(-19.980018m, Assert.Single(report.Trades).Pnl);
        Assert.Equal(19.980018m, report.Statistics.FeesPaid);
    }

    /// <summary>It compared a percentage with a difference in dollars: a stop of 5 % closed at a move of 5 dollars.</summary>
    [Theory]
    [InlineData(19_500, false)]
    [InlineData(18_999, true)]
    public void Run_StopOfFivePerCent_IsAFractionOfThePrice(double price, bool stops)
    {
        var report = BacktestEngine.Run(new Scripted((0, new() { EnterLong = true, Stop = new(PriceRuleKind.Fraction, 0.05) })), Hourly.Flat(20_000, 20_000, price), NoCosts);

        Assert.Equal(stops ? 1 : 0, report.Trades.Count);
    }

    /// <summary>Its test compared a number with itself, and so held for any strategy.</summary>
    [Fact]
    public void Run_TwoStrategies_DoNotAgree()
    {
        var series = Hourly.Walk(500);

        Assert.NotEqual(BacktestEngine.Run(new EmaCross(3, 8), series).Statistics.FinalEquity, BacktestEngine.Run(new EmaCross(5, 13), series).Statistics.FinalEquity);
    }

    /// <summary>Its list of trades held two formats: every trade here has every field, and open positions are not among them.</summary>
    [Fact]
    public void WriteTo_TradeList_HasOneShape()
    {
        var report = BacktestEngine.Run(new EmaCross(3, 8), Hourly.Walk(500));
        var trades = Reports.Parse(report, withSeries: true).GetProperty("trade_list").EnumerateArray().ToArray();

        Assert.NotEmpty(trades);
        Assert.All(trades, trade => Assert.Equal(
            ["side", "opened_at", "closed_at", "quantity", "entry_price", "exit_price", "pnl", "return", "fees", "exit_reason"],
            trade.EnumerateObject().Select(property => property.Name)));
    }

    /// <summary>Its "confidence" was a constant: this one follows the evidence.</summary>
    [Fact]
    public void Overfit_MoreEvidence_IsMoreCertain()
    {
        var (rising, falling) = (Psr(1.003, 400), Psr(0.997, 400));

        Assert.True(Psr(1.003, 50) < rising, "fewer bars, less certain");
        Assert.InRange(rising, 0.9, 1);
        Assert.InRange(falling, 0, 0.1);

        static double Psr(double drift, int bars)
        {
            var random = new Random(3);
            var price = 1000.0;
            var prices = Enumerable.Range(0, bars).Select(_ => price = Math.Round(price * drift * (1 + ((random.NextDouble() - 0.5) * 0.06)), 2)).ToArray();
            return BacktestEngine.Run(new Scripted((0, new() { EnterLong = true })), Hourly.Flat(prices)).Overfit!.Psr!.Value;
        }
    }
}
