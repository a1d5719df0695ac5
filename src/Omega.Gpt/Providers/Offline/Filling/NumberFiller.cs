using System.Text.Json.Nodes;
using Omega.Gpt.Functions.Schema;

namespace Omega.Gpt.Providers.Offline;

/// <summary>Finds the number that a parameter wants, in the unit in which it wants it.</summary>
internal static class NumberFiller
{
    private static readonly (string Word, decimal Seconds)[] TimeUnits =
        [("milliseconds", 0.001m), ("ms", 0.001m), ("seconds", 1), ("sec", 1), ("secs", 1), ("minutes", 60), ("mins", 60), ("hours", 3600), ("days", 86400), ("nights", 86400), ("weeks", 604800)];

    public static IEnumerable<Candidate> Numbers(Slot slot, Reading reading)
    {
        if (!slot.TakesNumbers)
            yield break;

        var wholeOnly = !slot.Types.HasFlag(JsonTypes.Number);
        foreach (var quantity in reading.Quantities)
        {
            var unit = Stemmer.Stem(quantity.Unit);
            var end = quantity.End + (quantity.Unit.Length > 0 && quantity.Seconds is not null ? reading.Text.AsSpan(quantity.End).IndexOf(quantity.Unit, StringComparison.OrdinalIgnoreCase) + quantity.Unit.Length : 0);
            var value = quantity.Value;
            var score = Math.Max(slot.CueIn(reading.Near(quantity.Start, quantity.End)), unit.Length > 0 && (slot.NameStems.Contains(unit) || slot.Cues.Contains(unit)) ? 1 : 0);

            if (quantity.Seconds is { } seconds)
            {
                if (UnitOf(slot) is not { } wanted)
                    continue;
                value = value * seconds / wanted;
                score = Math.Max(score, 0.7);
            }
            else if (UnitOf(slot) is not null && score < 0.6)
            {
                continue;
            }

            // An amount of one currency is not an amount of another.
            if (IsMoney(quantity.Unit) && !slot.About.Contains(quantity.Unit) && slot.About.Any(IsMoney))
                continue;
            // "the last 50 hourly candles": what is counted stands behind the number.
            if (slot.Speaks("count", "number", "limit", "top") && reading.After(quantity.End, 2).Any(word => !CommonWords.IsFiller(word.Stem) && slot.About.Contains(word.Stem)))
                score = Math.Max(score, 0.5);
            // The unit may be named where the parameter is described: "in BTC".
            if (unit.Length > 1 && slot.About.Contains(unit))
                score = Math.Max(score, 0.6);
            if (quantity.IsMoney && slot.IsAbout("price", "cost", "budget", "amount", "money", "dollars", "usd", "capital", "cash", "balance"))
                score = Math.Max(score, 0.6);
            if (quantity.Unit is "%" or "percent")
            {
                if (slot.IsAbout("percent", "percentage", "pct", "fraction", "ratio", "rate"))
                {
                    score = Math.Max(score, 0.6 + (0.1 * score));
                    if (slot.IsAbout("fraction", "ratio") && !slot.IsAbout("percent", "pct", "percentage"))
                        value /= 100;
                }
                else
                {
                    // Another parameter may want a share; this one would take it for an amount.
                    score /= 2;
                }
            }

            if (!wholeOnly || decimal.Truncate(value) == value)
                yield return new Candidate(Json(value), quantity.Start, end, score);
        }
    }

    /// <summary>The number as JSON, without trailing zeros in its fraction.</summary>
    public static JsonNode Json(decimal value) =>
        decimal.Truncate(value) == value && Math.Abs(value) < long.MaxValue ? JsonValue.Create((long)value) : JsonValue.Create(value / 1.000000000000000000000000000000m);

    private static bool IsMoney(string word) => KnownNames.Coins.Contains(word) || word.Length == 3 && KnownNames.Currencies.ContainsKey(word);

    private static decimal? UnitOf(Slot slot)
    {
        foreach (var (word, seconds) in TimeUnits)
        {
            if (slot.Speaks(word))
                return seconds;
        }

        // "duration" with its unit only in the description.
        if (slot.Speaks("duration", "timeout", "delay", "interval", "length"))
        {
            foreach (var (word, seconds) in TimeUnits)
            {
                if (slot.IsAbout(word))
                    return seconds;
            }
        }

        return null;
    }
}
