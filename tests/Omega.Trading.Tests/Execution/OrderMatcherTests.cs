using Omega.Trading.Execution;
using Omega.Trading.Strategies;
using Omega.Trading.Tests.Backtesting;

namespace Omega.Trading.Tests.Execution;

/// <summary>Orders against single bars: what fills, where, and what does not.</summary>
public sealed class OrderMatcherTests
{
    private readonly Portfolio _portfolio = new(10_000);
    private OrderMatcher _matcher;
    private Candle _previous = new(Hourly.Time(-1), 100, 100, 100, 100, 1e6);
    private int _bar;

    public OrderMatcherTests() => _matcher = New(new());

    [Theory]
    [InlineData(OrderSide.Buy, 95, 100, 94.99, 101, 95)]     // strictly through: at its own price
    [InlineData(OrderSide.Buy, 95, 100, 95, 101, 0)]      // touched only
    [InlineData(OrderSide.Buy, 95, 94, 90, 96, 94)]          // the open has passed it: at the open
    [InlineData(OrderSide.Buy, 95, 95, 95, 96, 0)]        // opens on it and goes no lower
    [InlineData(OrderSide.Sell, 105, 100, 99, 105.01, 105)]
    [InlineData(OrderSide.Sell, 105, 100, 99, 105, 0)]
    [InlineData(OrderSide.Sell, 105, 107, 103, 108, 107)]
    public void OnBar_Limit_FillsOnlyStrictlyThrough(OrderSide side, double limit, double open, double low, double high, double fill) =>
        Fills(side, OrderType.Limit, limit, open, low, high, fill);

    [Theory]
    [InlineData(OrderSide.Sell, 95, 100, 95, 101, 95)]       // on touch
    [InlineData(OrderSide.Sell, 95, 100, 95.01, 101, 0)]
    [InlineData(OrderSide.Sell, 95, 93, 92, 94, 93)]         // through a gap: at the open
    [InlineData(OrderSide.Buy, 105, 100, 99, 105, 105)]
    [InlineData(OrderSide.Buy, 105, 100, 99, 104.99, 0)]
    [InlineData(OrderSide.Buy, 105, 107, 106, 108, 107)]
    public void OnBar_Stop_FillsOnTouch(OrderSide side, double stop, double open, double low, double high, double fill) =>
        Fills(side, OrderType.StopMarket, stop, open, low, high, fill);

    [Fact]
    public void OnBar_PostOnlyThatWouldTake_IsRefused()
    {
        var taking = Place(new Order { Side = OrderSide.Buy, Type = OrderType.Limit, Price = 95, Quantity = 1, PostOnly = true });
        var resting = Place(new Order { Side = OrderSide.Buy, Type = OrderType.Limit, Price = 80, Quantity = 1, PostOnly = true });
        Bar(90, 85, 91);
        Bar(79, 78, 81);

        Assert.Equal((OrderState.Rejected, OrderRejection.WouldTake), (taking.State, taking.Rejection));
        Assert.Equal(OrderState.Filled, resting.State);
        Assert.True(Assert.Single(_portfolio.Fills).IsMaker);
    }

    [Fact]
    public void OnBar_LimitThatTakes_PaysTheTakersFee()
    {
        _matcher = New(new() { TakerFee = 0.002m, MakerFee = 0.001m });
        Place(new Order { Side = OrderSide.Buy, Type = OrderType.Limit, Price = 95, Quantity = 1 });
        Bar(90, 85, 91);

        Assert.Equal((90m, 0.18m, false), (_portfolio.Fills[0].Price, _portfolio.Fills[0].Fee, _portfolio.Fills[0].IsMaker));
    }

    [Fact]
    public void OnBar_ReduceOnly_NeverTurnsThePositionRound()
    {
        _matcher = New(new() { AllowShort = true });
        Market(OrderSide.Buy, 2);
        var order = Place(new Order { Side = OrderSide.Sell, Type = OrderType.Market, Quantity = 5, ReduceOnly = true });
        var late = Place(new Order { Side = OrderSide.Sell, Type = OrderType.Market, Quantity = 1, ReduceOnly = true });
        Bar(100, 99, 101);

        Assert.Equal((0m, 2m), (_portfolio.Quantity, order.Filled));
        Assert.Equal(OrderState.Cancelled, late.State);
    }

