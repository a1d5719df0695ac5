using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Omega.Cli.Markets;
using Omega.Cli.Screen;
using Omega.Trading;
using Omega.Trading.Analysis;
using Omega.Trading.Feeds;

namespace Omega.Cli.Commands.Market;

/// <summary>A market, and what happens on it, as JSON: names in snake case, times ISO 8601 in UTC, fractions.</summary>
internal static class MarketJson
{
    public static void Write(Terminal terminal, MarketSource market, FeedHistory history, MarketReport report) =>
        Line(terminal, indented: true, json =>
        {
            json.WriteString("market", history.Instrument.ToString());
            json.WriteString("source", market.Feed.Source);
            json.WriteBoolean("simulated", market.Feed.IsSimulated);
            json.WriteString("at", Time(history.AsOf));
            Number(json, "price", history.Price);
            json.WritePropertyName("open_candle");
            if (history.OpenCandle is { } open)
                Write(json, open);
            else
                json.WriteNullValue();
            json.WritePropertyName("feed");
            Write(json, market.Feed.State);
            json.WritePropertyName("report");
            json.WriteRawValue(report.ToJson());
        });

    /// <summary>An event on one line.</summary>
    public static void Write(Terminal terminal, MarketUpdate update) =>
        Line(terminal, indented: false, json =>
        {
            json.WriteString("type", update switch { PriceUpdate => "price", CandleUpdate => "candle", _ => "state" });
            json.WriteString("at", Time(update.At));
            switch (update)
            {
                case PriceUpdate price:
                    json.WriteNumber("price", price.Price);
                    Number(json, "quantity", price.Quantity);
                    json.WriteBoolean("suspect", price.IsSuspect);
                    break;
                case CandleUpdate candle:
                    json.WriteBoolean("final", candle.IsFinal);
                    json.WritePropertyName("candle");
                    Write(json, candle.Candle);
                    break;
                case FeedStateUpdate state:
                    json.WritePropertyName("feed");
                    Write(json, state.State);
                    break;
            }
        });

    private static void Line(Terminal terminal, bool indented, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = indented, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        terminal.Output(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, Candle candle)
    {
        json.WriteStartObject();
        json.WriteString("time", Time(candle.OpenTime));
        json.WriteNumber("open", candle.Open);
        json.WriteNumber("high", candle.High);
        json.WriteNumber("low", candle.Low);
        json.WriteNumber("close", candle.Close);
        json.WriteNumber("volume", candle.Volume);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, FeedState state)
    {
        json.WriteStartObject();
        json.WriteString("status", state.Status.ToString().ToLowerInvariant());
        json.WriteString("last_data", state.LastData is { } last ? Time(last) : null);
        json.WriteNumber("deadline", state.Deadline.TotalSeconds);
        json.WriteNumber("missing_candles", state.MissingCandles);
        json.WriteNumber("suspect_prices", state.SuspectPrices);
        json.WriteNumber("missed_updates", state.MissedUpdates);
        json.WriteEndObject();
    }

    private static void Number(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
            json.WriteNumber(name, number);
        else
            json.WriteNull(name);
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture);
}
