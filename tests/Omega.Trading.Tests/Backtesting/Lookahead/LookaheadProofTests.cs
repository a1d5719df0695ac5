using System.Collections.Concurrent;
using Omega.Trading.Backtesting;
using Omega.Trading.Indicators;
using Omega.Trading.Strategies;
using Omega.Trading.Tests.Indicators;
using Omega.Trading.Tests.Strategies;

namespace Omega.Trading.Tests.Backtesting;

public sealed class LookaheadProofTests
{
    private static readonly CandleSeries Walk = Hourly.Walk(600, seed: 5);
    private static readonly LookaheadOptions FromTheTest = new() { Backtest = new() { From = DateTimeOffset.FromUnixTimeMilliseconds(Hourly.Time(Cheats.FirstTested)) } };

    public static TheoryData<string, int> AllCheats => [.. Cheats.All.SelectMany(_ => new[] { 5, 6, 7 }, (cheat, seed) => (cheat.Name, seed))];

    public static TheoryData<string, IStrategy> Honest => new()
    {
        { "ema-cross", new EmaCross(5, 13) },
        { "stops and targets", new Scripted((bar, position) => new() { EnterLong = position.Side == 0 && bar % 7 == 0, Stop = new(PriceRuleKind.Fraction, 0.01), Target = new(PriceRuleKind.Fraction, 0.02) }) },
        { "short and trailing", new Breakout() },
    };

    [Theory]
    [MemberData(nameof(AllCheats))]
    public void Run_Cheat_IsCaughtAtWhatItSees(string name, int seed)
    {
        var cheat = Cheats.Find(name);
        var report = LookaheadProof.Run(cheat.Peeking, Hourly.Walk(600, seed), FromTheTest);

        Assert.True(report.Verdict == LookaheadVerdict.LooksAhead, $"{name}: {report}");
        Assert.False(report.IsProven);
        var finding = report.Finding!;
        Assert.StartsWith("a decision ", finding.What, StringComparison.Ordinal);
        Assert.False(cheat.SeesNoOrder && finding.Alteration == FutureAlteration.Shuffled, $"{name}: {report}");
        Assert.InRange((finding.AlteredAfter - finding.At).TotalHours, 0, cheat.Ahead - 1 ?? double.MaxValue);
    }

    [Theory]
    [MemberData(nameof(AllCheats))]
    public void Run_HonestTwinOfACheat_Holds(string name, int seed)
    {
        var report = LookaheadProof.Run(Cheats.Find(name).Honest, Hourly.Walk(600, seed), FromTheTest);

        Assert.True(report.IsProven, $"{name}: {report}");
        Assert.True(report.DecisionChanges > 0, $"{name}: {report}");
        Assert.Empty(report.Notes);
    }

    [Fact]
    public void Run_ParametersChosenOnTheTestWindow_AreOtherOnesWithAnotherFuture()
    {
        var cheat = Cheats.Find("parameters chosen on the test window");

        Assert.True(Chosen(cheat.Peeking).Count() > 1);
        Assert.Single(Chosen(cheat.Honest));

        IEnumerable<double> Chosen(Func<CandleSeries, IStrategy> factory)
        {
            var chosen = new ConcurrentBag<double>();
            LookaheadProof.Run(Make, Walk, FromTheTest);
            return chosen.Distinct();

            IStrategy Make(CandleSeries series)
            {
                var strategy = factory(series);
                chosen.Add(strategy.Parameters["slow"]);
                return strategy;
            }
        }
    }

    [Fact]
    public void Run_FillOnTheSignalsClose_IsCaughtAtTheFill()
    {
        var report = LookaheadProof.Run(new LookaheadTrialSetup(_ => new EmaCross(5, 13), IsFixed: true, new(), FillsOnSignalClose: true), Walk);

        Assert.Equal(LookaheadVerdict.LooksAhead, report.Verdict);
        Assert.Equal(FutureAlteration.OwnClose, report.Finding!.Alteration);
        Assert.Equal(report.Finding.AlteredAfter, report.Finding.At);
        Assert.StartsWith("a fill ", report.Finding.What, StringComparison.Ordinal);
        Assert.True(LookaheadProof.Run(new LookaheadTrialSetup(_ => new EmaCross(5, 13), IsFixed: true, new(), FillsOnSignalClose: false), Walk).IsProven);
    }

