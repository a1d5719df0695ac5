using System.Text.Json;
using Omega.Gpt;
using Omega.Trading.Backtesting;

namespace Omega.Desk.Functions;

/// <summary><c>run_backtest</c>: one strategy over the past, with its costs and with buying and holding beside it.</summary>
internal sealed class BacktestFunction(BacktestCall backtest)
{
    public GptFunction Make(Schemas schemas) => DeskFunction.Make(
        "run_backtest",
        "Backtest a trading strategy on past prices and tell whether it is any good: return, drawdown, Sharpe, trades and costs beside buying and holding, and whether an edge is supported.",
        Schemas.Object("strategy", [TestedStrategy.Properties, .. BacktestCall.Properties(schemas)]),
        RunAsync);

    private async ValueTask<JsonElement> RunAsync(CallArguments arguments, FunctionContext context, CancellationToken cancellationToken)
    {
        var tested = TestedStrategy.Of(arguments);
        var data = await backtest.ReadAsync(arguments, cancellationToken).ConfigureAwait(false);
        var options = BacktestCall.Options(arguments, data);
        BacktestReport report;
        await using (var pump = new ProgressPump(context, cancellationToken))
        {
            pump.Report(Progress(0, data.Candles.Count));
            report = backtest.Run(tested, data, options, new Listener(pump), cancellationToken);
        }

        var belief = backtest.Believe(report, data);
        using var result = new ResultWriter(context, Summary(report, tested, belief, data), data);
        BacktestFigures.Head(result, report);
        result.Object("parameters", entry =>
        {
            foreach (var (name, value) in tested.Values)
                entry.Text(name, value);
        });
        result.Text("edge", belief.IsEdge ? "supported" : "not_supported");
        BacktestFigures.Of(result, report, belief);
        BacktestFigures.Notes(result, report, belief, data);
        return result.Finish();
    }

    private static string Summary(BacktestReport report, TestedStrategy tested, Belief belief, MarketData data)
    {
        var (statistics, hold) = (report.Statistics, report.BuyAndHold);
        var verdict = (belief.IsEdge, statistics.TotalReturn, hold) switch
        {
            (true, _, _) => "These figures support an edge",
            (_, _, _) when statistics.Trades.Count == 0 && report.OpenPosition is null => "It never traded",
            (_, < 0, _) => "Not good: it lost money",
            (_, var made, { } held) when made > held.TotalReturn => "It did better than buying and holding, but that can be luck: no edge is supported",
            (_, _, { }) => "Not good: it did no better than buying and holding",
            _ => "No edge is supported",
        };
        var parameters = tested.Values.Count > 0 ? $" ({string.Join(", ", tested.Values.Select(value => $"{value.Name} {value.Value}"))})" : "";
        var against = hold is { } benchmark ? $", against {Say.Change(benchmark.TotalReturn)} for buying and holding" : "";
        var sharpe = statistics.Sharpe is { } ratio ? $", a Sharpe ratio of {Say.Ratio(ratio)}" : "";
        return $"{verdict}. {report.Strategy}{parameters} returned {Say.Change(statistics.TotalReturn)} after costs from {Say.Day(report.From)} to {Say.Day(report.To)} on {data.Place}, {report.Timeframe} candles{against}, with a deepest drawdown of {Say.Percent(statistics.MaxDrawdown)}{sharpe} and {Say.Count(statistics.Trades.Count, "closed trade")}.";
    }

    private static JsonElement Progress(int bars, int total) =>
        JsonElement.Parse(FormattableString.Invariant($$"""{"bars":{{bars}},"total":{{total}},"fraction":{{(total == 0 ? 1 : Math.Round((double)bars / total, 4))}}}"""));

    private sealed class Listener(ProgressPump pump) : IProgress<BacktestProgress>
    {
        public void Report(BacktestProgress value) => pump.Report(Progress(value.Bars, value.Total));
    }
}
