namespace Omega.Trading;

/// <summary>
/// What is traded, and where: <c>BTC/USD</c>, <c>binance:BTC/USDT</c>. Immutable. Two are equal when all they hold is equal;
/// <see cref="ToString"/> is the canonical spelling, which also names the source of its candles.
/// </summary>
public sealed partial record Instrument
{
    private Instrument(string @base, string quote, string? exchange) => (Base, Quote, Exchange) = (@base, quote, exchange);

    /// <summary>What is bought and sold, in capitals: <c>BTC</c>.</summary>
    public string Base { get; }

    /// <summary>What it is paid in, in capitals: <c>USD</c>.</summary>
    public string Quote { get; }

    /// <summary>The exchange in lower case, or null where none was named.</summary>
    public string? Exchange { get; }

    /// <summary>Smallest step of a quantity, in base currency.</summary>
    /// <value>Default 0.00001. Above 0.</value>
    public decimal Step { get; init => field = Positive(value, nameof(Step)); } = 0.00001m;

    /// <summary>Smallest step of a price, in quote currency.</summary>
    /// <value>Default 0.01. Above 0.</value>
    public decimal Tick { get; init => field = Positive(value, nameof(Tick)); } = 0.01m;

    /// <summary>Smallest price × quantity of an order, in quote currency.</summary>
    /// <value>Default 5. From 0.</value>
    public decimal MinimumNotional
    {
        get;
        init => field = value >= 0 ? value : throw new TradingException($"The minimum notional is {value}; it must be 0 or above.");
    } = 5m;

    /// <summary>An instrument of any names, known or not.</summary>
    /// <param name="base">What is bought and sold: 1 to 12 letters and digits.</param>
    /// <param name="quote">What it is paid in: 1 to 12 letters and digits, another than <paramref name="base"/>.</param>
    /// <param name="exchange">The exchange: 1 to 24 letters, digits and <c>-</c>; or null.</param>
    /// <exception cref="TradingException">A name is not of that form.</exception>
    public static Instrument Create(string @base, string quote, string? exchange = null)
    {
        var made = new Instrument(Asset(@base, "base"), Asset(quote, "quote"), exchange is null ? null : Name(exchange.ToLowerInvariant(), "exchange", 24, "-"));
        return made.Base != made.Quote ? made : throw new TradingException($"The instrument {made} is paid in what it buys. Base and quote must differ, as in BTC/USD.");
    }

    /// <summary><c>BTC/USD</c>, or <c>binance:BTC/USDT</c> where the exchange is known.</summary>
    public override string ToString() => Exchange is null ? $"{Base}/{Quote}" : $"{Exchange}:{Base}/{Quote}";

    private static decimal Positive(decimal value, string what) =>
        value > 0 ? value : throw new TradingException($"The {what.ToLowerInvariant()} is {value}; it must be above 0.");

    private static string Asset(string name, string what) => Name(name.ToUpperInvariant(), what, 12, "");

    private static string Name(string name, string what, int longest, string also)
    {
        var isSound = name.Length > 0 && name.Length <= longest && name.All(letter => char.IsAsciiLetterOrDigit(letter) || also.Contains(letter, StringComparison.Ordinal));
        return isSound ? name : throw new TradingException($"The {what} \"{(name.Length > 40 ? name[..40] + "…" : name)}\" is not a name of 1 to {longest} letters and digits.");
    }
}
