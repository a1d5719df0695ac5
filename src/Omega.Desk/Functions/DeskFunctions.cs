using Omega.Gpt;
using Omega.Trading.Feeds;

namespace Omega.Desk.Functions;

/// <summary>All functions of a desk.</summary>
internal static class DeskFunctions
{
    /// <summary>Makes them for one feed.</summary>
    /// <exception cref="DeskException">The feed has no market or no timeframe.</exception>
    public static FunctionSet Make(IMarketFeed feed, IReadOnlyList<string> candleFiles)
    {
        if (feed.Instruments.Count == 0 || feed.Timeframes.Count == 0)
            throw new DeskException($"The feed {feed.Source} has no market or no timeframe. A desk needs one of each.");
        var schemas = new Schemas(feed);
        var reader = new MarketReader(feed, new CandleFiles(candleFiles));
        var backtest = new BacktestCall(reader, new TrialBook());
        return new FunctionSet(
            new PriceFunction(reader).Make(schemas),
            new AnalyzeFunction(reader).Make(schemas),
            new CandlesFunction(reader).Make(schemas),
            new IndicatorsFunction(reader).Make(schemas),
            new RiskFunction(reader).Make(schemas),
            new SizeFunction(reader).Make(schemas),
            StrategyFunctions.List(),
            StrategyFunctions.Get(),
            new BacktestFunction(backtest).Make(schemas),
            new CompareFunction(backtest).Make(schemas));
    }
}
