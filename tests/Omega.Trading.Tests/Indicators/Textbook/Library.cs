namespace Omega.Trading.Tests.Indicators.Textbook;

/// <summary>The textbook definition of each indicator, with parameters small enough for short series and the first bar that must agree.</summary>
/// <param name="Name">As in the catalogue.</param>
/// <param name="Parameters">What it is tried with beside the defaults.</param>
/// <param name="Compute">Every output over a series.</param>
/// <param name="From">First bar to compare: 0 for what a window holds, 25 lengths for what decays.</param>
internal sealed record Entry(string Name, double[] Parameters, Func<Candle[], double[], Definition[]> Compute, Func<double[], int> From)
{
    /// <summary>More bars than any window of the usual parameters holds, nulls within it included.</summary>
    private const int Window = 300;

    /// <summary>Whether a bar's value is made of all bars before it.</summary>
    public bool NeedsAll { get; init; }

    /// <summary>Whole days before a bar's own that its value is made of, or null where it does not look at days.</summary>
    public int? Days { get; init; }

    /// <summary>The first bar that the definition has to be given for what it says at a bar to be whole.</summary>
    public int Start(Candle[] bars, int at, double[] parameters)
    {
        if (NeedsAll)
            return 0;
        var start = Math.Max(at - Math.Max(From(parameters), Window), 0);
        var midnight = bars[at].OpenTime.UtcDateTime.Date.AddDays(-Days ?? 0);
        while (Days is not null && start > 0 && bars[start - 1].OpenTime.UtcDateTime >= midnight)
            start--;
        return start;
    }
}

/// <summary>All of them.</summary>
internal static class Library
{
    private const int Decay = 25;

    public static IReadOnlyList<Entry> All { get; } =
    [
        Windowed("sma", Averages.Sma, 7), Decaying("ema", Averages.Ema, 5), Windowed("wma", Averages.Wma, 6), Windowed("hma", Averages.Hma, 9),
        Decaying("dema", Averages.Dema, 4), Decaying("tema", Averages.Tema, 4),
        new("kama", [6, 2, 5], (bars, p) => Averages.Kama(bars, [.. p.Select(value => (int)value)], SlowestDecay(p)), SlowestDecay),
        Windowed("vwap", Averages.Vwap) with { Days = 0 }, Windowed("rolling_vwap", Averages.RollingVwap, 5),
        Decaying("rsi", Oscillators.Rsi, 5), Windowed("stochastic", Oscillators.Stochastic, 5, 3, 2), Decaying("stoch_rsi", Oscillators.StochRsi, 5, 7, 2, 3),
        Decaying("macd", Oscillators.Macd, 3, 8, 4), Decaying("ppo", Oscillators.Ppo, 3, 8, 4), Windowed("roc", Oscillators.Roc, 4), Windowed("momentum", Oscillators.Momentum, 4),
        Windowed("cci", Oscillators.Cci, 6), Windowed("williams_r", Oscillators.WilliamsR, 5), Windowed("mfi", Oscillators.Mfi, 5),
        new("adx", [4], Whole(Trends.Adx), p => 2 * Decay * (int)p[0]), Windowed("aroon", Trends.Aroon, 6), Windowed("ichimoku", Trends.Ichimoku, 4, 7, 12),
        new("heikin_ashi", [], Whole(Trends.HeikinAshi), _ => 2 * Decay),
        Windowed("true_range", Volatilities.TrueRange), Decaying("atr", Volatilities.Atr, 5), Windowed("bollinger", Volatilities.Bollinger, 8, 2),
        Decaying("keltner", Volatilities.Keltner, 5, 2), Windowed("donchian", Volatilities.Donchian, 6), Windowed("hv", Volatilities.HistoricalVolatility, 6, 365),
        Windowed("parkinson", Volatilities.Parkinson, 6, 365), Windowed("garman_klass", Volatilities.GarmanKlass, 6, 365),
        Windowed("obv", Volatilities.Obv) with { NeedsAll = true }, Windowed("cmf", Volatilities.Cmf, 6), Decaying("chaikin", Volatilities.Chaikin, 3, 6),
        Windowed("highest", Volatilities.Highest, 6), Windowed("lowest", Volatilities.Lowest, 6), Windowed("stddev", Volatilities.StandardDeviation, 6),
        Windowed("zscore", Volatilities.ZScore, 6), Windowed("linreg", Volatilities.LinearRegression, 6), Windowed("pivots", Levels.PivotPoints) with { Days = 3 },
        new("zigzag", [0.02], (bars, p) => Levels.ZigZag(bars, p[0]), _ => 0) { NeedsAll = true },
        new("fib_retracement", [0.02], (bars, p) => Levels.FibonacciRetracement(bars, p[0]), _ => 0) { NeedsAll = true },
        new("fib_extension", [0.02], (bars, p) => Levels.FibonacciExtension(bars, p[0]), _ => 0) { NeedsAll = true },
    ];

    // The slowest that KAMA can be is an EMA of length (slow + 1)²/2 − 1.
    private static int SlowestDecay(double[] p) => (int)(Decay * (p[2] + 1) * (p[2] + 1) / 2);

    private static Entry Windowed(string name, Func<Candle[], int[], Definition[]> compute, params double[] parameters) =>
        new(name, parameters, Whole(compute), _ => 0);

    /// <summary>With Wilder's smoothing or an EMA of the lengths given, some of them one after the other: their decays add up.</summary>
    private static Entry Decaying(string name, Func<Candle[], int[], Definition[]> compute, params double[] parameters) =>
        new(name, parameters, Whole(compute), p => Decay * (int)p.Sum());

    private static Func<Candle[], double[], Definition[]> Whole(Func<Candle[], int[], Definition[]> compute) =>
        (bars, p) => compute(bars, [.. p.Select(value => (int)value)]);
}
