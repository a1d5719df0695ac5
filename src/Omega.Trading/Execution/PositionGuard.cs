using Omega.Trading.Strategies;

namespace Omega.Trading.Execution;

/// <summary>The protective orders of the open position: stop, target, trailing stop, and the maintenance of a short.</summary>
internal sealed class PositionGuard(FillModel model, Portfolio portfolio, OrderMatcher matcher)
{
    private Protection _rules;
    private Order? _stop;
    private Order? _target;
    private Order? _trail;
    private Order? _maintenance;

    /// <summary>Places or moves the protective orders after an entry has filled.</summary>
    /// <param name="entry">The order that filled; its rules replace earlier ones where it has any.</param>
    /// <param name="at">The market's own price at the fill, before slippage.</param>
    /// <param name="isInside">Whether it filled inside the bar rather than at its open.</param>
    /// <param name="bar">The bar.</param>
    public void AfterEntry(Order entry, decimal at, bool isInside, in Candle bar)
    {
        if (entry.Protection.IsAny)
            _rules = entry.Protection;
        if (_rules.IsAny)
        {
            var (side, average) = (portfolio.Side, portfolio.AverageEntry);

            // A stop or target on the wrong side of the market would fill at a price that the market never had: it is taken to lie at
            // the market.
            if (Level(_rules.Stop, average, -side) is { } stop)
                Put(ref _stop, OrderType.StopMarket, FillReason.Stop, Nearer(stop, at, -side));
            if (Level(_rules.Target, average, side) is { } target)
                Put(ref _target, OrderType.Limit, FillReason.Target, Nearer(target, at, side), isInside);
            if (_trail is not { State: OrderState.Working } && Level(_rules.Trail, average, -side) is { } trail)
                Put(ref _trail, OrderType.TrailingStop, FillReason.TrailingStop, Nearer(trail, at, -side));
        }

        MoveMaintenance();
    }

    /// <summary>Where a rule puts its order, or null where there is none or it can never be reached.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="entry">Average fill price.</param>
    /// <param name="direction">1 above the entry, -1 below.</param>
    public static decimal? Level(PriceRule rule, decimal entry, int direction)
    {
        if (rule.Kind == PriceRuleKind.None || !(rule.Value < 1e15))
            return null;
        var value = (decimal)rule.Value;
        var level = rule.Kind switch
        {
            PriceRuleKind.Fraction => entry * (1 + (direction * value)),
            PriceRuleKind.Distance => entry + (direction * value),
            _ => value,
        };
        return level > 0 ? level : null;
    }

    /// <summary>Moves a trailing stop after a final close: it follows the best close and never goes back.</summary>
    public void Trail(Order order, double close)
    {
        var side = order.Side == OrderSide.Sell ? 1 : -1;
        if (order.Best != 0 && close * side <= order.Best * side)
            return;
        order.Best = close;
        var level = Level(order.Trail, (decimal)close, -side);
        if (level is { } price && model.StopPrice(order.Side, price) is var moved && moved * side > order.Price * side)
            Move(order, moved);
    }

    /// <summary>A short is closed where its equity is the maintenance's share of its notional: at cash / (quantity × (1 + maintenance)).</summary>
    public void MoveMaintenance()
    {
        if (portfolio.Side >= 0)
            return;
        var level = portfolio.Cash / (-portfolio.Quantity * (1 + model.Options.Maintenance));
        Put(ref _maintenance, OrderType.StopMarket, FillReason.Maintenance, level);
    }

    /// <summary>Forgets the orders of a position that is gone.</summary>
    public void Clear()
    {
        _rules = default;
        _stop = _target = _trail = _maintenance = null;
    }

    private static decimal Nearer(decimal level, decimal market, int direction) => direction > 0 ? Math.Max(level, market) : Math.Min(level, market);

    private void Put(ref Order? order, OrderType type, FillReason reason, decimal level, bool isAsleep = false)
    {
        var side = portfolio.Side > 0 ? OrderSide.Sell : OrderSide.Buy;
        var price = type == OrderType.Limit ? model.LimitPrice(side, level) : model.StopPrice(side, level);
        if (order is { State: OrderState.Working })
        {
            if (order.Type == type)
                Move(order, price);
            return;
        }

        order = new Order
        {
            Side = side,
            Type = type,
            Price = price,
            ClosesPosition = true,
            ReduceOnly = true,
            Reason = reason,
            Trail = type == OrderType.TrailingStop ? _rules.Trail : default,
            Best = portfolio.EntryOfBars,
            IsAsleep = isAsleep,
        };
        matcher.Add(order);
    }

    private static void Move(Order order, decimal price)
    {
        order.Price = price;
        order.PriceOfBars = (double)price;
    }
}
