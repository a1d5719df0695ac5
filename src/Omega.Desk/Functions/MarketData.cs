using Omega.Trading;
using Omega.Trading.Feeds;

namespace Omega.Desk.Functions;

/// <summary>Candles that a call reads, and where they come from.</summary>
/// <param name="Market">What is traded; null where a file does not say.</param>
/// <param name="Candles">Final candles.</param>
/// <param name="Open">The candle whose period has not ended; shown, never computed with.</param>
/// <param name="Present">The present of the feed's clock; of a file, the end of its last candle.</param>
internal sealed record MarketData(Instrument? Market, CandleSeries Candles, Candle? Open, DateTimeOffset Present)
{
    /// <summary>The file, by the model's spelling of its name; null for the feed.</summary>
    public string? File { get; init; }

    /// <summary>Whether the prices are made up.</summary>
    public bool IsSimulated { get; init; }

    /// <summary>How the feed is; null for a file.</summary>
    public FeedState? State { get; init; }

    /// <summary>What a reader should know of the data.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    public string Source => Candles.Source;

    /// <summary>Close time of the last final candle.</summary>
    public DateTimeOffset AsOf => DateTimeOffset.FromUnixTimeMilliseconds(Candles.Times[^1] + Candles.Timeframe.Milliseconds);

    /// <summary>Close of the last final candle.</summary>
    public double Close => Candles.Closes[^1];

    /// <summary>What prices are counted in, in lower case: <c>usd</c>.</summary>
    public string QuoteUnit => Market?.Quote.ToLowerInvariant() ?? "quote";

    /// <summary>What quantities are counted in, in lower case: <c>btc</c>.</summary>
    public string BaseUnit => Market?.Base.ToLowerInvariant() ?? "base";

    /// <summary>The market and where it comes from, as a sentence says it.</summary>
    public string Place => $"{(Market is { } market ? market : "This market")} ({Origin})";

    /// <summary>The source, as a sentence says it.</summary>
    public string Origin => IsSimulated ? $"{Source}, a simulated market" : Source;
}
