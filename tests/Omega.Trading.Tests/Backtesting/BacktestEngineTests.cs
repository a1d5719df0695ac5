using CsCheck;
using Omega.Trading.Backtesting;
using Omega.Trading.Execution;
using Omega.Trading.Strategies;
using Omega.Trading.Tests.Strategies;

namespace Omega.Trading.Tests.Backtesting;

public sealed class BacktestEngineTests
{
    private static readonly IStrategy Buys = new Scripted((_, position) => new() { EnterLong = position.Side == 0 });

    [Fact]
    public void Run_ExitAndEntryTogether_ExitWins()
    {
        var report = BacktestEngine.Run(new Scripted((bar, _) => new() { EnterLong = true, ExitLong = bar >= 2 }), Hourly.Flat(100, 100, 100, 100, 100));

        Assert.Equal((1, 2), (report.Trades.Count, report.Fills.Count));
    }

    [Fact]
    public void Run_LastBarsDecision_NeverFills() =>
        Assert.Empty(BacktestEngine.Run(new Scripted((2, new() { EnterLong = true })), Hourly.Flat(100, 100, 100)).Fills);

    /// <summary>A decision after the last bar before a gap fills at the first open after it.</summary>
    [Fact]
    public void Run_Gap_FillsAtTheNextExistingOpen()
    {
        var series = CandleSeries.Create(Timeframe.H1, "SIM:1", [.. new[] { 0, 1, 9, 10 }.Select(bar => new Candle(Hourly.Time(bar), 100 + bar, 100 + bar, 100 + bar, 100 + bar, 1))]);

        Assert.Equal((Hourly.Time(9), 109m), BacktestEngine.Run(new Scripted((1, new() { EnterLong = true })), series).Fills is [var fill] ? (fill.Time, fill.Price) : default);
    }

    [Fact]
    public void Run_Window_WarmsUpBeforeItAndDecidesOnItsFirstClose()
    {
        var seen = new List<(int, int)>();
        var strategy = new Scripted((bar, position) =>
        {
            seen.Add((bar, position.Side));
            return new() { EnterLong = true };
        });
        var options = new BacktestOptions { From = DateTimeOffset.FromUnixTimeMilliseconds(Hourly.Time(5)), To = DateTimeOffset.FromUnixTimeMilliseconds(Hourly.Time(9)), WarmUp = 3, Benchmark = false };
        var report = BacktestEngine.Run(strategy, Hourly.Walk(20), options);

        Assert.Equal([(0, 0), (1, 0), (2, 0), (3, 0), (4, 1), (5, 1), (6, 1)], seen);
        Assert.Equal(Hourly.Time(6), Assert.Single(report.Fills).Time);
        Assert.Equal((4, 10_000.0), (report.Bars, report.Equity.Span[0]));
    }

    [Fact]
    public void Run_WarmUpOutsideTheWindow_IsNoted() =>
        Assert.Contains(BacktestEngine.Run(new EmaCross(), Hourly.Walk(100)).Notes, note => note.StartsWith("warm-up: the strategy needs 26 bars", StringComparison.Ordinal));

    [Fact]
    public void Run_ShortAtTwiceItsPrice_IsClosedByMaintenance()
    {
        var options = new BacktestOptions { Fills = new() { TakerFee = 0, BorrowRate = 0, AllowShort = true } };
        var report = BacktestEngine.Run(new Scripted((0, new() { EnterShort = true })), Hourly.Bars((100, 100, 100, 100), (100, 150, 100, 150), (150, 195, 150, 195), (195, 195, 195, 195)), options);

        // 100 sold at 100: cash 20,000. Closed where 20,000 − 100·p = 5 % of 100·p: p = 190.476…, up to the tick.
        var trade = Assert.Single(report.Trades);
        Assert.Equal((FillReason.Maintenance, 190.48m), (trade.ExitReason, trade.ExitPrice));
        Assert.Equal(952m, report.Statistics.FinalEquity);
    }

