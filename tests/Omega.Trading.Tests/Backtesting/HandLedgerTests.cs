using Omega.Trading.Backtesting;
using Omega.Trading.Strategies;

namespace Omega.Trading.Tests.Backtesting;

/// <summary>
/// Ten trades worked out by hand. Step 0.01, tick 0.01; taker 10 bps, maker 5 bps, slippage 5 bps; at most a tenth of the bar before's
/// volume. Buys pay ⌈price × 1.0005⌉ and sells get ⌊price × 0.9995⌋, to the cent; a quantity is ⌊budget / (price × 1.001) / 0.01⌋ × 0.01.
/// </summary>
public sealed class HandLedgerTests
{
    private static readonly BacktestOptions Options = new()
    {
        Instrument = Instrument.Create("BTC", "USD") with { Step = 0.01m, Tick = 0.01m },
        Fills = new() { TakerFee = 0.001m, MakerFee = 0.0005m, Slippage = 0.0005m, VolumeCap = 0.1m, AllowShort = true, BorrowRate = 0.0001m },
    };

    private static readonly CandleSeries Bars = Hourly.Bars(
        (100, 101, 99, 100, 1e6), (100, 106, 100, 105, 1e6), (105, 111, 104, 109, 1e6),                             // 0-2
        (110, 112, 108, 110, 1e6), (110, 111, 107, 108, 1e6), (108, 109, 103, 104, 1e6),                            // 3-5
        (104, 105, 99, 100, 1e6), (100, 102, 98, 101, 1e6),                                                         // 6-7
        (90, 92, 88, 91, 1e6), (100, 101, 98, 100, 1e6),                                                            // 8-9: opens below the stop
        (99, 100, 95, 97, 1e6), (100, 101, 99, 100, 1e6),                                                           // 10-11
        (100, 110, 90, 104, 1e6), (100, 101, 99, 100, 1e6),                                                         // 12-13: touches stop and target
        (101, 108, 100, 107, 200), (100, 101, 99, 100, 300), (102, 103, 101, 102, 1e6),                             // 14-16: thin volume
        (103, 104, 102, 103, 250), (104, 105, 103, 104, 1e6), (105, 106, 104, 105, 1e6),                            // 17-19: thin again
        (100, 101, 99, 100, 1e6), (99, 100, 95, 96, 1e6),                                                           // 20-21
        (95, 96, 94, 95, 1e6), (100, 104, 99, 103, 1e6), (103, 106, 102.5, 105, 1e6), (104, 105, 101, 103, 1e6),    // 22-25
        (100, 106, 97, 103, 1e6), (103, 104, 102, 103, 1e6));                                                       // 26-27

    private static readonly BacktestReport Report = BacktestEngine.Run(new Scripted(
        (0, new() { EnterLong = true }),
        (2, new() { ExitLong = true }),
        (3, new() { EnterLong = true, Size = new(EntrySizeKind.CashFraction, 0.5) }),
        (5, new() { ExitLong = true }),
        (6, new() { EnterLong = true, Stop = new(PriceRuleKind.Fraction, 0.05) }),
        (8, new() { EnterLong = true, Stop = new(PriceRuleKind.Distance, 4) }),
        (10, new() { EnterLong = true, Size = new(EntrySizeKind.CashFraction, 0.5), Stop = new(PriceRuleKind.Fraction, 0.05), Target = new(PriceRuleKind.Fraction, 0.05) }),
        (12, new() { EnterLong = true, Stop = new(PriceRuleKind.Fraction, 0.05), Target = new(PriceRuleKind.Fraction, 0.05) }),
        (14, new() { EnterLong = true, Size = new(EntrySizeKind.Quote, 5000) }),
        (17, new() { ExitLong = true }),
        (19, new() { EnterShort = true, Size = new(EntrySizeKind.CashFraction, 0.5) }),
        (21, new() { ExitShort = true }),
        (22, new() { EnterLong = true, Trail = new(PriceRuleKind.Distance, 3) }),
        (25, new() { EnterLong = true, Size = new(EntrySizeKind.CashFraction, 0.25), Stop = new(PriceRuleKind.Distance, 10), Target = new(PriceRuleKind.Distance, 4) })), Bars, Options);

