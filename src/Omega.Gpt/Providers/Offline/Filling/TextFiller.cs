using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Omega.Gpt.Providers.Offline;

/// <summary>Finds free text: quotations, what follows "called" or "saying", what a reminder is about, what a search is for.</summary>
internal static partial class TextFiller
{
    public static IEnumerable<Candidate> Quotations(Slot slot, Reading reading)
    {
        if (!IsFree(slot))
            yield break;
        foreach (var quote in reading.Quotes)
        {
            var cue = slot.CueIn(reading.Near(quote.Start, quote.End, 3, 0));
            var next = slot.CueIn(reading.Near(quote.Start, quote.End, 1, 0));
            yield return new Candidate(JsonValue.Create(quote.Text), quote.Start, quote.End, Math.Max(cue * 0.8, next));
        }
    }

    public static IEnumerable<Candidate> Clauses(Slot slot, Reading reading)
    {
        if (!IsFree(slot))
            yield break;

        // "subject Lunch", "order id: 17", "label = tea": the name itself, then a value.
        var named = string.Join(@"[\s_-]", Word.InName(slot.Name).Select(word => Regex.Escape(word.Text)));
        if (named.Length > 0 && reading.Text.Contains(Word.InName(slot.Name)[0].Text, StringComparison.OrdinalIgnoreCase))
        {
            foreach (var candidate in After(reading, new Regex($@"\b{named}\s*(?:is\s|=|:)\s*(?<v>[^,;]+?)(?=,|;|[.?!]?\s*$|\s(?:and|with)\s)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant), 0.9))
                yield return candidate;
            if (!CommonWords.IsFiller(slot.NameStems[^1]) && slot.Speaks("subject", "title", "label", "name", "tag", "topic", "id"))
            {
                foreach (var candidate in After(reading, new Regex($@"\b{named}\s+(?<v>[\p{{Lu}}0-9][^,;.?!\s]*(?:\s[\p{{Lu}}][^,;.?!\s]*)*)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant), 0.8))
                    yield return candidate;
            }
        }

        if (slot.Speaks("title", "label", "name"))
        {
            foreach (var candidate in After(reading, Called(), 0.9))
                yield return candidate;
        }

        if (slot.Speaks("body", "message", "text", "content"))
        {
            foreach (var candidate in After(reading, Saying(), 0.6))
                yield return candidate;
        }

        if (!slot.IsRequired)
            yield break;

        if (slot.IsAbout("remind", "reminded", "reminder", "todo", "task", "note"))
        {
            foreach (var candidate in After(reading, Reminded(), 0))
                yield return candidate;
            foreach (var candidate in After(reading, Listed(), 0))
                yield return candidate;
        }

        if (slot.Speaks("title", "name", "subject", "item", "task", "event", "product"))
        {
            foreach (var candidate in After(reading, Object(), 0))
                yield return candidate;
        }

        if (slot.Speaks("query", "q", "search", "term", "terms", "keywords", "keyword", "topic", "question", "expression", "prompt"))
        {
            foreach (var candidate in After(reading, Sought(), 0))
                yield return candidate;
        }

        if (slot.Speaks("text", "message", "content", "body", "note"))
        {
            foreach (var candidate in After(reading, Colon(), 0))
                yield return candidate;
        }
    }

    private static bool IsFree(Slot slot) =>
        slot.TakesText && slot.Property.Enum.Count == 0 && slot.Property.Format is null && !ShapeFiller.HasPattern(slot);

    // What a clause says ends where another value begins, and does not start or end with one's preposition.
    private static IEnumerable<Candidate> After(Reading reading, Regex form, double score)
    {
        foreach (Match match in form.Matches(reading.Text))
        {
            var value = match.Groups["v"];
            var (start, end) = (value.Index, value.Index + value.Length);
            while (end > start && !reading.IsFree(end - 1, end))
                end--;
            var cut = start;
            while (cut < end && reading.IsFree(cut, cut + 1))
                cut++;
            end = cut;
            var text = TrailingPreposition().Replace(reading.Text[start..end].TrimEnd(), "").Trim(' ', ',', ';', ':', '"');
            if (text.Any(char.IsLetterOrDigit) && !Word.InText(text).All(word => CommonWords.IsFiller(word.Stem)))
                yield return new Candidate(JsonValue.Create(text), start, end, score);
        }
    }

    [GeneratedRegex(@"(?:[\s,]+(?:on|at|for|by|in|to|from|with|and|my|the|calendar))+$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex TrailingPreposition();

    [GeneratedRegex(@"\b(?:called|titled|named)\s+(?<v>[\p{L}\p{N}][^,;.?!]*?)(?=,|;|[.?!]?\s*$|\s(?:on|at|for|in|from|with|and)\s)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Called();

    [GeneratedRegex(@"\b(?:saying|says|tell\s+(?:him|her|them))(?:\s+that)?:?\s+(?<v>[^""].*?)(?=[.?!]?\s*$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Saying();

    [GeneratedRegex(@"\b(?:remind\s+\w+|forget|remember|task|todo|note|reminder[^.]*?)\s+(?:to|that|about|of)\s+(?<v>.+?)(?=[.?!]?\s*$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Reminded();

    [GeneratedRegex(@"(?:\bto-?do(?:\s+list)?|\btask|\bnote|\breminder):?\s+(?<v>[^,;]+?)(?=[.?!]?\s*$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Listed();

    [GeneratedRegex(@"\b(?:put|add|schedule|create|book|set\s+up|plan|make|buy|order)\s+(?:an?\s+|the\s+|my\s+|some\s+|new\s+)*(?<v>[^,;""]+?)(?=,|;|[.?!]?\s*$|\s(?:on|at|for|in|from|to)\s)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Object();

    [GeneratedRegex(@"\b(?:for|about|on|up|is|calculate|compute|evaluate)\s+(?<v>[^""]+?)(?=[.?!]?\s*$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Sought();

    [GeneratedRegex(@":\s+(?<v>.+?)\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Colon();
}
