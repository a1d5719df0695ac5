using System.Text.Json;
using Omega.Gpt;
using Omega.Trading;
using Omega.Trading.Risk;

namespace Omega.Desk.Functions;

/// <summary><c>assess_risk</c>: what a position can lose, by the past of a window.</summary>
internal sealed class RiskFunction(MarketReader reader)
{
    private const int UsualDays = 365, MostDays = 3650, LeastBars = 30;
    private const double LargeExposure = 1, LargeLoss = 0.02;

    public GptFunction Make(Schemas schemas) => DeskFunction.Make(
        "assess_risk",
        "Assess the risk of a position, held or planned: is it risky, too large, dangerous or safe; exposure, value at risk, expected loss on a bad day, drawdown, worst days, distance to a stop, probability of ruin. Without a position it tells the market's risk.",
        Schemas.Object("", schemas.Market,
            $$"""
            "side": {"type": "string", "enum": ["long", "short"], "description": "Which way the position gains. Default long."},
            "quantity": {"type": "number", "exclusiveMinimum": 0, "description": "Size of the position in {{schemas.Base}}, above 0; give equity too."},
            "equity": {"type": "number", "exclusiveMinimum": 0, "description": "Equity: what the account is worth, in {{schemas.Quote}}; give quantity too."},
            "stop": {"type": "number", "exclusiveMinimum": 0, "description": "Price of the stop."},
            "stop_distance": {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1, "description": "Distance from the price to the stop, as a fraction: 3 % away is 0.03. Instead of stop."},
            "horizon_hours": {"type": "number", "exclusiveMinimum": 0, "maximum": 8760, "description": "How far ahead losses are looked at, in hours. Default 24."},
            "days": {"type": "integer", "minimum": 2, "maximum": {{MostDays}}, "description": "Days of history to look back on. Default {{UsualDays}}."}
            """,
            schemas.Timeframe, schemas.Candles),
        RunAsync);

    private async ValueTask<JsonElement> RunAsync(CallArguments arguments, FunctionContext context, CancellationToken cancellationToken)
    {
        var days = arguments.Count("days") ?? UsualDays;
        var data = await reader.ReadAsync(arguments, timeframe => new CandleNeed((int)Math.Clamp(days * Timeframe.D1.Milliseconds / timeframe.Milliseconds, 1, 200_000), LeastBars), cancellationToken).ConfigureAwait(false);
        var position = Position(arguments, data);
        var report = RiskReport.Of(
            data.Candles,
            new RiskOptions { Position = position, Instrument = data.Market, Horizon = arguments.Number("horizon_hours") is { } hours ? TimeSpan.FromHours(hours) : null },
            cancellationToken);

        using var result = new ResultWriter(context, report.Position is { } held ? Summary(data, report, held) : Summary(data, report), data);
        result.Moment("from", report.From);
        result.Text("side", report.Side == PositionSide.Long ? "long" : "short");
        Figures(result, report);
        result.List("worst_days", report.WorstDays, (entry, day) =>
        {
            entry.Text("day", Say.Day(day.Day));
            entry.Entry("return", day.Return, FigureUnits.Fraction);
        });
        if (report.Ruin is { } ruin)
            result.Text("ruin_rule", ruin.Rule);
        result.Notes([
            "The past of the window, not a forecast: the next loss can be larger.",
            .. report.Position is null || report.Position.Stop is not null ? report.Notes.Where(note => !note.StartsWith("risk.position:", StringComparison.Ordinal)) : report.Notes.Where(note => !note.Contains("no stop was given", StringComparison.Ordinal)),
            .. report.Position is { Stop: null } ? ["No stop was given: nothing bounds the loss."] : Array.Empty<string>(),
        ]);
        return result.Finish();
    }

    private static RiskPosition? Position(CallArguments arguments, MarketData data)
    {
        var (quantity, equity) = (arguments.Amount("quantity"), arguments.Amount("equity"));
        if (quantity is null && equity is null)
            return null;
        if (quantity is null)
            throw new Refusal("missing", "equity is given without quantity. Give the size of the position too, or neither for the market's own risk.", "quantity");
        if (equity is null)
            throw new Refusal("missing", "quantity is given without equity. Ask the person what the account is worth: exposure and ruin depend on it.", "equity");
        var side = arguments.Text("side") == "short" ? PositionSide.Short : PositionSide.Long;
        return new RiskPosition { Side = side, Quantity = quantity.Value, Equity = equity.Value, Stop = StopPrice.Of(arguments, side, (decimal)data.Close) };
    }

