using System.Globalization;

namespace Omega.Trading.Tests.Expressions;

/// <summary>
/// What an expression is on each of <see cref="HandBars"/>, reckoned by hand; a comment above each table holds the reckoning. In rows of
/// ten, bars 0-9, 10-19, 20-29 and 30-39: <c>T</c> true, <c>F</c> false, <c>-</c> null; numbers are exact, as decimals or fractions, but
/// for those with <c>~</c>, which are rounded to four places.
/// </summary>
internal sealed class HandTable
{
    public HandTable(string expression, string table)
    {
        Expression = expression;
        var words = table.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        Cells = words.Length == HandBars.All.Count ? words : [.. words.SelectMany(word => word).Select(letter => letter.ToString())];
    }

    /// <summary>Every table.</summary>
    public static IReadOnlyList<HandTable> All { get; } =
        [.. PriceTables.All, .. WindowTables.All, .. CrossingTables.All, .. NullTables.All, .. LongerBarTables.All, .. RecursiveTables.All];

    public string Expression { get; }

    /// <summary>One for each bar.</summary>
    public IReadOnlyList<string> Cells { get; }

    /// <summary>Whether a cell is this truth value.</summary>
    public static bool Is(string cell, bool? truth) => cell == truth switch
    {
        true => "T",
        false => "F",
        null => "-",
    };

    /// <summary>Whether a cell is this number: to 1e-12 of it, or to the places that a rounded one has.</summary>
    public static bool Is(string cell, double? number)
    {
        if (number is not { } value)
            return cell == "-";
        if (Value(cell.TrimStart('~')) is not { } expected)
            return false;
        var tolerance = cell.StartsWith('~') ? 0.00005 : 1e-12 * Math.Max(1, Math.Abs(expected));
        return Math.Abs(value - expected) <= tolerance;
    }

    private static double? Value(string cell) => cell.Split('/') switch
    {
        ["-"] => null,
        [var numerator, var denominator] => Parse(numerator) / Parse(denominator),
        var whole => Parse(whole[0]),
    };

    private static double Parse(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
