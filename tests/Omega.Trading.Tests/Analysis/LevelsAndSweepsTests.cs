using Omega.Trading.Analysis;
using Omega.Trading.Indicators;
using Omega.Trading.Tests.Indicators;

namespace Omega.Trading.Tests.Analysis;

/// <summary>Swings, levels, legs and sweeps: by hand, and against a search over the whole series that looks forward from each swing.</summary>
public sealed class LevelsAndSweepsTests
{
    private const long Start = 1_704_067_200_000;

    public static TheoryData<int> Seeds => [1, 2, 3, 4, 5, 6];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Report_MadeUpBars_EqualsTheSearch(int seed) => CompareWithSearch(Bars.Walk(seed, 700 + (37 * seed)));

    [Fact]
    public void Report_RealBars_EqualsTheSearch()
    {
        foreach (var from in (int[])[0, 10_000, 40_000])
            CompareWithSearch(RealBars.Slice(from, 1500));
    }

    // Twenty bars of range 2 (ATR 2) with one swing high of 105 at bar 12 and one swing low of 95 at bar 16, then the bars of the case.
    [Theory]
    [InlineData("105.5 99 101", SweepKind.BullTrap, SwingSide.High, 105, 105.5)]
    [InlineData("101 94.5 100", SweepKind.BearTrap, SwingSide.Low, 95, 94.5)]
    [InlineData("106 100 105.5|107 103 104", SweepKind.FakeBreakout, SwingSide.High, 105, 107)]
    [InlineData("100 94 94.5|97 93 94|97 94 96", SweepKind.FakeBreakout, SwingSide.Low, 95, 93)]
    [InlineData("106 100 105.5|106 105 105.5|106 105 105.5|106 100 104", SweepKind.FakeBreakout, SwingSide.High, 105, 106)]
    [InlineData("106 94 100", SweepKind.StopHunt, SwingSide.Low, 95, 94)]
    [InlineData("106 99 101|101 94 100", SweepKind.StopHunt, SwingSide.Low, 95, 94)]
    public void Sweeps_ByHand_AreOfTheKind(string bars, SweepKind kind, SwingSide side, double level, double extreme)
    {
        var sweep = HandMade(bars).Sweeps[^1];
        Assert.Equal((kind, side, level, extreme), (sweep.Kind, sweep.Side, sweep.Level, sweep.Extreme));
        Assert.Equal(Start + ((19 + bars.Split('|').Length) * 3_600_000L), sweep.ConfirmedAt.ToUnixTimeMilliseconds());
        Assert.Equal(Start + ((side == SwingSide.High ? 12 : 16) * 3_600_000L), sweep.LevelAt.ToUnixTimeMilliseconds());
    }

    [Theory]
    [InlineData("105.1 99 101")]
    [InlineData("104.9 99 101")]
    [InlineData("106 100 105.5|106 105 105.5|106 105 105.5|106 105 105.5|106 100 104")]
    [InlineData("107 103 105.5")]
    public void Sweeps_TooShallowTooLateOrNotBack_AreNone(string bars) => Assert.Empty(HandMade(bars).Sweeps);

    [Fact]
    public void Sweeps_Depth_IsInTheAtrOfTheBarBefore()
    {
        var before = HandMade("").Volatility.Atr14!.Value;
        var sweep = Assert.Single(HandMade("106 99 101").Sweeps);
        Assert.Equal(1 / before, sweep.DepthAtr, 1e-12);
        Assert.Equal(1, sweep.Levels);
    }

    [Fact]
    public void Fibonacci_ByHand_LevelsOfTheLeg()
    {
        var leg = HandMade("").Fibonacci;
        Assert.NotNull(leg);
        Assert.Equal((TrendDirection.Down, 105, 95), (leg.Direction, leg.FromPrice, leg.ToPrice));
        Assert.Equal([97.36, 98.82, 100, 101.18, 102.86, 92.28, 88.82], leg.Levels.Select(level => Math.Round(level.Price, 10)));
        Assert.Equal(0.5, leg.Retracement, 1e-12);
        Assert.Equal(Start + (19 * 3_600_000L), leg.ConfirmedAt.ToUnixTimeMilliseconds());
    }

    private static TimeframeReport HandMade(string more)
    {
        var bars = new List<Candle>();
        for (var i = 0; i < 20; i++)
            bars.Add(new(Start + (i * 3_600_000L), 100, i == 12 ? 105 : 101, i == 16 ? 95 : 99, 100, 1));
        foreach (var text in more.Split('|', StringSplitOptions.RemoveEmptyEntries))
        {
            double[] numbers = [.. text.Split(' ').Select(number => double.Parse(number, System.Globalization.CultureInfo.InvariantCulture))];
            bars.Add(new(Start + (bars.Count * 3_600_000L), numbers[2], numbers[0], numbers[1], numbers[2], 1));
        }

        return MarketAnalyzer.Analyze(CandleSeries.Create(Timeframe.H1, "SIM:1", bars)).Timeframes[0];
    }

