using System.Text;
using System.Text.Json;
using Omega.Gpt;
using Omega.Trading;

namespace Omega.Desk.Functions;

/// <summary><c>get_candles</c>: candles, joined to longer ones where they would not fit a budget of tokens.</summary>
internal sealed class CandlesFunction(MarketReader reader)
{
    private const int UsualCount = 100, MostCount = 5000, UsualTokens = 1500, LeastTokens = 200, MostTokens = 20_000;

    // A rule of thumb for text like this; it is said to be an estimate.
    private const int CharactersOfToken = 4;

    public GptFunction Make(Schemas schemas) => DeskFunction.Make(
        "get_candles",
        "Get price history: the last candles with open, high, low, close and volume. Where they exceed the budget, neighbours are joined into longer ones.",
        Schemas.Object("", schemas.Market, schemas.Timeframe,
            $$"""
            "count": {"type": "integer", "minimum": 1, "maximum": {{MostCount}}, "description": "How many of the latest candles. Default {{UsualCount}}."},
            "budget": {"type": "integer", "minimum": {{LeastTokens}}, "maximum": {{MostTokens}}, "description": "Most tokens that the rows may take. Default {{UsualTokens}}."}
            """,
            schemas.Stretch, schemas.Candles),
        RunAsync);

    private async ValueTask<JsonElement> RunAsync(CallArguments arguments, FunctionContext context, CancellationToken cancellationToken)
    {
        var data = await reader.ReadAsync(arguments, _ => new CandleNeed(arguments.Count("count") ?? UsualCount, 1), cancellationToken).ConfigureAwait(false);
        var candles = data.Candles;
        var budget = (arguments.Count("budget") ?? UsualTokens) * CharactersOfToken;
        var (rows, each) = Fit(candles, budget);

        var (high, low, volume) = (double.MinValue, double.MaxValue, 0.0);
        for (var i = 0; i < candles.Count; i++)
            (high, low, volume) = (Math.Max(high, candles.Highs[i]), Math.Min(low, candles.Lows[i]), volume + candles.Volumes[i]);
        var change = (data.Close / candles.Opens[0]) - 1;
        var first = candles[0].OpenTime;
        var joined = each > 1 ? $", {each} of them in each row" : "";
        using var result = new ResultWriter(
            context,
            $"{data.Place} went from {Say.Money(candles.Opens[0], data)} to {Say.Money(data.Close, data)}, a change of {Say.Change(change)}, over {Say.Count(candles.Count, "candle")} of {candles.Timeframe} since {Say.Moment(first)}{joined}, between {Say.Price(low)} and {Say.Price(high)}.",
            data);
        result.Moment("from", first);
        result.Figure("first_open", candles.Opens[0], data.QuoteUnit);
        result.Figure("last_close", data.Close, data.QuoteUnit);
        result.Figure("change", change, FigureUnits.Fraction);
        result.Figure("high", high, data.QuoteUnit);
        result.Figure("low", low, data.QuoteUnit);
        result.Figure("volume", volume, data.BaseUnit);
        result.Figure("candles", candles.Count, FigureUnits.Count);
        if (each > 1)
            result.Figure("candles_in_a_row", each, FigureUnits.Count);
        result.Text("tokens", $"~{rows.Length / CharactersOfToken}");
        result.Raw("units", $$"""{"open":"{{data.QuoteUnit}}","high":"{{data.QuoteUnit}}","low":"{{data.QuoteUnit}}","close":"{{data.QuoteUnit}}","volume":"{{data.BaseUnit}}"}""");
        result.Raw("rows", rows);
        if (data.Open is { } open)
            result.Raw("open_candle", Row(open));
        result.Notes(["Times are open times, UTC. An open candle may still change."]);
        return result.Finish();
    }

    /// <summary>The candles as JSON, as few joined as the budget asks for.</summary>
    private static (string Rows, int Each) Fit(CandleSeries candles, int budget)
    {
        for (var each = 1; ; each = Next(each))
        {
            // A row is never shorter than this: what cannot fit is not even written.
            if (each < candles.Count && (candles.Count + each - 1) / each > budget / 60)
                continue;
            var rows = Rows(candles, each);
            if (rows.Length <= budget || each >= candles.Count)
                return (rows, each);
        }
    }

    private static int Next(int each) => each < 4 ? each + 1 : each + (each / 4);

    // From the end, so that the newest row is whole.
    private static string Rows(CandleSeries candles, int each)
    {
        var rows = new StringBuilder("[");
        var first = candles.Count % each;
        for (var (begin, end) = (0, first == 0 ? each : first); begin < candles.Count; (begin, end) = (end, end + each))
        {
            var (high, low, volume) = (double.MinValue, double.MaxValue, 0.0);
            for (var i = begin; i < end; i++)
                (high, low, volume) = (Math.Max(high, candles.Highs[i]), Math.Min(low, candles.Lows[i]), volume + candles.Volumes[i]);
            if (begin > 0)
                rows.Append(',');
            rows.Append(Row(new Candle(candles.Times[begin], candles.Opens[begin], high, low, candles.Closes[end - 1], volume)));
        }

        return rows.Append(']').ToString();
    }

    private static string Row(Candle candle) =>
        FormattableString.Invariant($$"""{"time":"{{candle.OpenTime.UtcDateTime:yyyy-MM-dd'T'HH:mm'Z'}}","open":{{Number(candle.Open)}},"high":{{Number(candle.High)}},"low":{{Number(candle.Low)}},"close":{{Number(candle.Close)}},"volume":{{Number(candle.Volume)}}}""");

    private static string Number(double value) => Schemas.Number(Rounding.Of(value, ""));
}
