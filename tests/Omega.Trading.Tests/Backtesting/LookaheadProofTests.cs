using Omega.Trading.Backtesting;
using Omega.Trading.Indicators;
using Omega.Trading.Strategies;
using Omega.Trading.Tests.Indicators;
using Omega.Trading.Tests.Strategies;

namespace Omega.Trading.Tests.Backtesting;

public sealed class LookaheadProofTests
{
    private static readonly CandleSeries Walk = Hourly.Walk(600, seed: 5);

    public static TheoryData<string, Func<CandleSeries, IStrategy>> AllCheats => new()
    {
        { "next close", Cheats.NextClose },
        { "whole-series z-score", Cheats.WholeSeriesZScore },
        { "four hours before their end", Cheats.UnfinishedFourHours },
        { "unconfirmed swing", Cheats.UnconfirmedSwing },
        { "regime quantiles over all data", Cheats.WholeSeriesRegime },
        { "parameters chosen on the test window", Cheats.FittedToTheTest },
        { "centred moving average", Cheats.CentredAverage },
    };

    public static TheoryData<string, IStrategy> Honest => new()
    {
        { "ema-cross", new EmaCross(5, 13) },
        { "stops and targets", new Scripted((bar, position) => new() { EnterLong = position.Side == 0 && bar % 7 == 0, Stop = new(PriceRuleKind.Fraction, 0.01), Target = new(PriceRuleKind.Fraction, 0.02) }) },
        { "short and trailing", new Breakout() },
    };

    [Theory]
    [MemberData(nameof(AllCheats))]
    public void Run_Cheat_IsCaught(string name, Func<CandleSeries, IStrategy> cheat)
    {
        var report = LookaheadProof.Run(cheat, Walk);

        Assert.True(report.Verdict == LookaheadVerdict.LooksAhead, $"{name}: {report}");
        Assert.False(report.IsProven);
        Assert.NotNull(report.Finding);
    }

    [Fact]
    public void Run_FillOnTheSignalsClose_IsCaught()
    {
        var report = LookaheadProof.Run(_ => new EmaCross(5, 13), Walk, new(), fillsOnSignalClose: true);

        Assert.Equal(LookaheadVerdict.LooksAhead, report.Verdict);
        Assert.Equal(FutureAlteration.OwnClose, report.Finding!.Alteration);
    }

    [Theory]
    [MemberData(nameof(Honest))]
    public void Run_HonestStrategy_Holds(string name, IStrategy strategy)
    {
        var options = new LookaheadOptions { Backtest = new() { Fills = new() { AllowShort = true, Slippage = 0.0005m, RangeSlippage = 0.05m, VolumeCap = 0.2m } } };
        var report = LookaheadProof.Run(strategy, Walk, options);

        Assert.True(report.IsProven, $"{name}: {report}");
        Assert.True(report.LaterChanges > 0);
        Assert.True(report.Points > 50);
    }

    [Fact]
    public void Run_EmaCrossOnRealCandles_Holds() =>
        Assert.True(LookaheadProof.Run(new EmaCross(), CandleSeries.Create(Timeframe.H1, "replay:test", RealBars.Slice(30_000, 2_000))).IsProven);

    [Fact]
    public void Run_NoTrades_IsNoPower()
    {
        var report = LookaheadProof.Run(new Scripted(), Walk);

        Assert.Equal(LookaheadVerdict.NoPower, report.Verdict);
        Assert.False(report.IsProven);
        Assert.Equal("No power: the strategy decided nothing, so nothing is proven.", report.ToString());
    }

    [Fact]
    public void Run_DecisionsThatNoPriceCanChange_IsNoPower() =>
        Assert.Equal(LookaheadVerdict.NoPower, LookaheadProof.Run(new Scripted((3, new() { EnterLong = true })), Walk).Verdict);

    [Fact]
    public void Run_StrategyThatFailsWithoutItsFuture_IsCaught()
    {
        var report = LookaheadProof.Run(series => new Scripted((bar, _) => new() { EnterLong = bar + 1 < Walk.Count && series[bar + 1].Close > 0 }), Walk);

        Assert.Equal(LookaheadVerdict.LooksAhead, report.Verdict);
        Assert.Contains("the strategy failed", report.Finding!.What, StringComparison.Ordinal);
    }

    /// <summary>Breakouts both ways with a trailing stop by ATR.</summary>
    private sealed class Breakout : IStrategy
    {
        public string Name => "breakout";

        public IReadOnlyDictionary<string, double> Parameters { get; } = new Dictionary<string, double>();

        public StrategyRun Start(Timeframe timeframe) => new Run();

        private sealed class Run : StrategyRun
        {
            private readonly Queue<Candle> _last = new();
            private Atr _atr = new(14);

            public override int WarmUpBars => 15;

            public override void OnBar(in Candle bar, in PositionView position, ref Decision decision)
            {
                var atr = _atr.Next(bar);
                if (_last.Count == 10)
                {
                    decision.EnterLong = bar.Close > _last.Max(old => old.High);
                    decision.EnterShort = bar.Close < _last.Min(old => old.Low);
                    decision.Trail = new(PriceRuleKind.Distance, 2 * atr);
                    _last.Dequeue();
                }

                _last.Enqueue(bar);
            }
        }
    }

    [Fact]
    public void Run_MoneyBeyondAnyDecimalInAShuffledFuture_IsNoLookahead()
    {
        // Prices rise a thousandfold without a leap. Shuffled, half the bars leap, and each leap is worth 40 %.
        var rise = Hourly.Bars([.. Enumerable.Range(0, 800).Select(bar => 100 * Math.Exp(0.0087 * bar)).Select(price => (price, price * 1.5, price, price * 1.001))]);

        var report = LookaheadProof.Run(_ => new Leaper(), rise, new() { Times = 10 });

        Assert.True(report.IsProven, report.ToString());
    }

    /// <summary>Buys after a close at twice the one before it; takes 40 % inside the next bar.</summary>
    private sealed class Leaper : IStrategy
    {
        public string Name => "leaper";

        public IReadOnlyDictionary<string, double> Parameters { get; } = new Dictionary<string, double>();

        public StrategyRun Start(Timeframe timeframe) => new Run();

        private sealed class Run : StrategyRun
        {
            private double _before = double.MaxValue;

            public override int WarmUpBars => 1;

            public override void OnBar(in Candle bar, in PositionView position, ref Decision decision)
            {
                decision = new() { EnterLong = bar.Close > 2 * _before, Target = new(PriceRuleKind.Fraction, 0.4) };
                _before = bar.Close;
            }
        }
    }
}
