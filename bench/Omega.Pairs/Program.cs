using Omega.Pairs.Analysis;
using Omega.Pairs.Backtesting;
using Omega.Pairs.Expressions;
using Omega.Pairs.Feeds;
using Omega.Pairs.Indicators;
using Omega.Pairs.Market;

// Comparisons in turns, for busy machines; each prints ratios of one run. Plain code without a benchmark library: it can be compiled
// natively, so that both ways of running .NET are measured alike.
Action? comparison = args switch
{
    ["analysis"] => AnalysisTurns.Run,
    ["backtests"] => BacktestPairs.Run,
    ["candles"] => CandleFilePairs.Run,
    ["expressions"] => ExpressionPairs.Run,
    ["feeds"] => FeedTurns.Run,
    ["indicators"] => IndicatorPairs.Run,
    _ => null,
};
if (comparison is null)
{
    Console.Error.WriteLine("Say what to compare: analysis, backtests, candles, expressions, feeds or indicators. OMEGA_REAL_CANDLES names a folder of real candles.");
    return 2;
}

comparison();
return 0;
