using System.Text.Json;
using Omega.Gpt;

namespace Omega.Desk.Functions;

/// <summary><c>get_indicators</c>: indicators by their usual spellings, and expressions, at the last final candle.</summary>
internal sealed class IndicatorsFunction(MarketReader reader)
{
    private const int Most = 12;

    public GptFunction Make(Schemas schemas) => DeskFunction.Make(
        "get_indicators",
        "Get technical indicators at the last closed candle, such as rsi, ema(50), macd(12,26,9), atr or bollinger(20,2), and expressions of them.",
        Schemas.Object("indicators",
            $$"""
            "indicators": {"type": "array", "minItems": 1, "maxItems": {{Most}}, "items": {"type": "string", "minLength": 1, "examples": [{{Schemas.Names(IndicatorSpelling.Examples)}}]}, "description": "Names with values in brackets: rsi(14), ema(50), macd(12,26,9); without values the usual ones. Also expressions: ema(12) - ema(26), close > highest(high, 20)[1]."}
            """,
            schemas.Market, schemas.Timeframe, schemas.Candles),
        RunAsync);

    private async ValueTask<JsonElement> RunAsync(CallArguments arguments, FunctionContext context, CancellationToken cancellationToken)
    {
        var asked = arguments.List("indicators").Select((item, i) => IndicatorSpelling.Read(item.GetString()!.Trim(), i)).ToArray();
        var data = await reader.ReadAsync(arguments, timeframe => new CandleNeed(asked.Max(one => one.Bars(timeframe)), 1), cancellationToken).ConfigureAwait(false);
        var values = asked.SelectMany(one => one.Over(data)).ToArray();

        var said = values.Where(value => value.Now is not null || value.Truth is not null).Select(value => $"{value.Label} {Shown(value)}").Take(6).ToArray();
        using var result = new ResultWriter(
            context,
            said.Length > 0
                ? $"{data.Place} at {Say.Money(data.Close, data)} on {data.Candles.Timeframe} candles: {string.Join(", ", said)}{(values.Length > said.Length ? ", and more" : "")}."
                : $"None of these has a value on the {Say.Count(data.Candles.Count, "candle")} of {data.Place}.",
            data);
        result.Figure("price", data.Close, data.QuoteUnit);
        foreach (var value in values.DistinctBy(value => value.Name))
        {
            result.Figure(value.Name, value.Now, value.Unit);
            result.Figure(value.Name + "_before", value.Before, value.Unit);
        }

        if (values.Any(value => value.Text is not null))
        {
            result.List("expressions", values.Where(value => value.Text is not null), (entry, value) =>
            {
                entry.Text("name", value.Name);
                entry.Text("text", value.Text);
                if (value.Truth is { } truth)
                    entry.Text("is", truth ? "true" : "false");
            });
        }

        result.Notes([
            "Names in _before are of the candle before.",
            .. values.Where(value => value is { Now: null, Truth: null }).Select(value => $"{value.Name} has no value: it needs more candles than the {data.Candles.Count} here, or cannot be computed on them."),
        ]);
        return result.Finish();
    }

    private static string Shown(IndicatorValue value) => value switch
    {
        { Truth: { } truth } => truth ? "true" : "false",
        { Unit: FigureUnits.FractionPerYear } => Say.Percent(value.Now!.Value),
        { Unit: FigureUnits.Percent } => Say.Percent(value.Now!.Value / 100),
        _ => Say.Price(value.Now!.Value),
    };
}
