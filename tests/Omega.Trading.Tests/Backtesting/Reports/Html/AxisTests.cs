using CsCheck;
using Omega.Trading.Backtesting;

namespace Omega.Trading.Tests.Backtesting;

public class AxisTests
{
    private static readonly long Start = new DateTimeOffset(2017, 8, 17, 4, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    [Fact]
    public void ValueTicks_AnyRange_AreFewRisingAndWithin() => Gen.Double[-8, 8].Select(Gen.Double[0, 6], Gen.Bool).Sample((power, span, mayBeLogarithmic) =>
    {
        var least = Math.Pow(10, power);
        var axis = ValueAxis.Of(least, least * Math.Pow(10, span), mayBeLogarithmic);
        var ticks = axis.Ticks();
        Assert.InRange(ticks.Count, 1, 12);
        Assert.Equal(ticks.Order().Distinct(), ticks);
        Assert.All(ticks, tick => Assert.InRange(axis.At(tick), -1e-9, 1 + 1e-9));
    });

    [Fact]
    public void ValueTicks_Prices_AreRound()
    {
        Assert.Equal([5000, 10_000, 20_000, 50_000, 100_000], ValueAxis.Of(3200, 108_000, mayBeLogarithmic: true).Ticks());
        Assert.Equal([-40, -20, 0, 20], ValueAxis.Of(-44, 30, mayBeLogarithmic: true).Ticks());
    }

    [Theory]
    [InlineData(100, 300, false)]
    [InlineData(100, 500, true)]
    [InlineData(-1, 500, false)]
    [InlineData(0, 0, false)]
    public void Of_Range_IsLogarithmicOnlyWhereItIsWideAndPositive(double least, double most, bool isLogarithmic) =>
        Assert.Equal(isLogarithmic, ValueAxis.Of(least, most, mayBeLogarithmic: true).IsLogarithmic);

    [Theory]
    [InlineData(10)]
    [InlineData(600)]
    [InlineData(3 * 24 * 60)]
    [InlineData(40 * 24 * 60)]
    [InlineData(200 * 24 * 60)]
    [InlineData(2700 * 24 * 60)]
    [InlineData(90 * 365 * 24 * 60)]
    public void TimeTicks_AnySpan_AreFewRisingAndWithin(long minutes)
    {
        var axis = new TimeAxis(Start, Start + (minutes * 60_000));
        var ticks = axis.Ticks();
        Assert.InRange(ticks.Count, 1, 11);
        Assert.Equal(ticks.Select(tick => tick.Time).Order().Distinct(), ticks.Select(tick => tick.Time));
        Assert.All(ticks, tick => Assert.InRange(tick.Time, axis.From, axis.To));
        Assert.Equal(ticks.Count, ticks.Select(tick => tick.Label).Distinct().Count());
    }

    [Fact]
    public void TimeTicks_Years_BeginInJanuary() =>
        Assert.Equal(["2018", "2019", "2020", "2021", "2022", "2023", "2024", "2025"], new TimeAxis(Start, new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds()).Ticks().Select(tick => tick.Label));
}
