using Omega.Trading.Execution;
using Omega.Trading.Strategies;

namespace Omega.Trading.Backtesting;

/// <summary>Turns a strategy's decisions into orders for the next open.</summary>
internal sealed class BacktestOrders(OrderMatcher matcher, bool allowShort)
{
    private Order? _entry;
    private Order? _exit;

    /// <summary>Entries that asked for a short where shorts are off.</summary>
    public int ShortsRefused { get; private set; }

    /// <summary>Places what a decision wants. An exit wins: nothing is entered on a bar that exits.</summary>
    /// <param name="decision">The decision.</param>
    /// <param name="time">The bar's close time.</param>
    public void Take(in Decision decision, long time)
    {
        var side = matcher.Portfolio.Side;
        if ((side > 0 && decision.ExitLong) || (side < 0 && decision.ExitShort))
        {
            Exit(side, time);
            return;
        }

        // What is still being entered is given up by an exit of its side.
        if (_entry is { State: OrderState.Working } entering && (entering.Side == OrderSide.Buy ? decision.ExitLong : decision.ExitShort))
        {
            matcher.Cancel(entering);
            return;
        }

        if (decision.EnterLong == decision.EnterShort || (decision.EnterLong ? decision.ExitLong : decision.ExitShort))
            return;
        var wanted = decision.EnterLong ? 1 : -1;
        if (_entry is { State: OrderState.Working } || _exit is { State: OrderState.Working } || (side != 0 && (side != wanted || !decision.AddsToPosition)))
            return;
        if (wanted < 0 && !allowShort)
        {
            ShortsRefused++;
            return;
        }

        _entry = new Order
        {
            Side = wanted > 0 ? OrderSide.Buy : OrderSide.Sell,
            Type = OrderType.Market,
            Size = decision.Size,
            Protection = new(decision.Stop, decision.Target, decision.Trail),
            Reason = FillReason.Signal,
        };
        matcher.Place(_entry, time);
    }

    private void Exit(int side, long time)
    {
        if (_entry is { State: OrderState.Working })
            matcher.Cancel(_entry);
        if (_exit is { State: OrderState.Working })
            return;
        _exit = new Order { Side = side > 0 ? OrderSide.Sell : OrderSide.Buy, Type = OrderType.Market, ClosesPosition = true, ReduceOnly = true, Reason = FillReason.Signal };
        matcher.Place(_exit, time);
    }
}
