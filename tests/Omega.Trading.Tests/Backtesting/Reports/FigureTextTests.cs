using Omega.Trading.Backtesting;

namespace Omega.Trading.Tests.Backtesting;

public class FigureTextTests
{
    [Theory]
    [InlineData(null, "-", "-")]
    [InlineData(0.23456, "23.46 %", "+23.46 %")]
    [InlineData(-0.00001, "0.00 %", "0.00 %")]
    [InlineData(-0.5, "-50.00 %", "-50.00 %")]
    [InlineData(20.6955, "2,069.55 %", "+2,069.55 %")]
    [InlineData(1234.5678, "123,457 %", "+123,457 %")]
    [InlineData(double.NaN, "-", "-")]
    public void PercentAndChange_Fraction_IsPerCentWithoutMinusZero(double? fraction, string percent, string change) =>
        Assert.Equal((percent, change), (FigureText.Percent(fraction), FigureText.Change(fraction)));

    [Theory]
    [InlineData(null, "-")]
    [InlineData(0.97412, "0.974")]
    [InlineData(0.99999, "> 0.999")]
    [InlineData(0.00001, "< 0.001")]
    [InlineData(1.0, "1.000")]
    [InlineData(0.0, "0.000")]
    public void Probability_NearCertainty_IsNotRoundedToIt(double? probability, string text) => Assert.Equal(text, FigureText.Probability(probability));

    [Theory]
    [InlineData("84300.909", "84,300.91")]
    [InlineData("-0.001", "-0.001")]
    [InlineData("0.00000012", "0.00000012")]
    [InlineData("0", "0.00")]
    [InlineData("-12.3", "-12.30")]
    public void Money_Amount_HasCentsUnlessThereAreNone(string amount, string text) =>
        Assert.Equal(text, FigureText.Money(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData(20, "20 min")]
    [InlineData(60, "1 h")]
    [InlineData(95, "1 h 35 min")]
    [InlineData(31 * 60, "1 d 7 h")]
    [InlineData(48 * 60, "2 d")]
    [InlineData(1389 * 24 * 60, "1,389 d")]
    public void Duration_Minutes_AreInTheTwoLargestUnits(int minutes, string text) => Assert.Equal(text, FigureText.Duration(TimeSpan.FromMinutes(minutes)));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(50_000, "50,000")]
    [InlineData(0.30000000000000004, "0.3")]
    [InlineData(2.5, "2.5")]
    [InlineData(1e-8, "0.00000001")]
    [InlineData(1e16, "1E+16")]
    public void Axis_Value_IsShort(double value, string text) => Assert.Equal(text, FigureText.Axis(value));
}
