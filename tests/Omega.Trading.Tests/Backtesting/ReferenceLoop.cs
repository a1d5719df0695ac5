namespace Omega.Trading.Tests.Backtesting;

/// <summary>
/// ema-cross with nothing of the engine in it: two averages, all in at the next open, everything out at the next open after a crossunder.
/// </summary>
internal static class ReferenceLoop
{
    public static (List<(long Time, bool IsBuy, decimal Quantity, decimal Price)> Fills, int Trades, decimal Equity) Run(IReadOnlyList<Candle> bars, decimal cash, decimal fee)
    {
        var fills = new List<(long, bool, decimal, decimal)>();
        var (held, trades, order) = (0m, 0, 0);
        var (fast, slow) = (Averages(bars, 12), Averages(bars, 26));
        for (var i = 0; i < bars.Count; i++)
        {
            var price = (decimal)bars[i].Open;
            if (order > 0)
            {
                held = decimal.Floor(cash / (price * (1 + fee)) / 0.00001m) * 0.00001m;
                cash -= held * price * (1 + fee);
                fills.Add((bars[i].Time, true, held, price));
            }
            else if (order < 0)
            {
                cash += held * price * (1 - fee);
                fills.Add((bars[i].Time, false, held, price));
                (held, trades) = (0, trades + 1);
            }

            var isReady = i > 25;
            var isUp = isReady && fast[i] > slow[i] && fast[i - 1] <= slow[i - 1];
            var isDown = isReady && fast[i] < slow[i] && fast[i - 1] >= slow[i - 1];
            order = isUp && held == 0 ? 1 : isDown && held > 0 ? -1 : 0;
        }

        return (fills, trades, cash + (held * (decimal)bars[^1].Close));
    }

    private static double[] Averages(IReadOnlyList<Candle> bars, int length)
    {
        var values = new double[bars.Count];
        for (var i = length - 1; i < bars.Count; i++)
            values[i] = i == length - 1 ? bars.Take(length).Average(bar => bar.Close) : (bars[i].Close * 2 / (length + 1)) + (values[i - 1] * (length - 1) / (length + 1));
        return values;
    }
}
