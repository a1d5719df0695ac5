using Omega.Desk.Functions;
using Omega.Gpt;
using Omega.Trading.Feeds;

namespace Omega.Desk;

/// <summary>One market feed, and the functions through which a model reads it. Thread-safe.</summary>
public sealed class MarketDesk
{
    /// <summary>Opens a desk over a feed. The feed stays the caller's to dispose.</summary>
    /// <param name="feed">The market.</param>
    /// <param name="options">What the functions may do; null for the defaults.</param>
    /// <param name="time">The clock; null for the system's.</param>
    /// <exception cref="DeskException">The feed has no market or no timeframe.</exception>
    public MarketDesk(IMarketFeed feed, MarketDeskOptions? options = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(feed);
        (Feed, Options, Time) = (feed, options ?? new MarketDeskOptions(), time ?? TimeProvider.System);
        Functions = DeskFunctions.Make(feed, Options.CandleFiles);
    }

    /// <summary>The market.</summary>
    public IMarketFeed Feed { get; }

    /// <summary>What the functions may do.</summary>
    public MarketDeskOptions Options { get; }

    /// <summary>The functions, none of which has side effects. docs/concepts/desk.md says what each takes and gives.</summary>
    public FunctionSet Functions { get; }

    internal TimeProvider Time { get; }
}
