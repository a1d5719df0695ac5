using System.Collections.Frozen;

namespace Omega.Gpt.Providers.Offline;

/// <summary>Names that a schema cannot list and everybody knows: currencies, units, languages.</summary>
internal static class KnownNames
{
    /// <summary>ISO 4217 codes by the names that people use, in lower case.</summary>
    public static readonly FrozenDictionary<string, string> Currencies = Pairs("""
        us dollar=USD; us dollars=USD; american dollars=USD; dollar=USD; dollars=USD; bucks=USD; $=USD; usd=USD; euro=EUR; euros=EUR; €=EUR; eur=EUR;
        british pounds=GBP; pounds sterling=GBP; pound=GBP; pounds=GBP; sterling=GBP; £=GBP; gbp=GBP; yen=JPY; japanese yen=JPY; ¥=JPY; jpy=JPY;
        swiss franc=CHF; swiss francs=CHF; francs=CHF; chf=CHF; canadian dollars=CAD; canadian dollar=CAD; cad=CAD; australian dollars=AUD;
        australian dollar=AUD; aud=AUD; norwegian kroner=NOK; nok=NOK; swedish kronor=SEK; swedish krona=SEK; sek=SEK; danish kroner=DKK; dkk=DKK;
        rupees=INR; indian rupees=INR; rupee=INR; ₹=INR; inr=INR; yuan=CNY; chinese yuan=CNY; renminbi=CNY; cny=CNY; mexican pesos=MXN; mxn=MXN;
        new zealand dollars=NZD; nzd=NZD; brazilian reais=BRL; reais=BRL; brl=BRL; korean won=KRW; krw=KRW; zloty=PLN; pln=PLN; try=TRY;
        turkish lira=TRY; zar=ZAR; rand=ZAR; hkd=HKD; sgd=SGD; singapore dollars=SGD; thb=THB; baht=THB
        """);

    /// <summary>Coins by their tickers, in lower case.</summary>
    public static readonly FrozenSet<string> Coins = Same("btc eth sol xrp bnb ada doge ltc bch link dot avax usdt usdc").Keys.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Units of measurement in lower case, each with itself.</summary>
    public static readonly FrozenDictionary<string, string> Units = Same("""
        kilometers kilometer kilometres kilometre km miles mile meters meter metres metre feet foot ft inches inch cm mm centimeters centimetres
        millimeters yards yard kilograms kilogram kilos kg grams gram pounds pound lb lbs ounces ounce oz liters liter litres litre gallons gallon
        cups cup tablespoons tablespoon teaspoons teaspoon pints pint ml milliliters celsius fahrenheit kelvin mph kph knots acres acre hectares
        hectare tons tonnes stone bytes kb mb gb tb seconds minutes hours days weeks
        """);

    /// <summary>Languages in lower case, each as it is written.</summary>
    public static readonly FrozenDictionary<string, string> Languages =
        "English Spanish French German Italian Japanese Chinese Mandarin Korean Portuguese Russian Arabic Dutch Polish Turkish Hindi Swedish Norwegian Danish Finnish Greek Hebrew Czech Hungarian Romanian Ukrainian Vietnamese Thai Indonesian Latin Catalan"
            .Split(' ').ToFrozenDictionary(name => name.ToLowerInvariant(), StringComparer.Ordinal);

    private static readonly FrozenSet<string> Capitalised = Same("""
        january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday
        sunday i im id ive today tomorrow tonight
        """).Keys.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether the word has a capital letter for another reason than that it names a place or a person.</summary>
    public static bool IsOrdinaryCapital(string lower) => Capitalised.Contains(lower);

    private static FrozenDictionary<string, string> Same(string names) =>
        names.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Distinct().ToFrozenDictionary(name => name, StringComparer.Ordinal);

    private static FrozenDictionary<string, string> Pairs(string lines) =>
        lines.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('='))
            .ToFrozenDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
}