    [Fact]
    public void Run_ShortThroughAGap_IsRuined()
    {
        var options = new BacktestOptions { Fills = new() { AllowShort = true } };
        var report = BacktestEngine.Run(new Scripted((_, _) => new() { EnterShort = true }), Hourly.Flat(100, 100, 250, 250, 250), options);

        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(Hourly.Time(2)), report.RuinedAt);
        Assert.Equal(3, report.Bars);
        Assert.True(report.Statistics.FinalEquity < 0);
        Assert.Contains(report.Notes, note => note.StartsWith("ruined:", StringComparison.Ordinal));
        Assert.DoesNotContain("NaN", Reports.Json(report, withSeries: true), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_ShortsNotAllowed_AreCountedAndIgnored()
    {
        var report = BacktestEngine.Run(new Scripted((1, new() { EnterShort = true })), Hourly.Flat(100, 100, 100, 100));

        Assert.Empty(report.Fills);
        Assert.Contains("1 short entries were ignored: shorts are not allowed.", report.Notes);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.PositiveInfinity)]
    public void Run_StopThatIsNull_IsNotEnteredWithoutIt(double stop)
    {
        var report = BacktestEngine.Run(new Scripted((1, new() { EnterLong = true, Stop = new(PriceRuleKind.Distance, stop) })), Hourly.Flat(100, 100, 100, 100));

        Assert.Empty(report.Fills);
        Assert.Contains(report.Notes, note => note.Contains("a stop, target, trail or size was unknown", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_ConstantPrices_FiguresAreNullWithReasons()
    {
        var report = BacktestEngine.Run(new Scripted(), Hourly.Flat([.. Enumerable.Repeat(100.0, 1000)]));

        Assert.Null(report.Statistics.Sharpe);
        Assert.Null(report.Statistics.Skew);
        Assert.Equal(0, report.Statistics.MaxDrawdown);
        Assert.Contains("sharpe: the equity did not vary.", report.Notes);
    }

    [Fact]
    public void Run_ZeroVolumeUnderACap_WaitsForVolume()
    {
        var report = BacktestEngine.Run(Buys, Hourly.Bars((100, 100, 100, 100, 0), (100, 100, 100, 100, 0), (100, 100, 100, 100, 1000), (100, 100, 100, 100, 0)), new() { Fills = new() { VolumeCap = 0.05m } });

        Assert.Equal((Hourly.Time(3), 50m), (report.Fills[0].Time, report.Fills[0].Quantity));
    }

    [Theory]
    [InlineData(1e-8, "0.0000000001", "1")]
    [InlineData(1e9, "0.01", "0.00000001")]
    public void Run_ExtremePrices_GainWhatThePriceGains(double price, string tick, string step)
    {
        var instrument = Instrument.Create("A", "B") with { Tick = decimal.Parse(tick, System.Globalization.CultureInfo.InvariantCulture), Step = decimal.Parse(step, System.Globalization.CultureInfo.InvariantCulture) };
        var report = BacktestEngine.Run(Buys, Hourly.Flat(price, price, price * 1.5), new() { Instrument = instrument, Fills = new() { TakerFee = 0 } });

        Assert.Equal(0.5, report.Statistics.TotalReturn, 1e-6);
    }

    [Fact]
    public void Run_PricesBelowTheTick_AreRefused() =>
        Refused("Prices go down to 1E-08, below the tick of 0.01. Give the instrument with a tick that fits its prices.", Hourly.Flat(1e-8, 1e-8), new());

    [Fact]
    public void Run_CashUnderOneStep_IsNoted() =>
        Assert.Contains(BacktestEngine.Run(Buys, Hourly.Flat(1e9, 1e9, 1e9)).Notes, note => note == "2 orders were refused: the cash buys less than one step of 0.00001.");

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(102)]
    [InlineData(double.NegativeInfinity)]
    public void Run_CandleThatCannotBe_IsNamed(double low)
    {
        var bars = Enumerable.Repeat((100.0, 101.0, 99.0, 100.0), 23).ToArray();
        bars[17].Item3 = low;
        var error = Assert.Throws<TradingException>(() => BacktestEngine.Run(Buys, Hourly.Bars(bars)));

        Assert.StartsWith($"Candle 17 (2024-01-01T17:00:00.0000000+00:00) has open 100, high 101, low {low:R}, close 100.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_TooFewCandles_AreRefused()
    {
        Refused("There are no candles to test on.", Hourly.Flat(), new());
        Refused("The window from the start to the end holds 1 of the 1 candles, which open from 2024-01-01T00:00:00.0000000+00:00 to 2024-01-01T00:00:00.0000000+00:00. A back-test needs at least 2.", Hourly.Flat(100), new());
    }

    [Fact]
    public void Run_OptionOutOfRange_IsRefused()
    {
        var series = Hourly.Flat(100, 100);
        Refused("The cash is 0; it must be above 0 and at most 1,000,000,000,000.", series, new() { Cash = 0 });
        Refused("The fee of a taker is 10; it is a fraction from 0 to 0.1 (10 bps are 0.001).", series, new() { Fills = new() { TakerFee = 10 } });
        Refused("The volume cap is 0; it is a fraction of a bar's volume, above 0 and at most 1. Leave it out for no cap.", series, new() { Fills = new() { VolumeCap = 0 } });
        Refused("The risk-free rate is NaN; it is a fraction a year from -1 to 1.", series, new() { RiskFree = double.NaN });
        Refused("The warm-up is -1 bars; it must be 0 or more.", series, new() { WarmUp = -1 });
        Assert.Throws<TradingException>(() => BacktestEngine.Run(Buys, series, new() { From = DateTimeOffset.UnixEpoch, To = DateTimeOffset.UnixEpoch }));
    }

    [Fact]
    public void Run_Cancelled_Stops()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        Assert.Throws<OperationCanceledException>(() => BacktestEngine.Run(Buys, Hourly.Walk(100), cancellationToken: cancelled.Token));
    }

    [Fact]
    public void Run_LongSeries_ReportsProgress()
    {
        var seen = new List<BacktestProgress>();
        BacktestEngine.Run(Buys, Hourly.Flat([.. Enumerable.Repeat(100.0, 150_000)]), new() { Benchmark = false }, new Each(seen));

        Assert.Equal([65_536, 131_072, 150_000], seen.Select(progress => progress.Bars));
    }

    /// <summary>Any orders, any costs: money is neither made nor lost outside fills, and no fill lies outside its bar.</summary>
    [Fact]
    public void Run_AnyStrategyAndCosts_BooksBalance() =>
        Gen.Select(Gen.Int[0, 1_000_000], Gen.Bool, Gen.Bool, Gen.Bool).Sample((seed, shorts, slips, capped) =>
        {
            var series = Hourly.Walk(150, seed, price: 100 + (seed % 1000), step: 0.03);
            var fills = new FillOptions { AllowShort = shorts, Slippage = slips ? 0.001m : 0, RangeSlippage = slips ? 0.1m : 0, VolumeCap = capped ? 0.3m : null };
            var report = BacktestEngine.Run(new Whims(seed), series, new() { Fills = fills, Benchmark = false });

            var (cash, held) = (10_000m, 0m);
            foreach (var fill in report.Fills)
            {
                var bar = series[series.IndexFrom(fill.Time)];
                var slack = slips ? 0.001m * fill.Price * 1.01m + (decimal)(bar.High) * 0.02m : 0;
                Assert.InRange(fill.Price, (decimal)bar.Low - slack, (decimal)bar.High + slack);
                Assert.True(fill.Quantity > 0 && fill.Fee >= 0 && fill.Slippage >= 0);
                var sign = fill.Side == OrderSide.Buy ? 1 : -1;
                held += sign * fill.Quantity;
                cash -= (sign * fill.Notional) + fill.Fee;
                Assert.True(shorts || (held >= 0 && cash >= 0), $"seed {seed}: held {held}, cash {cash}");
            }

            var borrowed = report.Statistics.FeesPaid - report.Fills.Sum(fill => fill.Fee);
            Assert.True(borrowed >= 0 && (shorts || borrowed == 0));
            Assert.Equal(cash - borrowed + (held * (decimal)series.Closes[report.Bars - 1]), report.Statistics.FinalEquity);
            Assert.Equal(report.Statistics.FinalEquity, 10_000m + report.Trades.Sum(trade => trade.Pnl) + (report.OpenPosition?.UnrealizedPnl ?? 0));
            Assert.Equal((double)report.Statistics.FinalEquity, report.Equity.Span[^1], 1e-6);
            if (held == 0)
                Assert.Equal(report.Statistics.FeesPaid, report.Trades.Sum(trade => trade.Fees));
        }, iter: 300);

    /// <summary>What comes later does not change what was.</summary>
    [Fact]
    public void Run_OtherFuture_HasTheSamePast() =>
        Gen.Select(Gen.Int[0, 1_000_000], Gen.Int[2, 148]).Sample((seed, cut) =>
        {
            var series = Hourly.Walk(150, seed);
            var other = new AlteredFuture(series, mayReuse: false).Of(cut, series.Count, FutureAlteration.Shuffled, new Random(seed));
            var (before, after) = (Run(series), Run(other));

            Assert.Equal(before.Fills.TakeWhile(fill => fill.Time <= series.Times[cut]), after.Fills.TakeWhile(fill => fill.Time <= series.Times[cut]));
            Assert.Equal(before.Equity.ToArray().Take(cut + 1), after.Equity.ToArray().Take(cut + 1));

            BacktestReport Run(CandleSeries candles) => BacktestEngine.Run(new Whims(seed), candles, new() { Fills = new() { AllowShort = true, RangeSlippage = 0.1m, VolumeCap = 0.5m }, Benchmark = false });
        }, iter: 200);

    private static void Refused(string message, CandleSeries series, BacktestOptions options) =>
        Assert.Equal(message, Assert.Throws<TradingException>(() => BacktestEngine.Run(Buys, series, options)).Message);

    private sealed class Each(List<BacktestProgress> seen) : IProgress<BacktestProgress>
    {
        public void Report(BacktestProgress value) => seen.Add(value);
    }

    /// <summary>Decides by the seed: entries both ways of every size, with every kind of protection, and exits.</summary>
    private sealed class Whims(int seed) : IStrategy
    {
        public string Name => "whims";

        public IReadOnlyDictionary<string, double> Parameters { get; } = new Dictionary<string, double>();

        public StrategyRun Start(Timeframe timeframe) => new Run(new Random(seed));

        private sealed class Run(Random random) : StrategyRun
        {
            public override int WarmUpBars => 0;

            public override void OnBar(in Candle bar, in PositionView position, ref Decision decision)
            {
                decision = new()
                {
                    EnterLong = random.Next(4) == 0,
                    EnterShort = random.Next(4) == 0,
                    ExitLong = random.Next(8) == 0,
                    ExitShort = random.Next(8) == 0,
                    AddsToPosition = random.Next(2) == 0,
                    Size = random.Next(4) switch
                    {
                        0 => default,
                        1 => new(EntrySizeKind.CashFraction, random.NextDouble()),
                        2 => new(EntrySizeKind.Quote, random.Next(1, 20_000)),
                        _ => new(EntrySizeKind.RiskFraction, 0.02),
                    },
                    Stop = Rule(bar.Close, -1),
                    Target = Rule(bar.Close, 1),
                    Trail = random.Next(3) == 0 ? new(PriceRuleKind.Fraction, 0.01 + (random.NextDouble() * 0.05)) : default,
                };
            }

            private PriceRule Rule(double close, int direction) => random.Next(5) switch
            {
                0 => new(PriceRuleKind.Fraction, 0.001 + (random.NextDouble() * 0.05)),
                1 => new(PriceRuleKind.Distance, close * 0.02),
                2 => new(PriceRuleKind.Price, close * (1 + (direction * (random.NextDouble() - 0.3) * 0.05))),
                _ => default,
            };
        }
    }
}
