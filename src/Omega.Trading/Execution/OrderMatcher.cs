using Omega.Trading.Strategies;

namespace Omega.Trading.Execution;

/// <summary>
/// Working orders of one account in one market, matched bar by bar. Call <see cref="OnOpenAndInside"/> and then <see cref="OnClose"/> for
/// each final bar, and <see cref="Place"/> between bars. Not thread-safe.
/// </summary>
/// <remarks>
/// At the open: market orders, then resting stops and limits that the open has passed, all at the open. Inside: stops on touch, the one
/// nearest to the open first, then limits strictly through; a stop comes before a target. A stop is live from its entry's fill on, a
/// target in the same bar only where the entry filled at the open.
/// </remarks>
public sealed class OrderMatcher
{
    /// <summary>The most orders that may work at a time.</summary>
    public const int MostOrders = 1_000;

    private const long Day = 24L * 60 * 60 * 1000;

    private readonly FillModel _model;
    private readonly List<Order> _working = [];
    private readonly int[] _rejections = new int[Enum.GetValues<OrderRejection>().Length];
    private readonly PositionGuard _guard;
    private decimal _capacity;
    private long _lastId;

    /// <summary>Creates the matcher.</summary>
    /// <param name="model">How orders fill.</param>
    /// <param name="portfolio">The account that the fills are booked to.</param>
    public OrderMatcher(FillModel model, Portfolio portfolio)
    {
        (_model, Portfolio) = (model, portfolio);
        _guard = new PositionGuard(model, portfolio, this);
    }

    /// <summary>The account.</summary>
    public Portfolio Portfolio { get; }

    /// <summary>Orders that may still fill, in the order of placing; the protective ones of the position among them.</summary>
    public IReadOnlyList<Order> Working => _working;

    /// <summary>Whether a bar can neither fill anything nor cost anything.</summary>
    internal bool IsIdle => _working.Count == 0;

    /// <summary>How many orders were refused for one reason.</summary>
    public int Rejections(OrderRejection reason) => _rejections[(int)reason];

    /// <summary>Takes an order; it can fill from the next bar's open on. What cannot be taken is <see cref="OrderState.Rejected"/>.</summary>
    /// <param name="order">A new order.</param>
    /// <param name="time">Now, in milliseconds since 1970-01-01 UTC: after a bar, its close time.</param>
    public void Place(Order order, long time)
    {
        if (order.State != OrderState.New)
            throw new TradingException($"Order {order.Id} was placed before.");
        order.Id = ++_lastId;
        if (Flaw(order) is var flaw && flaw != OrderRejection.None)
        {
            Reject(order, flaw);
            return;
        }

        if (order.TimeInForce == TimeInForce.Day)
            order.ExpiresAt = (long)Math.Floor(time / (double)Day) * Day + Day;
        Add(order);
    }

    /// <summary>Withdraws an order; nothing where it is not working.</summary>
    public void Cancel(Order order)
    {
        if (order.State != OrderState.Working)
            return;
        order.State = OrderState.Cancelled;
        _working.Remove(order);
    }

    /// <summary>Fills what the bar's open and its inside fill.</summary>
    /// <param name="bar">The bar, final.</param>
    /// <param name="previous">The bar before, which slippage by range and the cap on volume are measured on.</param>
    public void OnOpenAndInside(in Candle bar, in Candle previous)
    {
        if (_working.Count == 0)
            return;
        if (_model.IsCapped)
            _capacity = _model.Capacity(previous);
        if (Portfolio.Side < 0)
            Portfolio.Borrow(bar.Time, (decimal)bar.Open, _model.Options.BorrowRate);

        // Orders that fills add (the protective ones) come behind these: none of them takes part in the open.
        var count = _working.Count;
        for (var i = 0; i < count; i++)
        {
            if (_working[i].ExpiresAt <= bar.Time)
                _working[i].State = OrderState.Expired;
        }

        FillAtOpen(count, bar, previous);
        if (_working.Count == 1 && _working[0].State != OrderState.Working)
        {
            _working.RemoveAt(0);
            return;
        }

        FillInside(bar, previous);
        Tidy();
    }