    [Fact]
    public void OnBar_SellOfMoreThanIsHeld_IsTwoTradesOrRefused()
    {
        _matcher = New(new() { AllowShort = true, TakerFee = 0, BorrowRate = 0 });
        Market(OrderSide.Buy, 2);
        Market(OrderSide.Sell, 5);

        Assert.Equal(-3, _portfolio.Quantity);
        Assert.Equal((2m, 3m), (_portfolio.Fills[1].Quantity, _portfolio.Fills[2].Quantity));
        Assert.Equal(2m, Assert.Single(_portfolio.Trades).Quantity);

        _matcher = New(new());
        Assert.Equal(OrderRejection.ShortsNotAllowed, Market(OrderSide.Sell, 9).Rejection);
    }

    [Fact]
    public void OnBar_OcoPair_OneFillCancelsTheOther()
    {
        Market(OrderSide.Buy, 1);
        var target = Place(new Order { Side = OrderSide.Sell, Type = OrderType.Limit, Price = 110, Quantity = 1, OcoGroup = 7 });
        var stop = Place(new Order { Side = OrderSide.Sell, Type = OrderType.StopMarket, Price = 90, Quantity = 1, OcoGroup = 7 });
        Bar(100, 85, 120);

        Assert.Equal((OrderState.Cancelled, OrderState.Filled), (target.State, stop.State));
        Assert.Empty(_matcher.Working);
    }

    [Fact]
    public void OnBar_DayOrder_ExpiresWithTheUtcDay()
    {
        var order = Place(new Order { Side = OrderSide.Buy, Type = OrderType.Limit, Price = 50, Quantity = 1, TimeInForce = TimeInForce.Day });
        for (var i = 0; i < 24; i++)
            Bar(100, 99, 101);
        Assert.Equal(OrderState.Working, order.State);
        Bar(40, 39, 41);

        Assert.Equal((OrderState.Expired, 0m), (order.State, order.Filled));
    }

    [Fact]
    public void OnBar_TrailingStop_FollowsClosesAndNeverGoesBack()
    {
        Market(OrderSide.Buy, 1);
        var order = Place(new Order { Side = OrderSide.Sell, Type = OrderType.TrailingStop, Price = 90, Trail = new(PriceRuleKind.Fraction, 0.1), Quantity = 1, ReduceOnly = true });
        Bar(100, 99, 125, close: 120);
        Assert.Equal(108m, order.Price);
        Bar(120, 109, 121, close: 110);
        Assert.Equal(108m, order.Price);
        Bar(110, 107, 111, close: 109);

        Assert.Equal(108m, Assert.Single(_portfolio.Trades).ExitPrice);
    }

    [Fact]
    public void OnBar_EntryInsideTheBar_StopIsLiveAtOnceAndTargetIsNot()
    {
        Place(new Order { Side = OrderSide.Buy, Type = OrderType.Limit, Price = 95, Quantity = 1, Protection = new(default, new(PriceRuleKind.Price, 99), default) });
        Bar(100, 94, 110);
        Assert.Equal(1, _portfolio.Side);
        Bar(98, 97, 110);
        Assert.Equal((FillReason.Target, 99m), (_portfolio.Trades[0].ExitReason, _portfolio.Trades[0].ExitPrice));

        Place(new Order { Side = OrderSide.Buy, Type = OrderType.Limit, Price = 95, Quantity = 1, Protection = new(new(PriceRuleKind.Price, 92), new(PriceRuleKind.Price, 99), default) });
        Bar(100, 90, 110);
        Assert.Equal((FillReason.Stop, 92m), (_portfolio.Trades[1].ExitReason, _portfolio.Trades[1].ExitPrice));
    }

    [Theory]
    [InlineData(120, 80)]     // a stop above the market and a target below it are taken to lie at the market
    [InlineData(100, 100)]
    public void OnBar_ProtectionOnTheWrongSide_NeverFillsBetterThanTheMarket(double stop, double target)
    {
        Place(new Order { Side = OrderSide.Buy, Type = OrderType.Market, Quantity = 1, Protection = new(new(PriceRuleKind.Price, stop), new(PriceRuleKind.Price, target), default) });
        Bar(100, 99, 130);

        Assert.Equal((FillReason.Stop, 100m), (_portfolio.Trades[0].ExitReason, _portfolio.Trades[0].ExitPrice));
    }

