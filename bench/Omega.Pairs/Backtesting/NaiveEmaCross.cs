namespace Omega.Pairs.Backtesting;

/// <summary>
/// What a person writes in an afternoon: two averages, all in at the next open, a fee, the equity, its drawdown and Sharpe ratio; all in
/// double, one strategy, one loop, nothing kept.
/// </summary>
internal static class NaiveEmaCross
{
    public static (int Trades, double Equity, double Drawdown, double Sharpe) Run(double[] opens, double[] closes, double fee)
    {
        var (cash, quantity, trades) = (10_000.0, 0.0, 0);
        var (fast, slow, fastSum, slowSum) = (double.NaN, double.NaN, 0.0, 0.0);
        var (wasAbove, wasBelow, order) = (false, false, 0);
        var (peak, drawdown, last, sum, squares) = (0.0, 0.0, 10_000.0, 0.0, 0.0);
        for (var i = 0; i < closes.Length; i++)
        {
            if (order > 0)
            {
                quantity = cash / (opens[i] * (1 + fee));
                cash = 0;
            }
            else if (order < 0)
            {
                cash = quantity * opens[i] * (1 - fee);
                quantity = 0;
                trades++;
            }

            order = 0;
            var close = closes[i];
            var equity = cash + (quantity * close);
            peak = Math.Max(peak, equity);
            drawdown = Math.Min(drawdown, (equity / peak) - 1);
            var change = (equity / last) - 1;
            (sum, squares, last) = (sum + change, squares + (change * change), equity);

            if (i < 12)
                fast = (fastSum += close) is var all && i == 11 ? all / 12 : double.NaN;
            else
                fast += 2.0 / 13 * (close - fast);
            if (i < 26)
                slow = (slowSum += close) is var all && i == 25 ? all / 26 : double.NaN;
            else
                slow += 2.0 / 27 * (close - slow);
            if (fast > slow && wasBelow && quantity == 0)
                order = 1;
            else if (fast < slow && wasAbove && quantity > 0)
                order = -1;
            (wasAbove, wasBelow) = (fast >= slow, fast <= slow);
        }

        var (count, mean) = (closes.Length - 1, sum / (closes.Length - 1));
        return (trades, cash + (quantity * closes[^1]), drawdown, mean / Math.Sqrt((squares / count) - (mean * mean)) * Math.Sqrt(365 * 24));
    }
}
