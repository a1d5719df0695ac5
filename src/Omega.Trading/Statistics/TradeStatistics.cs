using Omega.Trading.Execution;

namespace Omega.Trading.Statistics;

/// <summary>
/// Figures of closed trades. A win is above 0, a loss below. Money is net of all costs; ratios use each trade's return on its entry
/// equity. Null where a figure cannot be computed.
/// </summary>
public sealed record TradeStatistics
{
    /// <summary>How many trades SQN and Monte Carlo need.</summary>
    public const int Enough = 30;

    /// <summary>Closed trades.</summary>
    public required int Count { get; init; }

    /// <summary>Wins over all trades.</summary>
    public double? WinRate { get; init; }

    /// <summary>Mean profit of the wins, quote currency.</summary>
    public decimal? AverageWin { get; init; }

    /// <summary>Mean result of the losses, quote currency; at or below 0.</summary>
    public decimal? AverageLoss { get; init; }

    /// <summary>Highest return of a trade.</summary>
    public double? Best { get; init; }

    /// <summary>Lowest return of a trade.</summary>
    public double? Worst { get; init; }

    /// <summary>Mean time from the first fill to the last.</summary>
    public TimeSpan? AverageDuration { get; init; }

    /// <summary>Mean return of the wins over the mean loss.</summary>
    public double? PayoffRatio { get; init; }

    /// <summary>Sum of profits over sum of losses, in money.</summary>
    public double? ProfitFactor { get; init; }

    /// <summary>Mean result of a trade, quote currency.</summary>
    public decimal? Expectancy { get; init; }

    /// <summary>System quality number, √n · mean / std (ddof 1) of the returns (Tharp); null under 30 trades.</summary>
    public double? Sqn { get; init; }

    /// <summary>Kelly fraction, W − (1 − W) / payoff ratio (Kelly, 1956).</summary>
    public double? Kelly { get; init; }

    /// <summary>Computes the figures.</summary>
    public static TradeStatistics Of(IReadOnlyList<Trade> trades)
    {
        if (trades.Count == 0)
            return new TradeStatistics { Count = 0 };
        var returns = new double[trades.Count];
        var (wins, losses) = (0, 0);
        var (won, lost) = (0m, 0m);
        var (gains, pains) = (0.0, 0.0);
        var duration = 0L;
        for (var i = 0; i < returns.Length; i++)
        {
            var trade = trades[i];
            returns[i] = trade.Return;
            duration += trade.ClosedAt - trade.OpenedAt;
            if (trade.Pnl > 0)
                (wins, won, gains) = (wins + 1, won + trade.Pnl, gains + trade.Return);
            else if (trade.Pnl < 0)
                (losses, lost, pains) = (losses + 1, lost + trade.Pnl, pains + trade.Return);
        }

        var (mean, deviation) = Moments.MeanAndDeviation(returns);
        var rate = wins / (double)returns.Length;
        double? payoff = wins > 0 && losses > 0 ? gains / wins / -(pains / losses) : null;
        return new TradeStatistics
        {
            Count = returns.Length,
            WinRate = rate,
            AverageWin = wins > 0 ? won / wins : null,
            AverageLoss = losses > 0 ? lost / losses : null,
            Best = returns.Max(),
            Worst = returns.Min(),
            AverageDuration = TimeSpan.FromMilliseconds(duration / (double)returns.Length),
            PayoffRatio = payoff,
            ProfitFactor = losses > 0 ? (double)won / -(double)lost : null,
            Expectancy = (won + lost) / returns.Length,
            Sqn = returns.Length >= Enough && deviation > 0 ? Math.Sqrt(returns.Length) * mean / deviation : null,
            Kelly = payoff > 0 ? rate - ((1 - rate) / payoff) : null,
        };
    }
}
