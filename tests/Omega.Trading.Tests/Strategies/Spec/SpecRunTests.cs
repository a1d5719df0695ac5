using Omega.Trading.Strategies;
using Omega.Trading.Tests.Expressions;

namespace Omega.Trading.Tests.Strategies.Spec;

public sealed class SpecRunTests
{
    private const string Above = """ "long": {"enter": "close > 5"} """;

    [Fact]
    public void OnBar_Flat_EntersOnTheLevelAndNotOnNull()
    {
        var decisions = Spec.Decide(Spec.Of(""" "long": {"enter": "close[1] > 5"} """), 9, 9, 3, 9);
        Assert.Equal([false, true, true, false], decisions.Select(decision => decision.EnterLong));
    }

    [Fact]
    public void OnBar_Crossover_EntersOnceOnTheCross()
    {
        var decisions = Spec.Decide(Spec.Of(""" "long": {"enter": "crossover(close, 5)"} """), 3, 9, 9, 9, 5, 6);
        Assert.Equal([false, true, false, false, false, true], decisions.Select(decision => decision.EnterLong));
    }

    [Theory]
    [InlineData(1, true, false)]
    [InlineData(-1, false, true)]
    public void OnBar_InAPosition_LeavesItsOwnSideOnly(int side, bool exitsLong, bool exitsShort)
    {
        var spec = Spec.Of(""" "long": {"enter": "close > 5", "exit": "close > 5"}, "short": {"enter": "close > 5", "exit": "close > 5"} """);

        var decision = Spec.Decide(spec.Compile(), Bars.Closes(9), _ => side > 0 ? Spec.Long : Spec.Short)[0];

        Assert.Equal((false, false, exitsLong, exitsShort), (decision.EnterLong, decision.EnterShort, decision.ExitLong, decision.ExitShort));
    }

    [Theory]
    [InlineData(9, false, false)]
    [InlineData(7, true, false)]
    [InlineData(3, false, true)]
    public void OnBar_EnterAndExitOrBothSides_AreNoEntry(double close, bool entersLong, bool entersShort)
    {
        // Above 8 the exit is true too; between 5 and 6 both sides call.
        var spec = Spec.Of(""" "long": {"enter": "close > 5", "exit": "close > 8"}, "short": {"enter": "close < 6"} """);

        var decisions = Spec.Decide(spec, close, 5.5);

        Assert.Equal((entersLong, entersShort), (decisions[0].EnterLong, decisions[0].EnterShort));
        Assert.False(decisions[1].EnterLong || decisions[1].EnterShort);
    }

    [Fact]
    public void OnBar_Exit_SeesThePosition()
    {
        var strategy = Spec.Of(""" "long": {"enter": "true", "exit": "position.bars >= 3 or position.return < -0.1 or close > 2 * position.entry"} """).Compile();
        PositionView[] positions = [PositionView.Flat, new(1, 1, 100, 100), new(1, 3, 100, 100), new(1, 1, 100, 80), new(1, 1, 3, 3)];

        var decisions = Spec.Decide(strategy, Bars.Closes(9, 9, 9, 9, 9), i => positions[i]);

        Assert.True(decisions[0].EnterLong);
        Assert.Equal([false, false, true, true, true], decisions.Select(decision => decision.ExitLong));
    }

    [Fact]
    public void OnBar_WarmingUp_DecidesNothing()
    {
        // The left side alone would be true at once.
        var spec = Spec.Of(""" "long": {"enter": "close > 5 or sma(4) > 5"} """);

        var decisions = Spec.Decide(spec, 9, 9, 9, 9);

        Assert.Equal(3, spec.Compile().Start(Timeframe.H1).WarmUpBars);
        Assert.Equal([false, false, false, true], decisions.Select(decision => decision.EnterLong));
    }

    public static TheoryData<string, PriceRuleKind, double> Levels => new()
    {
        { """{"fraction": 0.05}""", PriceRuleKind.Fraction, 0.05 },
        { """{"fraction": "width / 100"}""", PriceRuleKind.Fraction, 0.03 },
        { """{"atr": 2, "length": 2}""", PriceRuleKind.Distance, 4 },
        { """{"atr": "width", "length": "width - 1"}""", PriceRuleKind.Distance, 6 },
    };

    [Theory]
    [MemberData(nameof(Levels))]
    public void OnBar_Entry_CarriesItsLevels(string level, PriceRuleKind kind, double value)
    {
        var spec = Spec.Of($$""" "parameters": {"width": {"default": 3, "min": 1, "max": 9} }, "long": {"enter": "true", "stop": {{level}}, "target": {{level}}, "trail": {{level}} } """);

        // True ranges of 2 from the second bar on.
        var decision = Spec.Decide(spec, 10, 12, 10, 12)[3];

        Assert.Equal((new PriceRule(kind, value), new PriceRule(kind, value), new PriceRule(kind, value)), (decision.Stop, decision.Target, decision.Trail));
        Assert.True(decision.EnterLong);
    }