    private static void CompareWithSearch(Candle[] bars)
    {
        var series = CandleSeries.Create(Timeframe.H1, "SIM:1", bars);
        var report = MarketAnalyzer.Analyze(series).Timeframes[0];
        var atr = IndicatorCatalog.Parse("atr").Over(series)[0].Values.ToArray();
        var swings = Swings(bars);

        var levels = Levels([.. swings.Where(swing => swing.Bar > bars.Length - 1 - 500).Select(swing => swing.Price).Order()], atr[^1] / 2);
        var close = bars[^1].Close;
        var (below, above) = (levels.Where(level => level.Price < close).Reverse().Take(5), levels.Where(level => level.Price > close).Take(5));
        Assert.Equal(below.Select(level => (Math.Round(level.Price, 6), level.Touches)), report.Support.Select(level => (Math.Round(level.Price, 6), level.Touches)));
        Assert.Equal(above.Select(level => (Math.Round(level.Price, 6), level.Touches)), report.Resistance.Select(level => (Math.Round(level.Price, 6), level.Touches)));

        var sweeps = Sweeps(bars, swings, atr);
        Assert.True(sweeps.Count >= 10, $"Only {sweeps.Count} sweeps to compare.");
        Assert.Equal(
            sweeps.TakeLast(10),
            report.Sweeps.Select(sweep => (sweep.ConfirmedAt.ToUnixTimeMilliseconds(), sweep.Side, sweep.Kind, sweep.Level, sweep.Extreme, sweep.Levels)));
    }

    private static List<(bool IsHigh, double Price, int Bar)> Swings(Candle[] bars)
    {
        var swings = new List<(bool, double, int)>();
        for (var t = 3; t + 3 < bars.Length; t++)
        {
            if (bars[t].High > bars[(t - 3)..t].Max(bar => bar.High) && bars[t].High >= bars[(t + 1)..(t + 4)].Max(bar => bar.High))
                swings.Add((true, bars[t].High, t));
            if (bars[t].Low < bars[(t - 3)..t].Min(bar => bar.Low) && bars[t].Low <= bars[(t + 1)..(t + 4)].Min(bar => bar.Low))
                swings.Add((false, bars[t].Low, t));
        }

        return swings;
    }

    private static List<(double Price, int Touches)> Levels(List<double> rising, double width)
    {
        var levels = new List<(double, int)>();
        while (rising.Count > 0)
        {
            var joined = rising.TakeWhile(price => price - rising[0] <= width).ToList();
            levels.Add((joined.Average(), joined.Count));
            rising.RemoveRange(0, joined.Count);
        }

        return levels;
    }

    private static List<(long At, SwingSide Side, SweepKind Kind, double Level, double Extreme, int Levels)> Sweeps(Candle[] bars, List<(bool IsHigh, double Price, int Bar)> swings, double[] atr)
    {
        var found = new List<(int At, bool IsHigh, double Level, double Extreme, bool HasClosedBeyond)>();
        foreach (var (isHigh, price, bar) in swings)
        {
            double Beyond(double value) => isHigh ? value - price : price - value;
            double Reach(int t) => Beyond(isHigh ? bars[t].High : bars[t].Low);
            var until = Math.Min(bars.Length, bar + 500);
            var taken = bar + 4;
            while (taken < until && !(Reach(taken) > 0 && !(Reach(taken) < 0.1 * atr[taken - 1])))
                taken++;
            if (taken >= until || double.IsNaN(atr[taken - 1]))
                continue;
            var back = Enumerable.Range(taken, 4).FirstOrDefault(t => t < bars.Length && Beyond(bars[t].Close) < 0, -1);
            if (back < 0)
                continue;
            var extreme = Enumerable.Range(taken, back - taken + 1).MaxBy(Reach);
            found.Add((back, isHigh, price, isHigh ? bars[extreme].High : bars[extreme].Low, Enumerable.Range(taken, back - taken).Any(t => Beyond(bars[t].Close) > 0)));
        }

        var sides = found.GroupBy(sweep => (sweep.At, sweep.IsHigh)).ToDictionary(group => group.Key, group => group.ToList());
        return [.. sides.OrderBy(side => side.Key.At).ThenByDescending(side => side.Key.IsHigh).Select(side =>
        {
            var (at, isHigh) = side.Key;
            var outermost = isHigh ? side.Value.MaxBy(sweep => sweep.Level) : side.Value.MinBy(sweep => sweep.Level);
            var isHunt = Enumerable.Range(at - 3, 4).Any(t => sides.ContainsKey((t, !isHigh)));
            var kind = isHunt ? SweepKind.StopHunt : outermost.HasClosedBeyond ? SweepKind.FakeBreakout : isHigh ? SweepKind.BullTrap : SweepKind.BearTrap;
            return (bars[at].Time, isHigh ? SwingSide.High : SwingSide.Low, kind, outermost.Level, outermost.Extreme, side.Value.Count);
        })];
    }
}