    /// <summary>At a final bar's close: charges what a short borrows and moves the trailing stops.</summary>
    /// <param name="bar">The bar.</param>
    /// <param name="closeTime">When it closed, in milliseconds since 1970-01-01 UTC.</param>
    public void OnClose(in Candle bar, long closeTime)
    {
        if (Portfolio.Side < 0)
            Portfolio.Borrow(closeTime, (decimal)bar.Close, _model.Options.BorrowRate);
        foreach (var order in _working)
        {
            if (order.Type == OrderType.TrailingStop)
                _guard.Trail(order, bar.Close);
        }

        _guard.MoveMaintenance();
    }

    /// <summary>Puts an order among the working ones.</summary>
    internal void Add(Order order)
    {
        if (order.Id == 0)
            order.Id = ++_lastId;
        order.State = OrderState.Working;
        if (order.Type != OrderType.Market)
            order.PriceOfBars = (double)order.Price;
        _working.Add(order);
    }

    private void FillAtOpen(int count, in Candle bar, in Candle previous)
    {
        // The most common case by far: one market order, nothing else.
        if (count == 1 && _working[0] is { Type: OrderType.Market, State: OrderState.Working } only)
        {
            Execute(only, (decimal)bar.Open, isMaker: false, isInside: false, bar, previous);
            return;
        }

        for (var i = 0; i < count; i++)
        {
            var order = _working[i];
            if (order.State == OrderState.Working && order.Type == OrderType.Market)
                Execute(order, (decimal)bar.Open, isMaker: false, isInside: false, bar, previous);
        }

        for (var i = 0; i < count; i++)
        {
            var order = _working[i];
            if (order.State == OrderState.Working && order.IsStop && FillModel.IsStopPassed(order.Side, order.PriceOfBars, bar.Open))
                Execute(order, (decimal)bar.Open, isMaker: false, isInside: false, bar, previous);
        }

        for (var i = 0; i < count; i++)
        {
            var order = _working[i];
            if (order.State != OrderState.Working || order.Type != OrderType.Limit || !FillModel.IsLimitPassed(order.Side, order.PriceOfBars, bar.Open))
                continue;
            if (order.PostOnly && !order.IsResting)
                Reject(order, OrderRejection.WouldTake);
            else
                Execute(order, (decimal)bar.Open, isMaker: order.IsResting, isInside: false, bar, previous);
        }
    }

    private void FillInside(in Candle bar, in Candle previous)
    {
        FillStops(bar, previous);
        var count = _working.Count;
        for (var i = 0; i < count; i++)
        {
            var order = _working[i];
            if (order.State == OrderState.Working && order.Type == OrderType.Limit && !order.IsAsleep && FillModel.IsLimitTraded(order.Side, order.PriceOfBars, bar))
                Execute(order, order.Price, isMaker: true, isInside: true, bar, previous);
        }

        // An entry by limit has put a stop behind them: it is live at once.
        if (_working.Count > count)
            FillStops(bar, previous);
    }

    /// <summary>Fills touched stops, the one nearest to the open first, those of entries that fill on the way included.</summary>
    private void FillStops(in Candle bar, in Candle previous)
    {
        while (true)
        {
            Order? next = null;
            foreach (var order in _working)
            {
                if (order.State == OrderState.Working && order.IsStop && FillModel.IsStopTouched(order.Side, order.PriceOfBars, bar)
                    && (next is null || Math.Abs(order.PriceOfBars - bar.Open) < Math.Abs(next.PriceOfBars - bar.Open)))
                    next = order;
            }

            if (next is null)
                return;
            Execute(next, next.Price, isMaker: false, isInside: true, bar, previous);
        }
    }

