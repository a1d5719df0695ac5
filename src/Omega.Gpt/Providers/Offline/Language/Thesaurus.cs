namespace Omega.Gpt.Providers.Offline;

/// <summary>
/// Everyday English: which words of a prompt evoke which subjects. It knows no function; a line says "whoever speaks of what stands
/// right of the arrow may mean one of the words left of it". Words left of it also stand for each other.
/// </summary>
internal static class Thesaurus
{
    private const string Lines = """
        weather forecast climate < rain raining rainy snow snowing sunny cloudy wind windy storm hot cold warm humid humidity umbrella temperature degrees freezing outside jacket sunshine
        calendar event meeting appointment schedule agenda < invite lunch dentist doctor interview standup conference book booking slot
        email mail < inbox mailbox write recipient
        message sms chat notify notification < text write
        currency money forex exchange < dollar euro pound yen franc rupee yuan krona peso usd eur gbp jpy chf cad aud nok sek dkk inr cny nzd mxn brl krw buck worth change
        stock share equity ticker security < trading nasdaq nyse shares closing dow
        price quote cost rate < worth expensive trading much
        crypto cryptocurrency coin token < bitcoin btc ethereum eth solana dogecoin
        market ticker symbol instrument pair asset < bitcoin btc eth stock trading
        unit units measurement measure conversion < kilometer kilometre mile meter metre foot feet inch cm mm km kg kilogram gram pound ounce lb lbs oz liter litre gallon cup tablespoon teaspoon pint celsius fahrenheit kelvin mph kph yard acre hectare
        translate translation language < say spanish french german italian japanese chinese korean portuguese russian arabic english dutch polish turkish hindi swedish
        remind reminder < forget remember
        flight fly airline airfare < airplane plane airport flying flew ticket
        hotel accommodation lodging room hostel < stay night motel sleep
        recipe cook dish meal cuisine < dinner bake cooking eat food kitchen ingredient
        order shipment package parcel delivery < ship shipped shipping arrive deliver courier
        track tracking trace < where status
        file document folder directory < pdf doc docx txt csv png jpg log
        timer countdown alarm stopwatch < wake minute second
        statistic statistics statistical < mean median average mode variance deviation percentile quartile
        calculate calculator compute math arithmetic expression evaluate calculation < plus minus times divide multiply sum square root percent
        restaurant table dining diner < eat dinner lunch brunch reservation
        reserve reservation book booking <
        music song playlist album artist audio < play listen band concert jazz rock
        light lamp bulb lighting < dim bright brightness dark
        thermostat heating heat temperature < warm warmer cold cooler degrees
        taxi cab ride rideshare < uber lyft driver pickup
        news headline article story < happening
        movie film cinema < watch showtime
        task todo list checklist < chore
        note memo < jot write down
        cart basket shopping grocery < buy
        buy purchase order <
        sell <
        transfer payment pay remit < wire send owe
        contact phone number address < call dial
        route direction navigate navigation map < drive way far distance
        user account profile customer client <
        database table sql record row query < select
        image picture photo drawing < draw
        chart plot graph candle <
        backtest simulate simulation strategy < past history historical test crossover
        risk volatility drawdown exposure < risky dangerous safe lose loss
        analyze analyse analysis assess report < doing outlook trend
        signal indicator alert <
        optimize optimise tune parameter < improve best
        trade order position < buy sell long short
        delete remove cancel erase < drop clear
        update modify edit change <
        create add make schedule <
        find search look lookup seek <
        send deliver dispatch <
        switch turn toggle < on off
        start begin launch run <
        stop end halt < quit
        time clock timezone < hour
        sport match game score league team < won win play
        define definition dictionary meaning < mean
        summarize summary summarise abstract < shorten
        average mean <
        address location place city town where <
        password secret credential < login
        joke funny < laugh
        """;

    private static readonly Dictionary<string, Dictionary<string, double>> Evoked = Read();

    /// <summary>How strongly a prompt's word stands for a definition's word: 1 for the same, less for a relative, 0 for a stranger.</summary>
    public static double Kinship(string promptStem, string definitionStem) =>
        promptStem == definitionStem ? 1 : Evoked.TryGetValue(promptStem, out var heads) ? heads.GetValueOrDefault(definitionStem) : 0;

    /// <summary>Whether the word evokes anything.</summary>
    public static bool Knows(string stem) => Evoked.ContainsKey(stem);

    private static Dictionary<string, Dictionary<string, double>> Read()
    {
        var evoked = new Dictionary<string, Dictionary<string, double>>(StringComparer.Ordinal);
        foreach (var line in Lines.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var sides = line.Split('<');
            var heads = Stems(sides[0]);
            foreach (var (words, strength) in new[] { (heads, 0.85), (Stems(sides[1]), 0.7) })
            {
                foreach (var word in words)
                {
                    if (!evoked.TryGetValue(word, out var known))
                        evoked[word] = known = new Dictionary<string, double>(StringComparer.Ordinal);
                    foreach (var head in heads)
                        known[head] = Math.Max(known.GetValueOrDefault(head), strength);
                }
            }
        }

        return evoked;
    }

    private static string[] Stems(string words) => [.. words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(Stemmer.Stem).Distinct()];
}
