using System.Text.Json;
using Omega.Gpt;
using Omega.Trading.Backtesting;
using Omega.Trading.Strategies;

namespace Omega.Desk.Functions;

/// <summary><c>compare_strategies</c>: several strategies over the same candles with the same costs.</summary>
internal sealed class CompareFunction(BacktestCall backtest)
{
    private const int Said = 3;

    public GptFunction Make(Schemas schemas) => DeskFunction.Make(
        "compare_strategies",
        "Compare built-in strategies with each other on the same past prices and costs: which did better, with what drawdown.",
        Schemas.Object(
            "strategies",
            [
                $$"""
                "strategies": {"type": "array", "minItems": 2, "maxItems": {{BuiltInStrategies.Names.Count}}, "uniqueItems": true, "items": {"type": "string", "enum": [{{Schemas.Names(TestedStrategy.Names)}}]}, "description": "Names of two or more strategies, each with its defaults."}
                """,
                .. BacktestCall.Properties(schemas),
            ]),
        RunAsync);

    private async ValueTask<JsonElement> RunAsync(CallArguments arguments, FunctionContext context, CancellationToken cancellationToken)
    {
        var data = await backtest.ReadAsync(arguments, cancellationToken).ConfigureAwait(false);
        var options = BacktestCall.Options(arguments, data);
        string[] names = [.. arguments.List("strategies").Select(name => name.GetString()!)];
        var reports = new List<BacktestReport>(names.Length);
        await using (var pump = new ProgressPump(context, cancellationToken))
        {
            foreach (var name in names)
            {
                pump.Report(Progress(name, reports.Count, names.Length));
                var tested = TestedStrategy.Of(BuiltInStrategies.Find(name), new Dictionary<string, double>());
                reports.Add(backtest.Run(tested, data, options, null, cancellationToken));
            }
        }

        // All of them are counted before any is believed: the best of several looks better than it is.
        var ranked = reports.Select(report => new Ranked(report, backtest.Believe(report, data)))
            .OrderByDescending(each => each.Report.Statistics.Sharpe ?? double.NegativeInfinity).ThenByDescending(each => each.Report.Statistics.TotalReturn).ToArray();
        var first = ranked[0].Report;
        using var result = new ResultWriter(context, Summary(ranked, data), data);
        result.Moment("from", first.From);
        result.Moment("to", first.To);
        result.Text("data_sha256", first.DataSha256);
        result.Text("ranked_by", "sharpe");
        result.Figure("buy_and_hold_return", first.BuyAndHold?.TotalReturn, FigureUnits.Fraction);
        result.Figure("buy_and_hold_max_drawdown", first.BuyAndHold?.MaxDrawdown, FigureUnits.Fraction);
        result.Figure("buy_and_hold_sharpe", first.BuyAndHold?.Sharpe, FigureUnits.Ratio);
        result.Figure("trials", ranked.Max(each => each.Belief.Trials), FigureUnits.Count);
        result.Figure("edge_threshold", Belief.Threshold, FigureUnits.Probability);
        result.Money("initial_cash", first.Options.Cash);
        result.Figure("fee", (double)(options.Fills.TakerFee * 10_000), FigureUnits.Bps);
        result.Figure("slippage", (double)(options.Fills.Slippage * 10_000), FigureUnits.Bps);
        result.Figure("candles", first.Bars, FigureUnits.Count);
        result.List("strategies", ranked, Entry);
        BacktestFigures.Notes(result, first, ranked[0].Belief, data);
        return result.Finish();
    }

    private static void Entry(ResultWriter entry, Ranked ranked)
    {
        var (statistics, belief) = (ranked.Report.Statistics, ranked.Belief);
        entry.Text("name", ranked.Report.Strategy);
        entry.Entry("total_return", statistics.TotalReturn, FigureUnits.Fraction);
        entry.Entry("max_drawdown", statistics.MaxDrawdown, FigureUnits.Fraction);
        entry.Entry("sharpe", statistics.Sharpe, FigureUnits.Ratio);
        entry.Entry("trades", statistics.Trades.Count, FigureUnits.Count);
        entry.Entry("win_rate", statistics.Trades.WinRate, FigureUnits.Fraction);
        entry.Entry("exposure", statistics.Exposure, FigureUnits.Fraction);
        entry.Entry("fees_paid", (double)statistics.FeesPaid, ranked.Report.Instrument?.Quote.ToLowerInvariant() ?? "quote");
        entry.Entry("cagr", statistics.Cagr, FigureUnits.FractionPerYear);
        entry.Entry("dsr", belief.Dsr, FigureUnits.Probability);
        entry.Entry("dsr_excess", belief.DsrExcess, FigureUnits.Probability);
        entry.Text("edge", belief.IsEdge ? "supported" : "not_supported");
    }

    private static string Summary(Ranked[] ranked, MarketData data)
    {
        var (first, hold) = (ranked[0].Report, ranked[0].Report.BuyAndHold);
        var others = Say.List([.. ranked.Skip(1).Select(each => each.Report.Strategy)]);
        var results = string.Join(". ", ranked.Take(Said).Select(each => $"{each.Report.Strategy} returned {Say.Change(each.Report.Statistics.TotalReturn)} with a deepest drawdown of {Say.Percent(each.Report.Statistics.MaxDrawdown)}{(each.Report.Statistics.Sharpe is { } sharpe ? $" and a Sharpe ratio of {Say.Ratio(sharpe)}" : "")}"));
        var held = hold is { } benchmark ? $" Buying and holding returned {Say.Change(benchmark.TotalReturn)}." : "";
        var edges = ranked.Where(each => each.Belief.IsEdge).Select(each => each.Report.Strategy).ToArray();
        var edge = edges.Length == 0 ? "No edge is supported for any of them" : $"An edge is supported for {Say.List(edges)}";
        return $"By its Sharpe ratio {first.Strategy} did better than {others} from {Say.Day(first.From)} to {Say.Day(first.To)} on {data.Place}, {first.Timeframe} candles, after costs. {results}.{held} {edge}.";
    }

    private static JsonElement Progress(string strategy, int done, int total) =>
        JsonElement.Parse(FormattableString.Invariant($$"""{"strategy":"{{strategy}}","done":{{done}},"total":{{total}}}"""));

    /// <summary>A back-test and what may be believed of it.</summary>
    private sealed record Ranked(BacktestReport Report, Belief Belief);
}
