using System.Text.Json;
using Omega.Gpt;
using Omega.Trading;
using Omega.Trading.Execution;
using Omega.Trading.Indicators;
using Omega.Trading.Risk;

namespace Omega.Desk.Functions;

/// <summary><c>size_position</c>: how much to take.</summary>
internal sealed class SizeFunction(MarketReader reader)
{
    private static readonly string[] Methods = ["risk", "fraction", "target_volatility", "win_rate"];

    private const int VolatilityBars = 720, LeastBars = 1;

    public GptFunction Make(Schemas schemas) => DeskFunction.Make(
        "size_position",
        $"Size a position: how much {schemas.Base} an account can buy or sell, how big a position it can take. By what may be lost at a stop, by a share of the account, by a volatility to aim at, or by Kelly.",
        Schemas.Object("equity",
            $$"""
            "equity": {"type": "number", "exclusiveMinimum": 0, "description": "What the account is worth, in {{schemas.Quote}}."},
            "risk": {"type": "number", "exclusiveMinimum": 0, "maximum": 1, "description": "Fraction of the equity to lose at the stop: risking 1 % is 0.01. Needs stop or stop_distance."},
            "stop": {"type": "number", "exclusiveMinimum": 0, "description": "Price of the stop."},
            "stop_distance": {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1, "description": "Distance from the entry to the stop, as a fraction: a stop 3 % away is 0.03. Instead of stop."},
            "side": {"type": "string", "enum": ["long", "short"], "description": "Which way the position gains. Default long."},
            "entry_price": {"type": "number", "exclusiveMinimum": 0, "description": "Price of the entry. Default the last price."},
            "fraction": {"type": "number", "exclusiveMinimum": 0, "maximum": 1, "description": "Fraction of the equity to put in."},
            "target_volatility": {"type": "number", "exclusiveMinimum": 0, "maximum": 10, "description": "Volatility a year to aim at, as a fraction."},
            "win_rate": {"type": "number", "minimum": 0, "maximum": 1, "description": "Share of trades that win, for Kelly. Needs payoff."},
            "payoff": {"type": "number", "exclusiveMinimum": 0, "maximum": 1000, "description": "Mean win over mean loss, for Kelly. Needs win_rate."}
            """,
            schemas.Market, schemas.Candles),
        RunAsync);

    private async ValueTask<JsonElement> RunAsync(CallArguments arguments, FunctionContext context, CancellationToken cancellationToken)
    {
        var data = await reader.ReadAsync(arguments, _ => new CandleNeed(VolatilityBars + 1, LeastBars), cancellationToken).ConfigureAwait(false);
        var price = arguments.Amount("entry_price") ?? (decimal)(data.Open?.Close ?? data.Close);
        var side = arguments.Text("side") == "short" ? PositionSide.Short : PositionSide.Long;
        var request = new SizingRequest
        {
            Equity = arguments.Amount("equity")!.Value,
            Price = price,
            Side = side,
            Rules = data.Market is { } market ? MarketRules.Of(market) : MarketRules.Default,
        };
        var stop = StopPrice.Of(arguments, side, price);
        var (size, volatility) = Size(arguments, request, stop, data);

        using var result = new ResultWriter(context, Summary(size, data, arguments.Amount("entry_price") is null), data, data.Open is null ? null : data.Present);
        result.Text("method", size.Method);
        result.Text("side", side == PositionSide.Long ? "long" : "short");
        result.Exact("quantity", size.Quantity, "size.quantity");
        result.Money("notional", size.Notional);
        result.Defined("share_of_equity", size.Fraction, "size.fraction");
        result.Money("entry_price", size.Price);
        result.Money("stop", size.Stop);
        result.Figure("stop_distance", size.Stop is { } at ? (double)(Math.Abs(price - at) / price) : null, FigureUnits.Fraction);
        result.Money("loss_at_stop", size.LossAtStop);
        result.Defined("loss_of_equity", size.LossOfEquity, "size.loss_of_equity");
        result.Figure("risk", arguments.Number("risk"), FigureUnits.Fraction);
        result.Money("equity", request.Equity);
        result.Money("fee", size.Fee);
        result.Figure("fee_rate", (double)request.Fee, FigureUnits.Fraction);
        result.Defined("kelly", size.Kelly, "size.kelly");
        result.Figure("volatility", volatility, FigureUnits.FractionPerYear);
        result.Notes([.. size.Notes, "Without leverage; the loss counts both fees and no slippage: a stop can fill below its price."]);
        return result.Finish();
    }

    // What is given says which method is meant.
    private static (PositionSize Size, double? Volatility) Size(CallArguments arguments, SizingRequest request, decimal? stop, MarketData data)
    {
        var methods = Methods.Where(name => arguments.Number(name) is not null).ToArray();
        if (methods.Length > 1)
            throw new Refusal("not_possible", $"{Say.List(methods)} are each a way to size. Give one of them.", methods[1]);
        switch (methods.FirstOrDefault())
        {
            case "risk":
                return (PositionSizer.FixedRisk(request, arguments.Amount("risk")!.Value, stop ?? throw new Refusal("missing", "risk needs a stop: give stop, a price, or stop_distance, a fraction.", "stop_distance")), null);
            case "target_volatility":
                var volatility = VolatilityOf(data.Candles) ?? throw new Refusal("too_few_candles", "The market's volatility is not known from so few candles.", "target_volatility");
                return (PositionSizer.VolatilityTarget(request, arguments.Number("target_volatility")!.Value, volatility), volatility);
            case "win_rate":
                var payoff = arguments.Number("payoff") ?? throw new Refusal("missing", "win_rate needs payoff, the mean win over the mean loss.", "payoff");
                return (PositionSizer.CappedKelly(request, arguments.Number("win_rate")!.Value, payoff), null);
            case "fraction":
                return (PositionSizer.FixedFraction(request, arguments.Amount("fraction")!.Value), null);
            default:
                return stop is null
                    ? (PositionSizer.FixedFraction(request, 1), null)
                    : throw new Refusal("missing", "A stop is given without risk. Say which fraction of the equity may be lost there: 1 % is 0.01.", "risk");
        }
    }

    private static double? VolatilityOf(CandleSeries candles)
    {
        var length = Math.Min(VolatilityBars, candles.Count - 1);
        return length >= 20 && IndicatorCatalog.Find("hv").With(length, candles.Timeframe.PerYear).Over(candles)[0].Values[^1] is var volatility && double.IsFinite(volatility) ? volatility : null;
    }

    private static string Summary(PositionSize size, MarketData data, bool isLastPrice)
    {
        if (size.Quantity == 0)
            return $"No position is possible or wise here: {string.Join(' ', size.Notes)}";
        var verb = size.Side == PositionSide.Long ? "buy" : "sell";
        var what = $"You can {verb} {Say.Quantity(size.Quantity, data)} for {Say.Money(size.Notional, data)}, {Say.Percent(size.Fraction)} of the equity, at {(isLastPrice ? "the last price of " : "")}{Say.Money(size.Price, data)}";
        var stop = size is { Stop: { } at, LossAtStop: { } loss, LossOfEquity: { } share }
            ? $"; at the stop of {Say.Money(at, data)} that loses {Say.Money(loss, data)}, {Say.Percent(share)} of the equity, both fees included"
            : "";
        return $"{what}{stop} ({data.Origin}).";
    }
}
