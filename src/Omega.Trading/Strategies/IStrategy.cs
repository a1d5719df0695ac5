namespace Omega.Trading.Strategies;

/// <summary>Rules that decide on final bars. Immutable and thread-safe; each run over a series has its own <see cref="StrategyRun"/>.</summary>
public interface IStrategy
{
    /// <summary>Name in reports and on the command line, such as <c>ema-cross</c>.</summary>
    string Name { get; }

    /// <summary>The values of its parameters, by name.</summary>
    IReadOnlyDictionary<string, double> Parameters { get; }

    /// <summary>Begins a run over one series.</summary>
    /// <param name="timeframe">The timeframe of the bars it will be given.</param>
    /// <exception cref="TradingException">The strategy cannot run on that timeframe.</exception>
    StrategyRun Start(Timeframe timeframe);
}

/// <summary>A strategy as it runs, one final bar after the other. Not thread-safe.</summary>
public abstract class StrategyRun
{
    /// <summary>Bars before it can decide anything; until then its decisions are empty.</summary>
    public abstract int WarmUpBars { get; }

    /// <summary>Takes the next final bar and decides; what it decides fills from the next bar's open on. Called once for every bar, also while warming up.</summary>
    /// <param name="bar">The bar that has just closed.</param>
    /// <param name="position">The position at that close.</param>
    /// <param name="decision">Empty; receives what to do. Exit wins where exit and entry are both set.</param>
    public abstract void OnBar(in Candle bar, in PositionView position, ref Decision decision);
}
