using System.Text.Json;
using Omega.Gpt;
using Omega.Trading;

namespace Omega.Desk.Functions;

/// <summary><c>get_price</c>: the last price, and how it came there within a day.</summary>
internal sealed class PriceFunction(MarketReader reader)
{
    private static readonly long Day = Timeframe.D1.Milliseconds;

    public GptFunction Make(Schemas schemas) => DeskFunction.Make(
        "get_price",
        $"Get the last price of a market: what {schemas.Base} costs, trades at and is worth now, with its change, high, low and volume of 24 hours.",
        Schemas.Object("", schemas.Market, schemas.Candles),
        RunAsync);

    private async ValueTask<JsonElement> RunAsync(CallArguments arguments, FunctionContext context, CancellationToken cancellationToken)
    {
        var data = await reader.ReadAsync(arguments, timeframe => new CandleNeed((int)Math.Max(1, Day / timeframe.Milliseconds) + 2, 1), cancellationToken).ConfigureAwait(false);
        var price = data.Open?.Close ?? data.Close;
        var asOf = data.Open is null ? data.AsOf : data.Present;
        var day = DayOf(data, asOf, price);

        var change = day is { } known ? $", a change of {Say.Change(known.Change)} in 24 hours" : "";
        using var result = new ResultWriter(context, $"{data.Place} is at {Say.Money(price, data)}{change}, as of {Say.Moment(asOf)}.", data, asOf);
        result.Figure("price", price, data.QuoteUnit);
        result.Figure("change_24h", day?.Change, FigureUnits.Fraction);
        result.Figure("high_24h", day?.High, data.QuoteUnit);
        result.Figure("low_24h", day?.Low, data.QuoteUnit);
        result.Figure("volume_24h", day?.Volume, data.BaseUnit);
        if (day is null)
            result.Notes(["The candles do not reach back 24 hours, or are longer than that."]);
        return result.Finish();
    }

    /// <summary>The last 24 hours: from the close of the bar that ended then, over the bars since and the open one.</summary>
    private static (double Change, double High, double Low, double Volume)? DayOf(MarketData data, DateTimeOffset asOf, double price)
    {
        var candles = data.Candles;
        var since = asOf.ToUnixTimeMilliseconds() - Day;
        // The last bar that had closed a day ago; a gap there would make it another time.
        var before = candles.IndexFrom(since - candles.Timeframe.Milliseconds + 1) - 1;
        if (before < 0 || candles.Timeframe.Milliseconds > Day || candles.Times[before] + (2 * candles.Timeframe.Milliseconds) <= since)
        {
            before++;
            if (before >= candles.Count || candles.Times[before] + candles.Timeframe.Milliseconds != since)
                return null;
        }

        var (high, low, volume) = (price, price, 0.0);
        for (var i = before + 1; i < candles.Count; i++)
            (high, low, volume) = (Math.Max(high, candles.Highs[i]), Math.Min(low, candles.Lows[i]), volume + candles.Volumes[i]);
        if (data.Open is { } open)
            (high, low, volume) = (Math.Max(high, open.High), Math.Min(low, open.Low), volume + open.Volume);
        return ((price / candles.Closes[before]) - 1, high, low, volume);
    }
}