    [Fact]
    public void OnBar_AddedEntry_MovesTheStopToTheNewAverage()
    {
        Place(new Order { Side = OrderSide.Buy, Type = OrderType.Market, Quantity = 1, Protection = new(new(PriceRuleKind.Fraction, 0.1), default, default) });
        Bar(100, 100, 100);
        Place(new Order { Side = OrderSide.Buy, Type = OrderType.Market, Quantity = 1 });
        Bar(120, 120, 120);

        Assert.Equal(99m, Assert.Single(_matcher.Working).Price);
        Bar(100, 99, 100);
        Assert.Equal((2m, 110m, 99m), (_portfolio.Trades[0].Quantity, _portfolio.Trades[0].EntryPrice, _portfolio.Trades[0].ExitPrice));
    }

    /// <summary>1 % of 10,000 is at risk between 100 and 95 and for both fees: 100 / (5 + 0.1 + 0.095) = 19.24927.</summary>
    [Fact]
    public void OnBar_RiskFraction_LosesThatMuchAtTheStop()
    {
        Place(new Order { Side = OrderSide.Buy, Type = OrderType.Market, Size = new(EntrySizeKind.RiskFraction, 0.01), Protection = new(new(PriceRuleKind.Price, 95), default, default) });
        Bar(100, 100, 100);
        Bar(100, 94, 100);

        Assert.Equal(19.24927m, _portfolio.Trades[0].Quantity);
        Assert.Equal(-100m, Math.Round(_portfolio.Trades[0].Pnl, 2));
    }

    [Theory]
    [InlineData(0.04, OrderRejection.BelowMinimumNotional)]
    [InlineData(0.000001, OrderRejection.BelowStep)]
    [InlineData(-1, OrderRejection.BelowStep)]
    [InlineData(99.95, OrderRejection.InsufficientCash)]
    public void OnBar_QuantityThatCannotBe_IsRefused(double quantity, OrderRejection reason)
    {
        var order = Market(OrderSide.Buy, (decimal)quantity);

        Assert.Equal((OrderState.Rejected, reason), (order.State, order.Rejection));
        Assert.Equal(1, _matcher.Rejections(reason));
        Assert.Empty(_portfolio.Fills);
    }

    [Fact]
    public void Place_TooManyOrders_IsRefused()
    {
        for (var i = 0; i < OrderMatcher.MostOrders; i++)
            Place(new Order { Side = OrderSide.Buy, Type = OrderType.Limit, Price = 1, Quantity = 1 });

        Assert.Equal(OrderRejection.TooManyOrders, Place(new Order { Side = OrderSide.Buy, Type = OrderType.Limit, Price = 1, Quantity = 1 }).Rejection);
    }

    [Theory]
    [InlineData(OrderType.Limit, OrderSide.Buy, 99.987, 99.98)]
    [InlineData(OrderType.Limit, OrderSide.Sell, 99.981, 99.99)]
    [InlineData(OrderType.StopMarket, OrderSide.Sell, 99.987, 99.98)]
    [InlineData(OrderType.StopMarket, OrderSide.Buy, 99.981, 99.99)]
    public void Place_PriceOffTheTick_IsRoundedAgainstTheTrader(OrderType type, OrderSide side, double price, double expected) =>
        Assert.Equal((decimal)expected, Place(new Order { Side = side, Type = type, Price = (decimal)price, Quantity = 1 }).Price);

    private static OrderMatcher Matcher(FillOptions options, Portfolio portfolio) => new(new FillModel(options, MarketRules.Default), portfolio);

    private OrderMatcher New(FillOptions options) => Matcher(options, _portfolio);

    private void Fills(OrderSide side, OrderType type, double price, double open, double low, double high, double fill)
    {
        _matcher = New(new() { AllowShort = true });
        Place(new Order { Side = side, Type = type, Price = (decimal)price, Quantity = 1 });
        Bar(open, low, high);

        Assert.Equal(fill, _portfolio.Fills.Count == 0 ? 0 : (double)_portfolio.Fills[0].Price);
    }

    private Order Market(OrderSide side, decimal quantity)
    {
        var order = Place(new Order { Side = side, Type = OrderType.Market, Quantity = quantity });
        Bar(100, 100, 100);
        return order;
    }

    private Order Place(Order order)
    {
        _matcher.Place(order, Hourly.Time(_bar));
        return order;
    }

    private void Bar(double open, double low, double high, double? close = null)
    {
        var bar = new Candle(Hourly.Time(_bar++), open, high, low, close ?? open, 1e6);
        _matcher.OnOpenAndInside(bar, _previous);
        _matcher.OnClose(bar, Hourly.Time(_bar));
        _previous = bar;
    }
}