    [Theory]
    [MemberData(nameof(Honest))]
    public void Run_HonestStrategy_Holds(string name, IStrategy strategy)
    {
        var options = new LookaheadOptions { Backtest = new() { Fills = new() { AllowShort = true, Slippage = 0.0005m, RangeSlippage = 0.05m, VolumeCap = 0.2m } } };
        var report = LookaheadProof.Run(strategy, Walk, options);

        Assert.True(report.IsProven, $"{name}: {report}");
        Assert.True(report.DecisionChanges > 0);
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
    public void Run_DecisionsThatAreNeverFilled_IsNoPower()
    {
        var report = LookaheadProof.Run(new Scripted((bar, _) => new() { EnterShort = bar % 10 == 0 }), Walk);

        Assert.Equal(LookaheadVerdict.NoPower, report.Verdict);
        Assert.Equal("No power: none of the strategy's 60 decisions was filled, so nothing is proven.", report.ToString());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(598)]
    public void Run_OneDecisionByTheClock_HoldsByItsFillAndSaysSo(int bar)
    {
        var report = LookaheadProof.Run(new Scripted((bar, new() { EnterLong = true })), Walk);

        Assert.True(report.IsProven, report.ToString());
        Assert.Equal((1, 1, 0), (report.Decisions, report.Fills, report.DecisionChanges));
        Assert.True(report.FillChanges > 0);
        Assert.Equal(bar > 0, report.Vanished > 0);
        Assert.Equal(["no decision changed with the prices (it follows the clock, or seldom decides); the alterations reached its fills only"], report.Notes);
        Assert.EndsWith("Note: no decision changed with the prices (it follows the clock, or seldom decides); the alterations reached its fills only.", report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_OneEarlyDecisionByAPrice_IsNotTakenForTheClock()
    {
        var report = LookaheadProof.Run(new OnePrice(Walk.Closes[20]), Walk);

        Assert.True(report.IsProven, report.ToString());
        Assert.Equal(1, report.Decisions);
        Assert.True(report.DecisionChanges > 0);
        Assert.Empty(report.Notes);
    }

    [Theory]
    [InlineData("next close")]
    [InlineData("whole-series z-score")]
    public void Run_Threads_ChangeNothing(string name)
    {
        foreach (var factory in (Func<CandleSeries, IStrategy>[])[Cheats.Find(name).Peeking, Cheats.Find(name).Honest])
            Assert.Equal(LookaheadProof.Run(factory, Walk, new() { Threads = 1 }), LookaheadProof.Run(factory, Walk, new() { Threads = 8 }));
    }

    [Fact]
    public void Run_StrategyOrWhatMakesIt_ComesToTheSame() =>
        Assert.Equal(LookaheadProof.Run(_ => new Breakout(), Walk), LookaheadProof.Run(new Breakout(), Walk));

    [Fact]
    public void Run_Progress_CountsEveryTime()
    {
        var told = new Told();
        var report = LookaheadProof.Run(new EmaCross(5, 13), Walk, new() { Threads = 4 }, told);

        Assert.Equal(Enumerable.Range(1, report.Points), told.All.Select(progress => progress.Points));
        Assert.All(told.All, progress => Assert.Equal(report.Points, progress.Total));
    }

    [Fact]
    public void Run_Cancelled_Stops()
    {
        using var cancellation = new CancellationTokenSource();
        var told = new Told { Then = cancellation.Cancel };

        Assert.ThrowsAny<OperationCanceledException>(() => LookaheadProof.Run(new EmaCross(5, 13), Walk, new() { Threads = 4 }, told, cancellation.Token));
        Assert.InRange(told.All.Count, 1, 20);
    }

    [Fact]
    public void Run_StrategyThatFailsWithoutItsFuture_IsCaught()
    {
        var report = LookaheadProof.Run(series => new Scripted((bar, _) => new() { EnterLong = bar + 1 < Walk.Count && series[bar + 1].Close > 0 }), Walk);

        Assert.Equal(LookaheadVerdict.LooksAhead, report.Verdict);
        Assert.Contains("the strategy failed", report.Finding!.What, StringComparison.Ordinal);
    }

    /// <summary>Buys at one price alone.</summary>
    private sealed class OnePrice(double price) : IStrategy
    {
        public string Name => "one price";

        public IReadOnlyDictionary<string, double> Parameters { get; } = new Dictionary<string, double>();

        public StrategyRun Start(Timeframe timeframe) => new Run(price);

        private sealed class Run(double price) : StrategyRun
        {
            public override int WarmUpBars => 0;

            public override void OnBar(in Candle bar, in PositionView position, ref Decision decision) => decision.EnterLong = bar.Close == price && position.Side == 0;
        }
    }

    private sealed class Told : IProgress<LookaheadProgress>
    {
        public List<LookaheadProgress> All { get; } = [];

        public Action? Then { get; init; }

        public void Report(LookaheadProgress value)
        {
            All.Add(value);
            Then?.Invoke();
        }
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
        // Prices rise a thousandfold with one leap. Shuffled, half the bars leap, and each leap is worth 40 %.
        var rise = Hourly.Bars([.. Enumerable.Range(0, 800).Select(bar => 100 * Math.Exp(0.0087 * bar) * (bar < 10 ? 1 : 2)).Select(price => (price, price * 1.5, price, price * 1.001))]);

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