    public static TheoryData<int, string, string, string, string, string, string, int, int> Trades => new()
    {
        // 10,000 / 100.15005 = 99.850…; 99.85 × 100.05 = 9,989.9925, fee 9.9899925; 99.85 × 109.94 = 10,977.509, fee 10.977509.
        { 0, "99.85", "100.05", "109.94", "966.5489985", "20.9675015", "Signal", 1, 3 },

        // Half of 10,966.5489985 / 110.17006 = 49.770…; 49.77 × 110.06 = 5,477.6862, fee 5.4776862; 49.77 × 103.94 = 5,173.0938, fee 5.1730938.
        { 1, "49.77", "110.06", "103.94", "-315.24318", "10.65078", "Signal", 4, 6 },

        // 10,651.3058185 / 100.15005 = 106.353…; stop ⌊100.05 × 0.95⌋ = 95.04, but the bar opens at 90: ⌊90 × 0.9995⌋ = 89.95.
        // 106.35 × 100.05 = 10,640.3175, fee 10.6403175; 106.35 × 89.95 = 9,566.1825, fee 9.5661825.
        { 2, "106.35", "100.05", "89.95", "-1094.3415", "20.2065", "Stop", 7, 8 },

        // 9,556.9643185 / 100.15005 = 95.426…; stop 100.05 − 4 = 96.05, touched inside: ⌊96.05 × 0.9995⌋ = ⌊96.001975⌋ = 96.00.
        // 95.42 × 100.05 = 9,546.771, fee 9.546771; 95.42 × 96 = 9,160.32, fee 9.16032.
        { 3, "95.42", "100.05", "96.00", "-405.158091", "18.707091", "Stop", 9, 10 },

        // Half of 9,151.8062275 / 100.15005 = 45.690…; the bar touches 95.04 and 105.06: the stop comes first, ⌊95.04 × 0.9995⌋ = 94.99.
        // 45.69 × 100.05 = 4,571.2845, fee 4.5712845; 45.69 × 94.99 = 4,340.0931, fee 4.3400931.
        { 4, "45.69", "100.05", "94.99", "-240.1027776", "8.9113776", "Stop", 11, 12 },

        // 8,911.7034499 / 100.15005 = 88.983…; target ⌈100.05 × 1.05⌉ = 105.06, a limit at its own price, maker's fee.
        // 88.98 × 100.05 = 8,902.449, fee 8.902449; 88.98 × 105.06 = 9,348.2388, fee 4.6741194.
        { 5, "88.98", "100.05", "105.06", "432.2132316", "13.5765684", "Target", 13, 14 },

        // 5,000 / 100.15005 = 49.925…: 49.92, of which a tenth of 200 fills first, the rest at the next open.
        // 20 × 100.05 + 29.92 × 102.06 = 2,001 + 3,053.6352, fees 2.001 + 3.0536352; out 25 × 103.94 + 24.92 × 104.94 = 2,598.5 + 2,615.1048,
        // fees 2.5985 + 2.6151048.
        { 6, "49.92", "101.254711538461538", "104.439198717948718", "148.70136", "10.26824", "Signal", 15, 19 },

        // Short: half of 9,492.6180415 / (99.95 × 1.001) = 47.439…; 47.43 × 99.95 = 4,740.6285, fee 4.7406285; back for 47.43 × 95.05 = 4,508.2215,
        // fee 4.5082215. Borrowed for two hours: 47.43 × (100 + 96) × 0.0001 / 8 = 0.1162035.
        { 7, "47.43", "99.95", "95.05", "223.0419465", "9.3650535", "Signal", 20, 22 },

        // 9,715.659988 / 100.15005 = 97.011…; trail 3 below the best close: 97.05, 100 after 103, 102 after 105; ⌊102 × 0.9995⌋ = 101.94.
        // 97.01 × 100.05 = 9,705.8505, fee 9.7058505; 97.01 × 101.94 = 9,889.1994, fee 9.8891994.
        { 8, "97.01", "100.05", "101.94", "163.7538501", "19.5950499", "TrailingStop", 23, 25 },

        // A quarter of 9,879.4138381 / 100.15005 = 24.661…; entered at the open, so the target 104.05 is live in the same bar.
        // 24.66 × 100.05 = 2,467.233, fee 2.467233; 24.66 × 104.05 = 2,565.873, fee 1.2829365.
        { 9, "24.66", "100.05", "104.05", "94.8898305", "3.7501695", "Target", 26, 26 },
    };

    [Theory]
    [MemberData(nameof(Trades))]
    public void Run_TenTrades_EachIsAsByHand(int index, string quantity, string entry, string exit, string pnl, string fees, string reason, int opened, int closed)
    {
        var trade = Report.Trades[index];

        Assert.Equal(index == 7 ? -1 : 1, trade.Side);
        Assert.Equal(Money(quantity), trade.Quantity);
        Assert.Equal(Money(entry), Math.Round(trade.EntryPrice, 15));
        Assert.Equal(Money(exit), Math.Round(trade.ExitPrice, 15));
        Assert.Equal(Money(pnl), trade.Pnl);
        Assert.Equal(Money(fees), trade.Fees);
        Assert.Equal(reason, trade.ExitReason.ToString());
        Assert.Equal((Hourly.Time(opened), Hourly.Time(closed)), (trade.OpenedAt, trade.ClosedAt));
    }

    [Fact]
    public void Run_TenTrades_AccountIsAsByHand()
    {
        Assert.Equal(10, Report.Trades.Count);
        Assert.Equal(22, Report.Fills.Count);
        Assert.Equal(9974.3036686m, Report.Statistics.FinalEquity);
        Assert.Equal(135.9983314m, Report.Statistics.FeesPaid);
        Assert.Equal(68.5884m, Report.Statistics.SlippagePaid);
        Assert.Equal(9974.3036686, Report.Equity.Span[^1], 1e-9);
        Assert.Null(Report.OpenPosition);

        // Closes with a position: 1-2, 4-5, 7, 9, 11, 13, 15-18, 20-21, 23-24.
        Assert.Equal(16 / 28.0, Report.Statistics.Exposure, 12);
    }

    private static decimal Money(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