    /// <summary>Fills an order as far as it goes, in one or, where it turns the position round, two fills.</summary>
    private void Execute(Order order, decimal at, bool isMaker, bool isInside, in Candle bar, in Candle previous)
    {
        var price = order.Type == OrderType.Limit ? _model.LimitPrice(order.Side, at) : _model.MarketPrice(order.Side, at, previous);
        if (order.IsStop)
            order.Type = OrderType.Market;
        var flaw = OrderRejection.None;
        var side = Portfolio.Side;
        var isOpposite = side != 0 && side > 0 == (order.Side == OrderSide.Sell);
        var wanted = order.IsReducing ? Reducible(order, isOpposite, ref flaw) : Wanted(order, price, ref flaw);
        if (flaw != OrderRejection.None)
        {
            Reject(order, flaw);
            return;
        }

        var quantity = wanted;
        if (_model.IsCapped)
        {
            quantity = Math.Min(wanted, _capacity);
            if (quantity == 0)
                return;
            _capacity -= quantity;
        }

        // What is held on the other side is closed first; the rest opens.
        var closing = !isOpposite ? 0 : order.IsReducing ? quantity : Math.Min(quantity, Math.Abs(Portfolio.Quantity));
        if (isOpposite)
        {
            Book(order, closing, price, at, isMaker, bar);
            if (Portfolio.Side == 0)
                CancelGuards(order);
        }

        if (!order.IsReducing && (!isOpposite || quantity > closing))
        {
            Book(order, isOpposite ? quantity - closing : quantity, price, at, isMaker, bar);
            _guard.AfterEntry(order, at, isInside, bar);
        }

        order.Filled = Math.Sign(order.Filled) == 0 ? quantity : order.Filled + quantity;
        if (!_model.IsCapped || quantity == wanted)
            order.State = OrderState.Filled;
        if (order.OcoGroup != 0)
            CancelGroup(order);
    }

    private void Book(Order order, decimal quantity, decimal price, decimal at, bool isMaker, in Candle bar)
    {
        var notional = quantity * price;
        var slippage = price == at ? 0 : Math.Abs(price - at) * quantity;
        Portfolio.Apply(new Fill(bar.Time, order.Id, order.Side, quantity, price, _model.Fee(notional, isMaker), slippage, isMaker, order.Reason), notional);
    }

    /// <summary>What a reduce-only order can still take from the position, or that there is nothing.</summary>
    private decimal Reducible(Order order, bool isOpposite, ref OrderRejection flaw)
    {
        if (!isOpposite)
        {
            flaw = OrderRejection.NothingToReduce;
            return 0;
        }

        var held = Math.Abs(Portfolio.Quantity);
        return order.ClosesPosition ? held : Math.Min(held, order.Quantity - order.Filled);
    }

    /// <summary>What an order still wants at a price, or why it cannot have it.</summary>
    private decimal Wanted(Order order, decimal price, ref OrderRejection flaw)
    {
        // What is sized here can be paid for by construction.
        var (isSized, priceOfBars) = (Math.Sign(order.Quantity) == 0, (double)price);
        if (isSized)
            order.Quantity = Sized(order, price, priceOfBars);
        var isFirst = Math.Sign(order.Filled) == 0;
        var wanted = isFirst ? order.Quantity : order.Quantity - order.Filled;
        if (isFirst)
        {
            flaw = Math.Sign(wanted) <= 0 ? OrderRejection.BelowStep
                : !_model.Rules.IsLargeEnough(wanted, price, priceOfBars) ? OrderRejection.BelowMinimumNotional
                : OrderRejection.None;
            if (flaw != OrderRejection.None || (isSized && (order.Side == OrderSide.Buy || _model.Options.AllowShort)))
                return wanted;
        }

        var held = Portfolio.Quantity;
        var after = order.Side == OrderSide.Buy ? held + wanted : held - wanted;
        if (after < 0 && !_model.Options.AllowShort)
        {
            flaw = OrderRejection.ShortsNotAllowed;
        }
        else if (Math.Abs(after) > Math.Abs(held) && !CanCarry(after, wanted, price))
        {
            // The rest of an order that began at another price takes what is left.
            if (isFirst)
                flaw = OrderRejection.InsufficientCash;
            else
                order.Quantity = order.Filled + (wanted = Math.Min(wanted, _model.Affordable(Portfolio.FreeCash(price), price)));
        }

        return wanted;
    }

