namespace Omega.Trading.Statistics;

/// <summary>How a <see cref="MonteCarlo"/> is run.</summary>
public sealed record MonteCarloOptions
{
    /// <summary>How many paths.</summary>
    /// <value>1 to 1,000,000; default 10,000.</value>
    public int Paths { get; init; } = 10_000;

    /// <summary>The same seed gives the same paths.</summary>
    /// <value>Default 1.</value>
    public int Seed { get; init; } = 1;

    /// <summary>The drawdown that counts as ruin, as a positive fraction.</summary>
    /// <value>Above 0 to 1; default 0.5.</value>
    public double Ruin { get; init; } = 0.5;
}

/// <summary>
/// What the same trades might have come to in another order: circular blocks of ⌈n^⅓⌉ trades drawn with replacement (Politis and Romano,
/// 1992), so that runs of luck stay together. Fractions.
/// </summary>
/// <param name="Paths">How many paths.</param>
/// <param name="BlockLength">Trades in a block.</param>
/// <param name="FinalReturn5">Total return that 5 % of the paths stay below.</param>
/// <param name="FinalReturn50">Median total return.</param>
/// <param name="FinalReturn95">Total return that 5 % of the paths exceed.</param>
/// <param name="Drawdown50">Median of the paths' deepest drawdowns; at or below 0.</param>
/// <param name="Drawdown95">The deepest drawdown that 5 % of the paths fall below.</param>
/// <param name="RuinProbability">Share of paths whose drawdown reaches ruin.</param>
public sealed record MonteCarlo(int Paths, int BlockLength, double FinalReturn5, double FinalReturn50, double FinalReturn95, double Drawdown50, double Drawdown95, double RuinProbability)
{
    /// <summary>Runs the paths; null under 30 trades.</summary>
    /// <param name="returns">Each trade's return on its entry equity, in order.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="TradingException">An option is out of range.</exception>
    public static MonteCarlo? Run(ReadOnlySpan<double> returns, MonteCarloOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new();
        if (options.Paths is < 1 or > 1_000_000)
            throw new TradingException($"Monte Carlo was given {options.Paths} paths; it takes 1 to 1,000,000.");
        if (!(options.Ruin > 0 && options.Ruin <= 1))
            throw new TradingException($"The drawdown that counts as ruin is {options.Ruin}; it is a fraction above 0 and at most 1.");
        if (returns.Length < TradeStatistics.Enough)
            return null;
        var random = new Random(options.Seed);
        var block = (int)Math.Ceiling(Math.Pow(returns.Length, 1.0 / 3) - 1e-9);
        var (finals, deepest) = (new double[options.Paths], new double[options.Paths]);
        var ruined = 0;
        for (var path = 0; path < options.Paths; path++)
        {
            if (path % 256 == 0)
                cancellationToken.ThrowIfCancellationRequested();
            (finals[path], deepest[path]) = Walk(returns, block, random);
            ruined += deepest[path] <= -options.Ruin ? 1 : 0;
        }

        finals.AsSpan().Sort();
        deepest.AsSpan().Sort();
        return new(options.Paths, block,
            TailQuantiles.Of(finals, 0.05), TailQuantiles.Of(finals, 0.5), TailQuantiles.Of(finals, 0.95),
            TailQuantiles.Of(deepest, 0.5), TailQuantiles.Of(deepest, 0.05), ruined / (double)options.Paths);
    }

    /// <summary>One path of as many trades as there were.</summary>
    private static (double Return, double Deepest) Walk(ReadOnlySpan<double> returns, int block, Random random)
    {
        var (equity, peak, deepest) = (1.0, 1.0, 0.0);
        for (var taken = 0; taken < returns.Length;)
        {
            var at = random.Next(returns.Length);
            for (var i = 0; i < block && taken < returns.Length; i++, taken++)
            {
                equity *= Math.Max(1 + returns[at], 0);
                at = at + 1 == returns.Length ? 0 : at + 1;
                peak = Math.Max(peak, equity);
                deepest = Math.Min(deepest, (equity / peak) - 1);
            }
        }

        return (equity - 1, deepest);
    }
}
