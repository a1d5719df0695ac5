using Omega.Trading.Execution;

namespace Omega.Trading.Backtesting;

/// <summary>Which statistics a back-test computes.</summary>
public enum StatisticsLevel
{
    /// <summary>Every one.</summary>
    All,

    /// <summary>Fills, equity, deepest drawdown and Sharpe ratio only, and no buy-and-hold beside them: for searches.</summary>
    Core,
}

/// <summary>How a back-test is run.</summary>
public sealed record BacktestOptions
{
    /// <summary>What the account begins with, quote currency.</summary>
    /// <value>Above 0 to 10^12; default 10,000.</value>
    public decimal Cash { get; init; } = 10_000m;

    /// <summary>Costs, and what the account may do.</summary>
    public FillOptions Fills { get; init; } = new();

    /// <summary>What is traded: its name in the report, its step, tick and minimum notional. Null: unnamed, with the usual ones.</summary>
    public Instrument? Instrument { get; init; }

    /// <summary>Bars that open then or later make up the window; null for all from the first. Earlier bars warm the strategy up.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Bars that open before then make up the window; null for all to the last.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>The most bars before the window that the strategy is shown; null for all that are there.</summary>
    /// <value>0 or more, or null; default null.</value>
    public int? WarmUp { get; init; }

    /// <summary>Risk-free rate a year, as a fraction; subtracted per bar in Sharpe and Sortino.</summary>
    /// <value>-1 to 1; default 0.</value>
    public double RiskFree { get; init; }

    /// <summary>Which statistics are computed.</summary>
    public StatisticsLevel Statistics { get; init; }

    /// <summary>Whether buying and holding, with the same costs, is reported beside the strategy.</summary>
    /// <value>Default true; <see cref="StatisticsLevel.Core"/> leaves it out.</value>
    public bool Benchmark { get; init; } = true;

    /// <summary>Throws where a value is out of its range.</summary>
    internal void Check()
    {
        if (Cash is <= 0 or > 1_000_000_000_000m)
            throw new TradingException($"The cash is {Cash}; it must be above 0 and at most 1,000,000,000,000.");
        if (WarmUp < 0)
            throw new TradingException($"The warm-up is {WarmUp} bars; it must be 0 or more.");
        if (!(RiskFree is >= -1 and <= 1))
            throw new TradingException($"The risk-free rate is {RiskFree}; it is a fraction a year from -1 to 1.");
        if (From >= To)
            throw new TradingException($"The window begins at {From:O} and ends at {To:O}. The end must come after the beginning.");
        Fills.Check();
    }
}

/// <summary>How far a back-test has come.</summary>
/// <param name="Bars">Bars done, warm-up included.</param>
/// <param name="Total">Bars in all.</param>
public readonly record struct BacktestProgress(int Bars, int Total);
