using CsCheck;
using Omega.Trading.Execution;

namespace Omega.Trading.Tests.Execution;

public sealed class FillModelTests
{
    private static readonly Candle Previous = new(0, 100, 104, 99, 103, 1234.567891);

    [Theory]
    [InlineData(OrderSide.Buy, 100, 0.0005, 0, 100.05)]
    [InlineData(OrderSide.Sell, 100, 0.0005, 0, 99.95)]
    [InlineData(OrderSide.Buy, 100, 0, 0.1, 100.5)]              // a tenth of 104 − 99
    [InlineData(OrderSide.Sell, 33.33, 0.0005, 0.1, 32.81)]      // 33.33 − 0.016665 − 0.5 = 32.813335, down to the tick
    [InlineData(OrderSide.Buy, 33.33, 0.0005, 0.1, 33.85)]       // 33.846665, up to the tick
    [InlineData(OrderSide.Sell, 0.01, 0, 0.1, 0.01)]             // never below one tick
    public void MarketPrice_SlippageAndTick_AreAgainstTheTrader(OrderSide side, double price, double slippage, double range, double expected)
    {
        var model = new FillModel(new() { Slippage = (decimal)slippage, RangeSlippage = (decimal)range }, MarketRules.Default);

        Assert.Equal((decimal)expected, model.MarketPrice(side, (decimal)price, Previous));
    }

    [Fact]
    public void Capacity_ShareOfThePreviousVolume_IsRoundedDown()
    {
        Assert.Equal(123.45678m, new FillModel(new() { VolumeCap = 0.1m }, MarketRules.Default).Capacity(Previous));
        Assert.Equal(0m, new FillModel(new() { VolumeCap = 0.1m }, MarketRules.Default).Capacity(Previous with { Volume = 0 }));
    }

    /// <summary>The quick way in double must never differ from the division in decimal.</summary>
    [Fact]
    public void Affordable_AnyBudgetAndPrice_IsTheExactQuotient() =>
        Gen.Select(Gen.Long[1, 1_000_000_000_000], Gen.Long[1, 10_000_000_000], Gen.Int[0, 3], Gen.Int[0, 5]).Sample((budgetUnits, priceTicks, feeKind, exact) =>
        {
            var fee = feeKind switch { 0 => 0m, 1 => 0.001m, 2 => 0.00075m, _ => 0.0123m };
            var model = new FillModel(new() { TakerFee = fee }, MarketRules.Default);
            var price = priceTicks / 100m;

            // Now and then a budget that buys a whole number of steps exactly, or a hair less.
            var budget = exact switch { 0 => price * (1 + fee) * (budgetUnits % 1_000_000) / 100_000, 1 => (price * (1 + fee) * (budgetUnits % 1_000_000) / 100_000) - 0.0000000001m, _ => budgetUnits / 1000m };
            var quantity = model.Affordable(budget, price);

            Assert.True(quantity >= 0 && quantity % 0.00001m == 0);
            Assert.True(quantity == 0 || quantity * price * (1 + fee) <= budget);
            Assert.True(budget <= 0 || (quantity + 0.00001m) * price * (1 + fee) > budget);
        }, iter: 20_000);

    [Theory]
    [InlineData("0.25", "1.3", "1.25")]
    [InlineData("0.001", "1.2345", "1.234")]
    [InlineData("5", "14", "10")]
    public void RoundQuantity_AnyStep_IsAMultipleBelow(string step, string quantity, string expected)
    {
        var rules = new MarketRules(Number(step), 0.01m, 0);

        Assert.Equal(Number(expected), rules.RoundQuantity(Number(quantity)));
        Assert.Equal(Number(step) * 7, rules.Steps(7));
    }

    [Theory]
    [InlineData("0.5", "10.2", "10.5", "10")]
    [InlineData("0.01", "10.001", "10.01", "10")]
    [InlineData("10", "14", "20", "10")]
    [InlineData("0.01", "0.001", "0.01", "0.01")]
    public void RoundPrice_AnyTick_IsTheNearestOnItsSide(string tick, string price, string up, string down)
    {
        var rules = new MarketRules(1, Number(tick), 0);

        Assert.Equal((Number(up), Number(down)), (rules.RoundPrice(Number(price), up: true), rules.RoundPrice(Number(price), up: false)));
    }

    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(1, -1, 0)]
    [InlineData(1, 1, -1)]
    public void MarketRules_OutOfRange_AreRefused(int step, int tick, int minimum) =>
        Assert.Throws<TradingException>(() => new MarketRules(step, tick, minimum));

    private static decimal Number(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
