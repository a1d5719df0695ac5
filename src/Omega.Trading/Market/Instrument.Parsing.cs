using System.Diagnostics.CodeAnalysis;

namespace Omega.Trading;

public sealed partial record Instrument
{
    private const int LongestSpelling = 64;

    private static readonly string[] Bases = ["BTC", "ETH", "SOL", "XRP", "BNB", "ADA", "DOGE", "LTC", "BCH", "LINK", "DOT", "AVAX"];

    // Longer names before those they begin with: BTCUSDT is not BTC/USD and a T.
    private static readonly string[] Quotes = ["FDUSD", "USDT", "USDC", "USD", "EUR", "GBP", "JPY", "BTC", "ETH"];

    private static readonly string[] Exchanges = ["binance", "coinbase", "kraken", "bitstamp", "bitfinex", "gemini", "okx", "bybit"];

    /// <summary>
    /// Reads a usual spelling: <c>BTC</c> (paid in USD), <c>btc-usd</c>, <c>BTC/USD</c>, <c>btc_usd</c>, <c>BTCUSDT</c>, <c>XBT/USD</c>,
    /// each also after an exchange: <c>binance:BTCUSDT</c>. Case and spaces around it aside.
    /// </summary>
    /// <param name="text">The spelling.</param>
    /// <exception cref="TradingException">It is not known; the message offers near names. <see cref="Create"/> takes any names.</exception>
    public static Instrument Parse(string text)
    {
        if (TryParse(text, out var instrument))
            return instrument;
        if (text.Length > LongestSpelling)
            throw new TradingException($"Unknown instrument \"{text[..LongestSpelling]}…\": {text.Length} characters. Write it as BTC/USD or binance:BTC/USDT.");
        var (exchange, pair) = SplitExchange(text);
        if (exchange is not null && !Exchanges.Contains(exchange))
            throw new TradingException($"Unknown exchange \"{exchange}\" in \"{text}\".{NearNames.Question(exchange, Exchanges)} Known: {string.Join(", ", Exchanges)}.");
        var known = Bases.SelectMany(asset => Quotes.Where(quote => quote != asset).Select(quote => $"{asset}/{quote}")).Concat(Bases);
        var spelled = pair.IndexOfAny(['-', '_', '/', ' ']) is var cut && cut > 0 ? $"{pair[..cut]}/{pair[(cut + 1)..]}" : pair;
        throw new TradingException($"Unknown instrument \"{text}\".{NearNames.Question(spelled, known)} Write it as BTC/USD, with its exchange as binance:BTC/USDT. Bases: {string.Join(", ", Bases)}. Quotes: {string.Join(", ", Quotes)}.");
    }

    /// <summary>As <see cref="Parse"/>; false where it is not known.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out Instrument? instrument)
    {
        instrument = null;
        if (text is null || text.Length > LongestSpelling)
            return false;
        var (exchange, pair) = SplitExchange(text);
        if (exchange is not null && !Exchanges.Contains(exchange))
            return false;
        if (SplitPair(pair.ToUpperInvariant()) is not var (asset, quote) || !Bases.Contains(asset) || !Quotes.Contains(quote) || asset == quote)
            return false;
        instrument = new Instrument(asset, quote, exchange);
        return true;
    }

    private static (string? Exchange, string Pair) SplitExchange(string text)
    {
        var (cut, trimmed) = (text.IndexOf(':', StringComparison.Ordinal), text.Trim());
        return cut < 0 ? (null, trimmed) : (text[..cut].Trim().ToLowerInvariant(), text[(cut + 1)..].Trim());
    }

    private static (string Asset, string Quote)? SplitPair(string pair)
    {
        if (pair.IndexOfAny(['-', '_', '/']) is var cut && cut >= 0)
            return (Usual(pair[..cut]), Usual(pair[(cut + 1)..]));
        if (Bases.Contains(Usual(pair)))
            return (Usual(pair), "USD");
        foreach (var quote in Quotes)
        {
            if (pair.EndsWith(quote, StringComparison.Ordinal))
                return (Usual(pair[..^quote.Length]), quote);
        }

        return pair.EndsWith("XBT", StringComparison.Ordinal) ? (Usual(pair[..^3]), "BTC") : null;
    }

    // Kraken writes XBT, the name that follows ISO 4217.
    private static string Usual(string asset) => asset == "XBT" ? "BTC" : asset;
}
