using Omega.Trading.Statistics;

namespace Omega.Trading.Backtesting;

/// <summary>What a reader of a report should know besides its figures.</summary>
public sealed record ReportContext
{
    /// <summary>The file that the candles were read from; null where there was none.</summary>
    public CandleFileReport? File { get; init; }

    /// <summary>The parameters as people write them; null for their numbers.</summary>
    public string? Parameters { get; init; }

    /// <summary>What the trades might have come to in another order; null where it was not computed or there are too few.</summary>
    public MonteCarlo? OtherOrders { get; init; }

    /// <summary>Whether the strategy was proven not to look ahead; null where that was not asked for.</summary>
    public LookaheadReport? Proof { get; init; }
}
