using Omega.Trading.Statistics;

namespace Omega.Trading.Backtesting;

/// <summary>
/// The figures of one equity curve and its trades. Fractions, never per cent; ratios per year of 365 × 24 hours. Null where a figure
/// cannot be computed; the report's notes say why.
/// </summary>
public sealed record PerformanceStatistics
{
    /// <summary>Cash and the open position at the last close, quote currency.</summary>
    public required decimal FinalEquity { get; init; }

    /// <summary>Final equity over the initial cash, less 1.</summary>
    public required double TotalReturn { get; init; }

    /// <summary>Yearly growth that compounds to the total return; null under 30 days.</summary>
    public double? Cagr { get; init; }

    /// <summary>Standard deviation (ddof 1) of per-bar returns, a year.</summary>
    public double? Volatility { get; init; }

    /// <summary>Mean over standard deviation (ddof 1) of per-bar returns, a year.</summary>
    public double? Sharpe { get; init; }

    /// <summary>Mean over downside deviation, a year.</summary>
    public double? Sortino { get; init; }

    /// <summary>CAGR over the deepest drawdown.</summary>
    public double? Calmar { get; init; }

    /// <summary>Sum of gains over sum of losses of per-bar returns.</summary>
    public double? OmegaRatio { get; init; }

    /// <summary>|95 % quantile / 5 % quantile| of per-bar returns.</summary>
    public double? TailRatio { get; init; }

    /// <summary>Skewness of per-bar returns (population).</summary>
    public double? Skew { get; init; }

    /// <summary>Raw kurtosis of per-bar returns (population); 3 for a normal distribution.</summary>
    public double? Kurtosis { get; init; }

    /// <summary>Deepest fall from a peak; at or below 0.</summary>
    public required double MaxDrawdown { get; init; }

    /// <summary>Longest time from a peak to its recovery or the end.</summary>
    public TimeSpan? MaxDrawdownDuration { get; init; }

    /// <summary>Mean depth of drawdown episodes; at or below 0.</summary>
    public double? AverageDrawdown { get; init; }

    /// <summary>Root of the mean squared drawdown.</summary>
    public double? UlcerIndex { get; init; }

    /// <summary>Loss over one bar that 5 % of the bars exceed; a positive fraction.</summary>
    public double? Var95 { get; init; }

    /// <summary>Mean loss of the bars at or beyond <see cref="Var95"/>.</summary>
    public double? Cvar95 { get; init; }

    /// <summary>Loss over one bar that 1 % of the bars exceed; a positive fraction.</summary>
    public double? Var99 { get; init; }

    /// <summary>Mean loss of the bars at or beyond <see cref="Var99"/>.</summary>
    public double? Cvar99 { get; init; }

    /// <summary>Figures of the closed trades.</summary>
    public required TradeStatistics Trades { get; init; }

    /// <summary>Closes at which a position was open, over all closes.</summary>
    public required double Exposure { get; init; }

    /// <summary>Sum of the notionals of all fills over the mean equity.</summary>
    public double? Turnover { get; init; }

    /// <summary>Fees, and what shorts borrowed, quote currency.</summary>
    public required decimal FeesPaid { get; init; }

    /// <summary>What slippage and tick rounding cost, quote currency.</summary>
    public required decimal SlippagePaid { get; init; }
}