    /// <summary>No leverage: after the fill, the position is worth no more than the equity.</summary>
    private bool CanCarry(decimal after, decimal bought, decimal price) =>
        Math.Abs(after) * price <= Portfolio.EquityAt(price) - (bought * price * _model.Options.TakerFee);

    private decimal Sized(Order order, decimal price, double priceOfBars)
    {
        var free = Portfolio.FreeCash(price);
        var size = order.Size;
        return size.Kind switch
        {
            EntrySizeKind.CashFraction => _model.Affordable(free * (decimal)Math.Clamp(size.Value, 0, 1), price),
            EntrySizeKind.Quote => _model.Affordable(Math.Min(free, (decimal)Math.Clamp(size.Value, 0, 1e15)), price),
            EntrySizeKind.RiskFraction => Math.Min(_model.Affordable(free, price), AtRisk(order, price)),
            _ => _model.Affordable(free, Portfolio.Side >= 0 ? Portfolio.CashOfBars : (double)free, price, priceOfBars),
        };
    }

    /// <summary>The quantity that loses a fraction of the equity, fees included, when the stop is hit at its price.</summary>
    private decimal AtRisk(Order order, decimal price)
    {
        if (PositionGuard.Level(order.Protection.Stop, price, order.Side == OrderSide.Buy ? -1 : 1) is not { } stop)
            return 0;
        var loss = Math.Abs(price - stop) + ((price + stop) * _model.Options.TakerFee);
        return loss == 0 ? 0 : _model.Rules.RoundQuantity(Portfolio.EquityAt(price) * (decimal)Math.Clamp(order.Size.Value, 0, 1) / loss);
    }

    private OrderRejection Flaw(Order order)
    {
        if (_working.Count >= MostOrders)
            return OrderRejection.TooManyOrders;
        if (!order.Protection.IsValid || (order.Size.Kind != EntrySizeKind.AllCash && !(order.Size.Value > 0)))
            return OrderRejection.InvalidPrice;
        if (order.Type != OrderType.Market)
        {
            if (order.Price <= 0 || (order.Type == OrderType.TrailingStop && !(order.Trail.Kind is PriceRuleKind.Fraction or PriceRuleKind.Distance && order.Trail.Value > 0)))
                return OrderRejection.InvalidPrice;
            order.Price = order.Type == OrderType.Limit ? _model.LimitPrice(order.Side, order.Price) : _model.StopPrice(order.Side, order.Price);
        }

        if (Math.Sign(order.Quantity) != 0)
        {
            order.Quantity = _model.Rules.RoundQuantity(Math.Max(order.Quantity, 0));
            if (order.Quantity == 0)
                return OrderRejection.BelowStep;
        }

        return OrderRejection.None;
    }

    private void Reject(Order order, OrderRejection reason)
    {
        (order.State, order.Rejection) = (OrderState.Rejected, reason);
        _rejections[(int)reason]++;
    }

    private void CancelGroup(Order filled)
    {
        foreach (var order in _working)
        {
            if (order != filled && order.OcoGroup == filled.OcoGroup && order.State == OrderState.Working)
                order.State = OrderState.Cancelled;
        }
    }

    /// <summary>The position is gone: so are the orders that guarded it, and the rest of the entry that a guard has cut short.</summary>
    private void CancelGuards(Order closing)
    {
        _guard.Clear();
        foreach (var order in _working)
        {
            if (order != closing && order.State == OrderState.Working && (order.IsReducing || order.Filled > 0))
                order.State = OrderState.Cancelled;
        }
    }

    private void Tidy()
    {
        var kept = 0;
        for (var i = 0; i < _working.Count; i++)
        {
            var order = _working[i];
            if (order.State != OrderState.Working)
                continue;
            (order.IsResting, order.IsAsleep) = (true, false);
            _working[kept++] = order;
        }

        _working.RemoveRange(kept, _working.Count - kept);
    }
}
