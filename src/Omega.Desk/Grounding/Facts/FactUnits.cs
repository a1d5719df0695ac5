using Omega.Desk.Prose;
using Omega.Trading.Analysis;

namespace Omega.Desk.Facts;

/// <summary>Units in the words of results, and those that a report's definition gives to a figure.</summary>
internal static class FactUnits
{
    private static readonly Dictionary<string, FactUnit> Defined = Definitions();

    /// <summary>A unit as results write it; with the currency or asset where it is one. Unknown where it is none of these.</summary>
    public static (FactUnit Unit, string? Code) Of(string text)
    {
        var unit = text.Trim().ToLowerInvariant();
        return unit switch
        {
            "" => (FactUnit.Unknown, null),
            "usd" or "usdt" or "usdc" or "eur" or "gbp" => (FactUnit.Currency, unit),
            "$" or "dollar" or "dollars" or "us dollar" => (FactUnit.Currency, "usd"),
            "quote currency" or "quote" or "price" or "currency" => (FactUnit.Currency, null),
            "base currency" or "base" or "units" => (FactUnit.Quantity, null),
            "%" or "percent" or "pct" or "percentage" => (FactUnit.Percent, null),
            "bps" or "bp" or "basis points" or "basis_points" => (FactUnit.BasisPoints, null),
            "0 to 100" or "index" => (FactUnit.Index, null),
            "count" or "bars" or "trades" or "touches" or "number" or "swings" => (FactUnit.Count, null),
            "ratio" or "x" or "times" or "multiple" => (FactUnit.Ratio, null),
            "atr" or "atr(14)" or "atrs" => (FactUnit.Atr, null),
            "sigma" or "sigmas" or "σ" or "z" => (FactUnit.Sigma, null),
            "seconds" or "s" or "second" => (FactUnit.Seconds, null),
            _ when unit.StartsWith("fraction", StringComparison.Ordinal) || unit is "0 to 1" or "−1 to 1" or "-1 to 1" or "share" or "probability" => (FactUnit.Fraction, null),
            _ => Vocabulary.AssetName(unit) is { } asset ? (FactUnit.Quantity, asset) : (FactUnit.Unknown, null),
        };
    }

    /// <summary>The unit that an end of a property's name gives: <c>size_usd</c>, <c>change_pct</c>.</summary>
    public static (FactUnit Unit, string? Code) OfName(string name)
    {
        var end = name[(name.LastIndexOf('_') + 1)..];
        if (end.Length == name.Length && !name.EndsWith("Pct", StringComparison.Ordinal) && !name.EndsWith("Percent", StringComparison.Ordinal))
            return (FactUnit.Unknown, null);
        return end is "usd" or "usdt" or "eur" or "pct" or "percent" or "bps" or "btc" or "eth" or "seconds" or "fraction" or "count"
            ? Of(end)
            : name.EndsWith("Pct", StringComparison.Ordinal) || name.EndsWith("Percent", StringComparison.Ordinal) ? (FactUnit.Percent, null) : (FactUnit.Unknown, null);
    }

    /// <summary>The unit of a report's figure by the last two names of its path, or the last one.</summary>
    public static FactUnit Definition(string? container, string name) =>
        Defined.TryGetValue(container + "." + name, out var unit) || Defined.TryGetValue(name, out unit) ? unit : FactUnit.Unknown;

    private static Dictionary<string, FactUnit> Definitions()
    {
        var units = new Dictionary<string, FactUnit>(StringComparer.Ordinal);
        var ambiguous = new HashSet<string>(StringComparer.Ordinal);
        foreach (var figure in FigureCatalog.All)
        {
            var path = figure.Name.Split('.');
            var unit = Of(figure.Unit).Unit;
            if (unit == FactUnit.Unknown)
                continue;
            units[path.Length > 1 ? path[^2] + "." + path[^1] : path[^1]] = unit;
            if (units.TryGetValue(path[^1], out var other) && other != unit && path.Length > 1)
                ambiguous.Add(path[^1]);
            else
                units[path[^1]] = unit;
        }

        foreach (var name in ambiguous)
            units.Remove(name);
        return units;
    }
}
