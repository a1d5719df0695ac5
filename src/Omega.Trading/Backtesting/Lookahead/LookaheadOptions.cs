namespace Omega.Trading.Backtesting;

/// <summary>How a <see cref="LookaheadProof"/> is run.</summary>
public sealed record LookaheadOptions
{
    private const int MostThreads = 1_024;

    /// <summary>Times after which the future is altered, besides the bar of each fill.</summary>
    /// <value>1 to 10,000; default 50.</value>
    public int Times { get; init; } = 50;

    /// <summary>The same seed alters the same.</summary>
    /// <value>Default 1.</value>
    public int Seed { get; init; } = 1;

    /// <summary>The proof covers at most so many bars, the first of the window: the work grows with their square.</summary>
    /// <value>10 or more; default 100,000.</value>
    public int MostBars { get; init; } = 100_000;

    /// <summary>Altered runs at a time. The outcome is the same whatever it is.</summary>
    /// <value>1 to 1,024; default: one for each processor.</value>
    public int Threads { get; init; } = Math.Min(Environment.ProcessorCount, MostThreads);

    /// <summary>How the strategy is run.</summary>
    public BacktestOptions Backtest { get; init; } = new();

    internal void Check()
    {
        if (Times is < 1 or > 10_000)
            throw new TradingException($"The proof was given {Times} times; it takes 1 to 10,000.");
        if (MostBars < 10)
            throw new TradingException($"The proof was given {MostBars} bars; it takes 10 or more.");
        if (Threads is < 1 or > MostThreads)
            throw new TradingException($"The proof was given {Threads} threads; it takes 1 to 1,024.");
        Backtest.Check();
    }
}

/// <summary>How far a proof has come.</summary>
/// <param name="Points">Times done.</param>
/// <param name="Total">Times in all.</param>
public readonly record struct LookaheadProgress(int Points, int Total);
