using System.Globalization;
using System.Text.Json;
using Omega.Trading.Feeds;

namespace Omega.Desk.Functions;

/// <summary>The parts of schemas that several functions share, in the names of one feed.</summary>
internal sealed class Schemas
{
    public Schemas(IMarketFeed feed)
    {
        var usual = feed.Instruments[0];
        (Base, Quote) = (usual.Base, usual.Quote);
        var markets = string.Join(", ", feed.Instruments.Take(8).Select(market => market.ToString()));
        var timeframes = string.Join(", ", feed.Timeframes.Select(timeframe => timeframe.ToString()));
        Market = $$"""
            "market": {"type": "string", "description": {{Quoted($"Ticker of the market, such as {usual} or {usual.Base}. Known: {markets}. Default {usual}.")}}, "examples": [{{Names(Examples(feed))}}]}
            """;
        Timeframe = $$"""
            "timeframe": {"type": "string", "description": {{Quoted($"Period of a candle. Known: {timeframes}. Default {TimeframeNames.Usual(feed.Timeframes)}, or the file's own.")}}, "examples": [{{Names([.. feed.Timeframes.Select(timeframe => timeframe.ToString()), .. TimeframeNames.Words])}}]}
            """;
    }

    /// <summary>What the usual market trades, such as <c>BTC</c>.</summary>
    public string Base { get; }

    /// <summary>What it is paid in, such as <c>USD</c>.</summary>
    public string Quote { get; }

    public string Market { get; }

    public string Timeframe { get; }

    public string Candles { get; } = """
        "candles": {"type": "string", "description": "Path of a candle file that the person named, to read instead of the market. Never another file."}
        """;

    public string Stretch { get; } = """
        "from": {"type": "string", "description": "First day or UTC time, such as 2024-01-31, to start from."},
        "to": {"type": "string", "description": "Day or UTC time before which to end."}
        """;

    public string Costs { get; } = """
        "fee_bps": {"type": "number", "minimum": 0, "maximum": 1000, "description": "Fee of a fill in basis points. Default 10."},
        "slippage_bps": {"type": "number", "minimum": 0, "maximum": 1000, "description": "Slippage of a market order in basis points. Default 0."}
        """;

    /// <summary>A schema of an object that takes nothing else.</summary>
    /// <param name="required">Names, with commas between them; empty for none.</param>
    /// <param name="properties">The properties' JSON.</param>
    public static string Object(string required, params IEnumerable<string> properties) =>
        $$"""{"type": "object", "properties": { {{string.Join(",", properties)}} }, "required": [{{string.Join(',', required.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(name => $"\"{name.Trim()}\""))}}], "additionalProperties": false}""";

    public static string Names(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"\"{name}\""));

    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static IEnumerable<string> Examples(IMarketFeed feed) =>
        feed.Instruments.Take(8).SelectMany(market => new[] { market.ToString(), $"{market.Base}{market.Quote}", $"{market.Base}USDT", market.Base }.Concat(MarketNames.SpokenOf(market.Base))).Distinct(StringComparer.Ordinal);

    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text, DeskJson.Writing.Encoder)}\"";
}
