using Omega.Trading.Execution;
using Omega.Trading.Strategies;

namespace Omega.Trading.Backtesting;

/// <summary>Turns a strategy's decisions into orders for the next open.</summary>
internal sealed class BacktestOrders(OrderMatcher matcher, bool allowShort)
{
    // One order of each kind serves the whole run: nothing else keeps them once they are done.
    private readonly Order _buy = Entry(OrderSide.Buy);
    private readonly Order _sell = Entry(OrderSide.Sell);
    private readonly Order _exitLong = Closing(OrderSide.Sell);
    private readonly Order _exitShort = Closing(OrderSide.Buy);

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
        if ((decision.ExitLong && IsWorking(_buy)) || (decision.ExitShort && IsWorking(_sell)))
        {
            matcher.Cancel(decision.ExitLong && IsWorking(_buy) ? _buy : _sell);
            return;
        }

        if (decision.EnterLong == decision.EnterShort || (decision.EnterLong ? decision.ExitLong : decision.ExitShort))
            return;
        var wanted = decision.EnterLong ? 1 : -1;
        if (IsWorking(_buy) || IsWorking(_sell) || IsWorking(_exitLong) || IsWorking(_exitShort) || (side != 0 && (side != wanted || !decision.AddsToPosition)))
            return;
        if (wanted < 0 && !allowShort)
        {
            ShortsRefused++;
            return;
        }

        var entry = wanted > 0 ? _buy : _sell;
        entry.Renew();
        (entry.Size, entry.Protection) = (decision.Size, new(decision.Stop, decision.Target, decision.Trail));
        matcher.Place(entry, time);
    }

    private void Exit(int side, long time)
    {
        var (entry, exit) = side > 0 ? (_buy, _exitLong) : (_sell, _exitShort);
        if (IsWorking(entry))
            matcher.Cancel(entry);
        if (IsWorking(exit))
            return;
        exit.Renew();
        matcher.Place(exit, time);
    }

    private static bool IsWorking(Order order) => order.State == OrderState.Working;

    private static Order Entry(OrderSide side) => new() { Side = side, Type = OrderType.Market, Reason = FillReason.Signal };

    private static Order Closing(OrderSide side) => new() { Side = side, Type = OrderType.Market, ClosesPosition = true, ReduceOnly = true, Reason = FillReason.Signal };
}
