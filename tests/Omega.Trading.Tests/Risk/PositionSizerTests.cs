using CsCheck;
using Omega.Trading.Execution;
using Omega.Trading.Risk;

namespace Omega.Trading.Tests.Risk;

/// <summary>Sizes computed by hand, refusals, and what no size may break.</summary>
public sealed class PositionSizerTests
{
    private static readonly SizingRequest Ten = new() { Equity = 10_000, Price = 50_000 };
    private static readonly SizingRequest Twenty = new() { Equity = 20_000, Price = 50_000 };

    [Fact]
    public void FixedFraction_Half_IsRoundedDownAfterTheFee()
    {
        // 5,000 / 50,050 = 0.09990009…
        var size = PositionSizer.FixedFraction(Ten, 0.5m);
        Assert.Equal((0.0999m, 4_995m, 4.995m, 0.4995), (size.Quantity, size.Notional, size.Fee, size.Fraction));
        Assert.Empty(size.Notes);
    }

    [Fact]
    public void FixedRisk_OnePercentThreePercentAway_LosesOnePercentWithFees()
    {
        // 200 / (1,500 + 0.001 × 98,500) = 200 / 1,598.5 = 0.12511729…; 0.12511 × 1,598.5 = 199.988335.
        var size = PositionSizer.FixedRisk(Twenty, 0.01m, 48_500);
        Assert.Equal((0.12511m, 6_255.5m, 199.988335m), (size.Quantity, size.Notional, size.LossAtStop));
        Assert.Equal(0.00999941675, size.LossOfEquity!.Value, 1e-15);
        Assert.Equal(48_500, size.Stop);
    }

    [Fact]
    public void FixedRisk_WithoutFees_IsBudgetOverDistance() =>
        Assert.Equal(0.13333m, PositionSizer.FixedRisk(Twenty with { Fee = 0 }, 0.01m, 48_500).Quantity);

    [Fact]
    public void FixedRisk_Short_MeasuresUpwards()
    {
        // 200 / (1,500 + 0.001 × 101,500) = 200 / 1,601.5 = 0.12488292…
        var size = PositionSizer.FixedRisk(Twenty with { Side = PositionSide.Short }, 0.01m, 51_500);
        Assert.Equal((0.12488m, 199.99532m), (size.Quantity, size.LossAtStop));
    }

