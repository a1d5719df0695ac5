using Omega.Trading.Analysis;

namespace Omega.Desk.Functions;

/// <summary>What figures are counted in, in a word.</summary>
internal static class FigureUnits
{
    public const string Fraction = "fraction";
    public const string FractionPerYear = "fraction_per_year";
    public const string FractionPerBar = "fraction_per_bar";
    public const string Ratio = "ratio";
    public const string Count = "count";
    public const string Bars = "bars";
    public const string Index = "index";
    public const string Seconds = "seconds";
    public const string Atr = "atr";
    public const string Bps = "bps";
    public const string Probability = "probability";
    public const string Percent = "percent";
    public const string Number = "number";

    /// <summary>The unit of a figure of the reports.</summary>
    /// <param name="name">Its name in <see cref="FigureCatalog"/>.</param>
    /// <param name="data">Names the currencies.</param>
    public static string Of(string name, MarketData data) => FigureCatalog.Find(name).Unit switch
    {
        "quote currency" => data.QuoteUnit,
        "base currency" => data.BaseUnit,
        "0 to 100" => Index,
        "0 to 1" or "−1 to 1" => Fraction,
        "fraction per year" => FractionPerYear,
        "fraction per bar" => FractionPerBar,
        "ATR(14)" => Atr,
        var unit => unit,
    };
}
