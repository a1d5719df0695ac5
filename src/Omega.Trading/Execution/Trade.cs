namespace Omega.Trading.Execution;

/// <summary>A position from flat to flat. A reversal is two trades.</summary>
/// <param name="Side">1 long, -1 short.</param>
/// <param name="OpenedAt">Open time of the bar of the first fill, in milliseconds since 1970-01-01 UTC.</param>
/// <param name="ClosedAt">Open time of the bar of the last fill.</param>
/// <param name="Quantity">Base currency entered in all.</param>
/// <param name="EntryPrice">Average price of the entries.</param>
/// <param name="ExitPrice">Average price of the exits.</param>
/// <param name="Pnl">Profit or loss in quote currency, net of every cost.</param>
/// <param name="Return"><paramref name="Pnl"/> over the equity at the entry.</param>
/// <param name="Fees">Fees and borrowing, in quote currency.</param>
/// <param name="ExitReason">What the last fill came from.</param>
public readonly record struct Trade(int Side, long OpenedAt, long ClosedAt, decimal Quantity, decimal EntryPrice, decimal ExitPrice, decimal Pnl, double Return, decimal Fees, FillReason ExitReason)
{
    /// <summary>From the first fill's bar to the last fill's bar.</summary>
    public TimeSpan Duration => TimeSpan.FromMilliseconds(ClosedAt - OpenedAt);
}