    [Theory]
    [InlineData("49900")]
    [InlineData("49999.9999999999999999999999")]
    public void FixedRisk_StopSoNearThatItWouldTakeLeverage_IsBoundByTheEquity(string stop)
    {
        // 20,000 / 50,050 = 0.39960039…
        var size = PositionSizer.FixedRisk(Twenty with { Fee = 0.001m }, 0.02m, decimal.Parse(stop, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(0.3996m, size.Quantity);
        Assert.Contains("without leverage", Assert.Single(size.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void FixedRisk_NoFeeAndHardlyADistance_DoesNotOverflow() =>
        Assert.Equal(20_000_000_000m, PositionSizer.FixedRisk(new() { Equity = 1_000_000_000_000_000m, Price = 50_000, Fee = 0 }, 1, 49_999.99999999999999999999999m).Quantity);

    [Fact]
    public void VolatilityTarget_QuarterOfTheMarkets_TakesAQuarter() =>
        Assert.Equal(0.04995m, PositionSizer.VolatilityTarget(Ten, 0.2, 0.8).Quantity);

    [Fact]
    public void VolatilityTarget_AboveTheMarkets_IsBoundByTheEquity()
    {
        // 10,000 / 50,050 = 0.19980019…
        var size = PositionSizer.VolatilityTarget(Ten, 0.9, 0.3);
        Assert.Equal(0.1998m, size.Quantity);
        Assert.Equal("The target would take 3 × equity; 1 is the most.", Assert.Single(size.Notes));
    }

    [Theory]
    [InlineData(0.55, 1.2, 0.175, 0.01748)] // 0.55 − 0.45/1.2; half of it is 0.0875: 875 / 50,050
    [InlineData(0.7, 2, 0.55, 0.04995)] // half is 0.275, the cap 0.25: 2,500 / 50,050
    [InlineData(0.4, 1, -0.2, 0)]
    [InlineData(0.5, 1, 0, 0)]
    public void CappedKelly_Figures_TakeHalfAndNoMoreThanTheCap(double winRate, double payoff, double kelly, double quantity)
    {
        var size = PositionSizer.CappedKelly(Ten, winRate, payoff);
        Assert.Equal(kelly, size.Kelly!.Value, 1e-12);
        Assert.Equal((decimal)quantity, size.Quantity);
        Assert.Equal(kelly is 0.175 ? 0 : 1, size.Notes.Count);
    }

    [Theory]
    [InlineData(10, "0.00007 is worth 3.5, below the smallest order of 5: no order is possible.")] // 4 / 50,050 = 0.0000799…
    [InlineData(1, "The size is below one step of 0.00001: no order is possible.")]
    public void FixedFraction_BelowTheSmallestOrder_IsNothingAndSaysSo(int equity, string note)
    {
        var size = PositionSizer.FixedFraction(Ten with { Equity = equity }, 0.4m);
        Assert.Equal((0m, 0m, 0m), (size.Quantity, size.Notional, size.Fee));
        Assert.Equal(note, Assert.Single(size.Notes));
    }

    [Fact]
    public void FixedFraction_MarketsOwnRules_AreFollowed() =>
        Assert.Equal(0.0975m, PositionSizer.FixedFraction(Ten with { Rules = new MarketRules(0.0025m, 0.5m, 10) }, 0.5m).Quantity);

    [Fact]
    public void FixedFraction_MoreThanTheMost_IsBoundAndSaysSo()
    {
        var size = PositionSizer.FixedFraction(Ten with { MostFraction = 0.25m }, 0.5m);
        Assert.Equal(0.04995m, size.Quantity);
        Assert.Equal("Without leverage 0.25 × equity is the most.", Assert.Single(size.Notes));
    }

    [Fact]
    public void ToJson_Size_SaysMoneyAsText() =>
        Assert.Contains("\"quantity\":0.12511,\"notional\":\"6255.50\"", PositionSizer.FixedRisk(Twenty, 0.01m, 48_500).ToJson(), StringComparison.Ordinal);

    public static TheoryData<string, Action> Nonsense => new()
    {
        { "The equity is -1;", () => PositionSizer.FixedFraction(Ten with { Equity = -1 }, 0.5m) },
        { "The price is 0;", () => PositionSizer.FixedFraction(Ten with { Price = 0 }, 0.5m) },
        { "The fee is 10;", () => PositionSizer.FixedFraction(Ten with { Fee = 10 }, 0.5m) },
        { "The most fraction is 2;", () => PositionSizer.FixedFraction(Ten with { MostFraction = 2 }, 0.5m) },
        { "The fraction is -0.5;", () => PositionSizer.FixedFraction(Ten, -0.5m) },
        { "The fraction is 50;", () => PositionSizer.FixedFraction(Ten, 50) },
        { "The risk is 0;", () => PositionSizer.FixedRisk(Ten, 0, 48_000) },
        { "is on the wrong side of the price 50000. Put it below.", () => PositionSizer.FixedRisk(Ten, 0.01m, 51_000) },
        { "is on the wrong side of the price 50000. Put it above.", () => PositionSizer.FixedRisk(Ten with { Side = PositionSide.Short }, 0.01m, 49_000) },
        { "at a distance of zero no size is right", () => PositionSizer.FixedRisk(Ten, 0.01m, 50_000) },
        { "The stop is -3;", () => PositionSizer.FixedRisk(Ten, 0.01m, -3) },
        { "more than ten times", () => PositionSizer.FixedRisk(Ten with { Side = PositionSide.Short }, 0.01m, decimal.MaxValue) },
        { "The target volatility is NaN;", () => PositionSizer.VolatilityTarget(Ten, double.NaN, 0.5) },
        { "The volatility of the market is 0;", () => PositionSizer.VolatilityTarget(Ten, 0.2, 0) },
        { "The win rate is 55;", () => PositionSizer.CappedKelly(Ten, 55, 1) },
        { "The payoff is -1;", () => PositionSizer.CappedKelly(Ten, 0.5, -1) },
        { "The cap is 2;", () => PositionSizer.CappedKelly(Ten, 0.5, 1, cap: 2) },
        { "The side 7 is neither", () => PositionSizer.FixedFraction(Ten with { Side = (PositionSide)7 }, 0.5m) },
    };

    [Theory]
    [MemberData(nameof(Nonsense), DisableDiscoveryEnumeration = true)]
    public void Size_Nonsense_IsRefused(string says, Action size) =>
        Assert.Contains(says, Assert.Throws<TradingException>(size).Message, StringComparison.Ordinal);

    [Fact]
    public void FixedRisk_Anything_KeepsToBudgetEquityAndStepAndIsTheLargest() =>
        Gen.Select(Gen.Int[10, 10_000_000], Gen.Int[100, 10_000_000], Gen.Int[1, 9_000], Gen.Int[1, 1_000], Gen.Int[0, 100]).Sample((equity, cents, away, risk, fee) =>
        {
            var request = new SizingRequest { Equity = equity, Price = cents / 100m, Fee = fee / 10_000m };
            var stop = request.Price * (1 - (away / 10_000m));
            var size = PositionSizer.FixedRisk(request, risk / 1_000m, stop);
            var (budget, step) = ((decimal)equity * risk / 1_000, 0.00001m);
            decimal Loss(decimal quantity) => (quantity * (request.Price - stop)) + (quantity * request.Price * request.Fee) + (quantity * stop * request.Fee);
            Assert.Equal(0, size.Quantity % step);
            Assert.True(Loss(size.Quantity) <= budget + 1e-15m, "over budget");
            Assert.True(size.Notional + size.Fee <= request.Equity, "over the equity");
            var more = size.Quantity + step;
            Assert.True(
                Loss(more) > budget - 1e-12m || more * request.Price * (1 + request.Fee) > request.Equity - 1e-12m || (size.Quantity == 0 && size.Notes.Count > 0),
                "one step more would do");
        }, iter: 2_000);
}