    // The judgement is arithmetic on the figures beside it: how much of the equity the position is, and what a bad day took of it.
    private static string Summary(MarketData data, RiskReport report, PositionRisk position)
    {
        var side = report.Side == PositionSide.Long ? "long" : "short";
        var loss = position.Cvar95 is { } mean ? (double?)(mean / position.Equity) : null;
        var judgement = (position.Exposure > LargeExposure, loss > LargeLoss) switch
        {
            (true, true) => "Yes, that is risky",
            (true, false) or (false, true) => "That is a large risk",
            _ when loss is null => "How risky that is cannot be told from so few candles",
            _ => "That is a moderate risk",
        };
        var exposure = $"a {side} of {Say.Quantity(position.Quantity, data)} is worth {Say.Money(position.Value, data)}, {Say.Ratio(position.Exposure)} times the equity of {Say.Money(position.Equity, data)}{(position.Exposure > LargeExposure ? ", which takes leverage" : "")}";
        var bad = loss is { } share
            ? $", and on the worst 5 % of {Horizon(report)} it lost {Say.Money(position.Cvar95!.Value, data)} on average, {Say.Percent(share)} of the equity"
            : "";
        return $"{judgement}: {exposure}{bad} ({data.Origin}).";
    }

    private static string Summary(MarketData data, RiskReport report) => report.Tail[0] is { HistoricalVar: { } var, HistoricalCvar: { } cvar }
        ? $"{data.Place}: on the worst 5 % of {Horizon(report)} since {Say.Day(report.From)} a {(report.Side == PositionSide.Long ? "long" : "short")} position lost at least {Say.Percent(var)}, {Say.Percent(cvar)} on average; the deepest drawdown was {Say.Percent(report.MaxDrawdown)}."
        : $"{data.Place}: {Say.Count(report.Bars, "candle")} are too few for a value at risk; the deepest drawdown was {Say.Percent(report.MaxDrawdown)}.";

    private static string Horizon(RiskReport report) => report.Horizon == TimeSpan.FromDays(1) ? "days" : $"stretches of {report.Horizon.TotalHours:0.##} hours";

    private static void Figures(ResultWriter result, RiskReport report)
    {
        var (tail, position, ruin) = (report.Tail, report.Position, report.Ruin);
        if (position is not null)
        {
            result.Figure("exposure", position.Exposure, FigureUnits.Ratio);
            result.Money("var_95_money", position.Var95);
            result.Figure("var_95_of_equity", (double?)(position.Var95 / position.Equity), FigureUnits.Fraction);
            result.Money("cvar_95_money", position.Cvar95);
            result.Figure("cvar_95_of_equity", (double?)(position.Cvar95 / position.Equity), FigureUnits.Fraction);
            result.Money("stop", position.Stop);
            result.Figure("stop_distance", position.StopDistance, FigureUnits.Fraction);
            result.Figure("stop_distance_atr", position.StopDistanceAtr, FigureUnits.Atr);
            result.Money("stop_loss", position.StopLoss);
            result.Figure("stop_loss_of_equity", position.StopLossOfEquity, FigureUnits.Fraction);
        }

        result.Figure("ruin_probability", ruin?.Probability, FigureUnits.Probability);
        result.Figure("ruin_drawdown", ruin?.RuinDrawdown, FigureUnits.Fraction);
        if (position is not null)
        {
            result.Money("var_99_money", position.Var99);
            result.Money("cvar_99_money", position.Cvar99);
            result.Exact("quantity", position.Quantity, "risk.position.quantity");
            result.Money("value", position.Value);
            result.Money("equity", position.Equity);
        }

        result.Figure("median_return", ruin?.FinalReturn50, FigureUnits.Fraction);
        result.Figure("median_drawdown", ruin?.Drawdown50, FigureUnits.Fraction);
        result.Figure("var_95", tail[0].HistoricalVar, FigureUnits.Fraction);
        result.Figure("cvar_95", tail[0].HistoricalCvar, FigureUnits.Fraction);
        result.Figure("var_99", tail[1].HistoricalVar, FigureUnits.Fraction);
        result.Figure("cvar_99", tail[1].HistoricalCvar, FigureUnits.Fraction);
        result.Defined("volatility", report.Volatility, "risk.volatility");
        result.Defined("max_drawdown", report.MaxDrawdown, "risk.max_drawdown");
        result.Defined("current_drawdown", report.CurrentDrawdown, "risk.current_drawdown");
        result.Defined("price", report.Price, "risk.price");
        result.Figure("tail_share", 0.05, FigureUnits.Fraction);
        result.Figure("horizon", report.Horizon.TotalSeconds, FigureUnits.Seconds);
        result.Figure("candles", report.Bars, FigureUnits.Count);
        result.Figure("returns", report.HorizonReturns, FigureUnits.Count);
        result.Figure("independent_returns", report.IndependentReturns, FigureUnits.Count);
    }
}
