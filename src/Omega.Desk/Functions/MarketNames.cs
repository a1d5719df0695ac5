using System.Collections.Frozen;
using Omega.Trading;

namespace Omega.Desk.Functions;

/// <summary>Finds the market that a usual spelling means: <c>BTC</c>, <c>bitcoin</c>, <c>btc-usd</c>, <c>BTCUSDT</c>, <c>XBT/USD</c>. Pure.</summary>
internal static class MarketNames
{
    private static readonly FrozenSet<string> Dollars = new[] { "USD", "USDT", "USDC", "FDUSD" }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> Spoken = new Dictionary<string, string>
    {
        ["bitcoin"] = "BTC",
        ["bitcoins"] = "BTC",
        ["ethereum"] = "ETH",
        ["ether"] = "ETH",
        ["solana"] = "SOL",
        ["ripple"] = "XRP",
        ["cardano"] = "ADA",
        ["dogecoin"] = "DOGE",
        ["litecoin"] = "LTC",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What people call an asset, besides its ticker.</summary>
    public static IEnumerable<string> SpokenOf(string asset) => Spoken.Where(spoken => spoken.Value == asset && !spoken.Key.EndsWith('s')).Select(spoken => spoken.Key).Order(StringComparer.Ordinal);

    /// <summary>The market that is meant; the first one where nothing is said.</summary>
    /// <param name="spelling">As given; null or blank for none.</param>
    /// <param name="markets">What there is; the first is the usual one.</param>
    /// <exception cref="Refusal">There is no such market; near ones are offered.</exception>
    public static Instrument Find(string? spelling, IReadOnlyList<Instrument> markets)
    {
        if (string.IsNullOrWhiteSpace(spelling))
            return markets[0];
        if (markets.FirstOrDefault(market => string.Equals(market.ToString(), spelling.Trim(), StringComparison.OrdinalIgnoreCase)) is { } same)
            return same;
        if (TryRead(spelling, out var asked) && Match(asked, spelling, markets) is { } match)
            return match;

        var names = markets.Select(market => market.ToString()).ToArray();
        var near = asked is null ? NearOf(spelling, markets) : [.. markets.Where(market => market.Base == asked.Base).Select(market => market.ToString()).Take(3)];
        throw new Refusal("unknown_market", $"This desk has no market \"{Shown(spelling)}\".{Spelling.Question(near)} Known: {string.Join(", ", names)}.", "market", spelling, near, names);
    }

    /// <summary>Reads a spelling on its own, whatever markets there are.</summary>
    public static bool TryRead(string spelling, out Instrument? instrument)
    {
        var plain = spelling.Trim().TrimStart('$');
        plain = Spoken.GetValueOrDefault(plain.ToLowerInvariant(), plain);
        var isRead = Instrument.TryParse(string.Join('-', plain.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), out var parsed);
        instrument = parsed;
        return isRead;
    }

    // A base misspelt is nearer to the base than to the whole name.
    private static string[] NearOf(string spelling, IReadOnlyList<Instrument> markets)
    {
        var bases = Spelling.Near(spelling, markets.Select(market => market.Base).Distinct());
        return [.. markets.Where(market => bases.Contains(market.Base)).Select(market => market.ToString()).Concat(Spelling.Near(spelling, markets.Select(market => market.ToString()))).Distinct().Take(3)];
    }

    private static Instrument? Match(Instrument? asked, string spelling, IReadOnlyList<Instrument> markets)
    {
        if (asked is null)
            return null;
        // The base alone says nothing of what it is paid in.
        var isBare = Spelling.Plain(spelling) is var plain && (plain is "xbt" || plain.Equals(asked.Base, StringComparison.OrdinalIgnoreCase) || Spoken.ContainsKey(plain));
        var possible = markets.Where(market => market.Base == asked.Base && (asked.Exchange is null || asked.Exchange == market.Exchange)).ToArray();
        return possible.FirstOrDefault(market => market.Quote == asked.Quote)
            ?? possible.FirstOrDefault(market => isBare || Dollars.Contains(market.Quote) && Dollars.Contains(asked.Quote));
    }

    private static string Shown(string text) => text.Length > 64 ? text[..64] + "…" : text;
}
