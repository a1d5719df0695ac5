using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Omega.Gpt.Providers.Offline;

/// <summary>Finds lists: every number, every name of a choice, every address, or words with commas and "and" between them.</summary>
internal static partial class ListFiller
{
    public static IEnumerable<Candidate> Lists(Slot slot, Reading reading)
    {
        if (!slot.TakesLists || slot.Property.Items is not { } items)
            yield break;

        var item = new Slot(items);
        if (items.Enum.Count > 0)
        {
            foreach (var list in Joined(Largest(ChoiceFiller.Named(items.Enum, reading)), 1))
                yield return list;
        }
        else if (item.TakesText && Joined(Largest(ChoiceFiller.Examples(item, reading)), 0.9).ToArray() is { Length: > 0 } named)
        {
            foreach (var list in named)
                yield return list;
        }
        else if (item.TakesNumbers)
        {
            var numbers = reading.Quantities.Where(quantity => reading.IsFree(quantity.Start, quantity.End))
                .Select(quantity => new Candidate(NumberFiller.Json(quantity.Value), quantity.Start, quantity.End, 0));
            foreach (var list in Joined(numbers, 0.2))
                yield return list;
        }
        else if (item.TakesText)
        {
            foreach (var list in Texts(slot, item, reading))
                yield return list;
        }
    }

    private static IEnumerable<Candidate> Texts(Slot slot, Slot item, Reading reading)
    {
        if (item.Property.Format == "email" || slot.Speaks("emails", "mails"))
            return Joined(ShapeFiller.Addresses(new Slot(item.Property), reading).Where(address => reading.IsFree(address.Start, address.End)), 0.5);
        if (slot.IsAbout("ticker", "tickers", "symbol", "symbols"))
            return Joined(ShapeFiller.TickersIn(slot, reading).Where(ticker => reading.IsFree(ticker.Start, ticker.End)), 0.5);
        if (reading.Quotes.Count > 0)
            return Joined(reading.Quotes.Where(quote => reading.IsFree(quote.Start, quote.End)).Select(quote => new Candidate(JsonValue.Create(quote.Text), quote.Start, quote.End, 0)), 0);
        return Series(slot, reading);
    }

    private static IEnumerable<Candidate> Series(Slot slot, Reading reading)
    {
        foreach (Match match in Listed().Matches(reading.Text))
        {
            var list = match.Groups["list"];
            if (reading.IsQuoted(list.Index))
                continue;
            var array = new JsonArray();
            foreach (var part in Separator().Split(list.Value).Select(part => part.Trim()).Where(part => part.Length > 0 && part.Any(char.IsLetterOrDigit)))
                array.Add((JsonNode)JsonValue.Create(part));
            var tokens = Word.InText(list.Value);
            if (array.Count > 0 && reading.IsFree(list.Index, list.Index + list.Length) && tokens.Any(word => !CommonWords.IsFiller(word.Stem) && !reading.Vocabulary.Contains(word.Stem)))
                yield return new Candidate(array, list.Index, list.Index + list.Length, slot.CueIn(reading.Near(list.Index, list.Index, 3, 0)) > 0 ? 0.6 : match.Groups["strong"].Success ? 0.1 : 0);
        }
    }

    // One candidate of all the items, which stands where they stand.
    private static IEnumerable<Candidate> Joined(IEnumerable<Candidate> items, double score)
    {
        var array = new JsonArray();
        var (start, end) = (int.MaxValue, 0);
        foreach (var item in items.OrderBy(item => item.Start))
        {
            array.Add(item.Value);
            (start, end) = (Math.Min(start, item.Start), Math.Max(end, item.End));
        }

        if (array.Count > 0)
            yield return new Candidate(array, start, end, score);
    }

    private static List<Candidate> Largest(IEnumerable<Candidate> found)
    {
        var kept = new List<Candidate>();
        foreach (var candidate in found.OrderByDescending(candidate => candidate.End - candidate.Start).ThenBy(candidate => candidate.Start))
        {
            if (!kept.Any(other => candidate.Start < other.End && other.Start < candidate.End) && !kept.Any(other => JsonNode.DeepEquals(other.Value, candidate.Value)))
                kept.Add(candidate);
        }

        return kept;
    }

    [GeneratedRegex(
        @"(?:\b(?<strong>with|using|containing|of|from|have|including|includes?)|\b(?:for|to|add|buy)|:)\s+(?:(?:some|the|a|an|only|just)\s+)*(?<list>[\p{L}\p{N}'-]+(?:\s(?!(?:and|or|that|which|in|on|at|by|for|to|please|takes?|under|within)\b)[\p{L}\p{N}'-]+){0,2}(?:(?:\s*,(?![0-9]{3}\b)\s*(?:and\s+|or\s+)?|\s+and\s+|\s+or\s+|\s*&\s*)(?:(?:some|the|a|an)\s+)?[\p{L}\p{N}'-]+(?:\s(?!(?:and|or|that|which|in|on|at|by|for|to|please|takes?|under|within)\b)[\p{L}\p{N}'-]+){0,2})*)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Listed();

    [GeneratedRegex(@"\s*,(?![0-9]{3}\b)\s*(?:and\s+|or\s+)?|\s+and\s+|\s+or\s+|\s*&\s*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Separator();
}
