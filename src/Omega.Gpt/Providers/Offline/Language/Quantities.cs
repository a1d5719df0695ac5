using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Omega.Gpt.Providers.Offline;

/// <summary>A number in a text.</summary>
/// <param name="Value">With its suffix worked in: 20k is 20000.</param>
/// <param name="Unit">The word, or percent sign, right after it, in lower case; empty for none.</param>
/// <param name="IsMoney">Whether a currency sign stands before it.</param>
/// <param name="Start">Where it starts, after a currency sign.</param>
/// <param name="End">Where it ends, exclusive; the unit is not part of it.</param>
internal readonly record struct Quantity(decimal Value, string Unit, bool IsMoney, int Start, int End)
{
    /// <summary>How many seconds its unit has; null where the unit is none of time.</summary>
    public decimal? Seconds => Quantities.SecondsOf(Unit);
}

/// <summary>Finds numbers, with their suffixes and units.</summary>
internal static partial class Quantities
{
    private static readonly string[] Small = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

    private static readonly FrozenDictionary<string, decimal> Time = new Dictionary<string, decimal>
    {
        ["ms"] = 0.001m,
        ["millisecond"] = 0.001m,
        ["s"] = 1,
        ["sec"] = 1,
        ["second"] = 1,
        ["min"] = 60,
        ["minute"] = 60,
        ["h"] = 3600,
        ["hr"] = 3600,
        ["hour"] = 3600,
        ["day"] = 86400,
        ["week"] = 604800,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static decimal? SecondsOf(string unit) =>
        Time.TryGetValue(unit, out var seconds) || unit.EndsWith('s') && Time.TryGetValue(unit[..^1], out seconds) ? seconds : null;

    public static IEnumerable<Quantity> In(string text)
    {
        foreach (Match match in Number().Matches(text))
        {
            var word = match.Groups["word"].Value.ToLowerInvariant();
            decimal value;
            if (word.Length > 0)
                value = Array.IndexOf(Small, word) + 1;
            else if (!decimal.TryParse(match.Groups["n"].Value.Replace(",", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture, out value))
                continue;

            var factor = match.Groups["suffix"].Value switch { "" => 1m, "k" or "K" or "thousand" => 1e3m, "m" or "M" or "million" => 1e6m, _ => 1e9m };
            if (Math.Abs(value) < 1e15m)
                yield return new Quantity(value * factor, match.Groups["unit"].Value.ToLowerInvariant(), match.Groups["sign"].Success, match.Groups[word.Length > 0 ? "word" : "n"].Index, match.Groups["end"].Index);
        }
    }

    [GeneratedRegex(
        @"(?:(?<![\w.,/:-])(?<sign>[$€£¥])?\s?(?<n>-?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?)(?:(?<suffix>[kKmM]|bn|B)(?![\w])|\s(?<suffix>thousand|million|billion)\b)?|\b(?<word>one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b)(?<end>)(?![0-9:/]|-[0-9]|[.,][0-9])(?:[\s-]?(?<unit>%|[A-Za-z]+))?",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Number();
}