    [Theory]
    [InlineData("long", "stop", "close - 1", true)]
    [InlineData("long", "stop", "close", false)]
    [InlineData("long", "stop", "close + 1", false)]
    [InlineData("long", "stop", "-1", false)]
    [InlineData("long", "stop", "1 / (close - close)", false)]
    [InlineData("long", "target", "close + 1", true)]
    [InlineData("long", "target", "close - 1", false)]
    [InlineData("short", "stop", "close + 1", true)]
    [InlineData("short", "stop", "close - 1", false)]
    [InlineData("short", "target", "close - 1", true)]
    [InlineData("short", "target", "close + 1", false)]
    public void OnBar_PriceOnTheWrongSideOrNull_IsNoEntry(string side, string level, string price, bool enters)
    {
        var decision = Spec.Decide(Spec.Of($$""" "{{side}}": {"enter": "true", "{{level}}": {"price": "{{price}}"} } """), 10)[0];

        Assert.Equal(enters, decision.EnterLong || decision.EnterShort);
        Assert.Equal(enters ? PriceRuleKind.Price : PriceRuleKind.None, (level == "stop" ? decision.Stop : decision.Target).Kind);
    }

    [Theory]
    [InlineData("\"all\"", EntrySizeKind.AllCash, 0)]
    [InlineData("""{"fraction": 0.5}""", EntrySizeKind.CashFraction, 0.5)]
    [InlineData("""{"quote": 1000}""", EntrySizeKind.Quote, 1000)]
    [InlineData("""{"risk": 0.01}""", EntrySizeKind.RiskFraction, 0.01)]
    public void OnBar_Size_IsTheEntrys(string size, EntrySizeKind kind, double value)
    {
        var spec = Spec.Of($$""" "long": {"enter": "true", "stop": {"fraction": 0.1} }, "size": {{size}} """);
        Assert.Equal(new EntrySize(kind, value), Spec.Decide(spec, 9)[0].Size);
    }

    [Fact]
    public void OnBar_HoursAndWeekdays_AreThoseOfTheNextOpen()
    {
        // Hourly bars from Monday 00:00, whose next opens are 01:00, 02:00, …
        var spec = Spec.Of(Above + """, "hours": {"from": 22, "to": 2}, "weekdays": ["mon", "wed"] """);

        var decisions = Spec.Decide(spec, [.. Enumerable.Repeat(9.0, 72)]);

        // Monday 01:00; Monday 22:00 and 23:00; Tuesday none; Wednesday 00:00, 01:00, 22:00, 23:00; Thursday 00:00 none.
        Assert.Equal([0, 21, 22, 47, 48, 69, 70], decisions.Index().Where(decision => decision.Item.EnterLong).Select(decision => decision.Index));
    }

    [Fact]
    public void OnBar_HoursClosed_StillExits()
    {
        var spec = Spec.Of(""" "long": {"enter": "true", "exit": "true"}, "hours": {"from": 12, "to": 13} """);
        Assert.True(Spec.Decide(spec.Compile(), Bars.Closes(9), _ => Spec.Long)[0].ExitLong);
    }

    [Fact]
    public void OnBar_Parts_AreEqualSharesOnePeriodEach()
    {
        var spec = Spec.Of(""" "long": {"enter": "true"}, "every": "1d", "parts": 4 """);

        // Flat for three bars, as while warming up; then in a position.
        var decisions = Spec.Decide(spec.Compile(), Bars.Closes([.. Enumerable.Repeat(9.0, 24 * 6)]), i => i < 3 ? PositionView.Flat : Spec.Long);

        var entries = decisions.Index().Where(decision => decision.Item.EnterLong).ToList();
        // Midnights are the next opens of bars 23, 47, 71.
        Assert.Equal([0, 1, 2, 23, 47, 71], entries.Select(entry => entry.Index));
        Assert.Equal([1.0 / 4, 1.0 / 4, 1.0 / 4, 1.0 / 3, 1.0 / 2, 1.0], entries.Select(entry => entry.Item.Size.Value));
        Assert.Equal([false, false, false, true, true, true], entries.Select(entry => entry.Item.AddsToPosition));
        Assert.All(entries, entry => Assert.Equal(EntrySizeKind.CashFraction, entry.Item.Size.Kind));
    }

    [Fact]
    public void OnBar_PartsMissedByAGap_AreTakenAtTheFirstChance()
    {
        var spec = Spec.Of(""" "long": {"enter": "true"}, "every": "1d", "parts": 4 """);
        // Nothing from Monday 20:00 to Wednesday 05:00: one part is due then, not two.
        var bars = Bars.Closes([.. Enumerable.Repeat(9.0, 80)]).Where((_, hour) => hour is < 20 or > 52).ToList();

        var decisions = Spec.Decide(spec.Compile(), bars, i => i < 1 ? PositionView.Flat : Spec.Long);

        Assert.Equal([0, 53, 71], decisions.Index().Where(decision => decision.Item.EnterLong).Select(decision => (int)((bars[decision.Index].Time - Bars.Monday) / Bars.Hour)));
    }

    [Fact]
    public void Start_TwoRuns_DoNotShareState()
    {
        var strategy = Spec.Of(""" "long": {"enter": "sma(2) > 5"} """).Compile();
        var (first, second) = (strategy.Start(Timeframe.H1), strategy.Start(Timeframe.H1));
        var (one, other) = (default(Decision), default(Decision));
        foreach (var bar in Bars.Closes(9, 9))
        {
            one = default;
            first.OnBar(bar, PositionView.Flat, ref one);
        }

        second.OnBar(Bars.Closes(9)[0], PositionView.Flat, ref other);
        Assert.True(one.EnterLong);
        Assert.False(other.EnterLong);
    }

    [Fact]
    public void Start_OtherTimeframe_IsRefused()
    {
        var strategy = Spec.Of(Above + """, "timeframe": "4h" """).Compile();
        var error = Assert.Throws<TradingException>(() => strategy.Start(Timeframe.H1));
        Assert.Equal("The strategy \"test\" is for bars of 4h; these are of 1h. Resample them, or change its \"timeframe\".", error.Message);
    }
}
