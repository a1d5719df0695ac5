using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Omega.Gpt.Providers.Offline;

/// <summary>Finds names: currencies, units, languages, places, people and companies.</summary>
internal static partial class NameFiller
{
    public static IEnumerable<Candidate> Currencies(Slot slot, Reading reading) =>
        slot.TakesText && slot.Property.Enum.Count == 0 && ShapeFiller.IsCurrency(slot)
            ? Known(slot, reading, (text, _) => KnownNames.Currencies.GetValueOrDefault(text))
            : [];

    public static IEnumerable<Candidate> Units(Slot slot, Reading reading) =>
        slot.TakesText && slot.Property.Enum.Count == 0 && slot.Speaks("unit", "units")
            ? Known(slot, reading, (text, afterNumber) => KnownNames.Units.GetValueOrDefault(text) ?? (afterNumber && text is "f" or "c" or "k" or "m" or "g" or "l" ? text.ToUpperInvariant() : null))
            : [];

    public static IEnumerable<Candidate> Languages(Slot slot, Reading reading) =>
        slot.TakesText && slot.Property.Enum.Count == 0 && slot.Speaks("language", "lang", "locale")
            ? Known(slot, reading, (text, _) => KnownNames.Languages.GetValueOrDefault(text))
            : [];

    public static IEnumerable<Candidate> Places(Slot slot, Reading reading) =>
        slot.TakesText && slot.Property.Enum.Count == 0 && slot.Property.Format is null && !ShapeFiller.HasPattern(slot)
        && (slot.Speaks("location", "city", "place", "origin", "destination", "country", "region", "town", "airport", "address", "venue", "area")
            || slot.IsAbout("city", "place", "airport", "town", "country"))
            ? Phrases(slot, reading, Place(), lowerCase: true)
            : [];

    public static IEnumerable<Candidate> People(Slot slot, Reading reading) =>
        slot.TakesText && slot.Property.Enum.Count == 0 && slot.Property.Format is null && !ShapeFiller.HasPattern(slot)
        && slot.IsAbout("person", "people", "name", "company", "customer", "client", "contact", "artist", "who", "recipient", "author", "employee", "team", "brand", "organization", "restaurant", "user")
        && !slot.Speaks("title", "text", "body", "message", "label", "pattern", "file", "content", "id")
            ? Phrases(slot, reading, Person(), lowerCase: false)
            : [];

    private static IEnumerable<Candidate> Known(Slot slot, Reading reading, Func<string, bool, string?> lookup)
    {
        foreach (Match match in Piece().Matches(reading.Text))
        {
            // Two words first: "us dollars" before "dollars".
            var single = match.Groups["one"];
            var pair = match.Groups["two"].Success ? reading.Text[single.Index..(match.Groups["two"].Index + match.Groups["two"].Length)] : null;
            var written = pair is not null && lookup(pair.ToLowerInvariant(), false) is not null ? pair : single.Value;
            var follows = Number().IsMatch(reading.Text.AsSpan(0, single.Index));
            if (reading.IsQuoted(single.Index) || lookup(written.ToLowerInvariant(), follows) is not { } value)
                continue;

            var before = reading.Before(single.Index, 2).Select(word => word.Text).ToArray();
            var direction = follows || written.Length == 1 && !char.IsLetter(written[0]) || before is ["from", ..] ? Direction.From
                : before is ["to" or "into" or "in", ..] or ["many" or "much", "how"] ? Direction.To : Direction.None;
            if (slot.Toward != Direction.None && direction != Direction.None && direction != slot.Toward)
                continue;
            if (KnownNames.Units.ContainsKey(value) || value.Length == 1)
                value = written;
            var score = direction != Direction.None && direction == slot.Toward ? 0.7 : slot.Toward == Direction.None ? 0.3 : 0;
            yield return new Candidate(JsonValue.Create(value), single.Index, single.Index + written.Length, score);
        }
    }

    private static IEnumerable<Candidate> Phrases(Slot slot, Reading reading, Regex form, bool lowerCase)
    {
        foreach (Match match in form.Matches(reading.Text))
        {
            var name = match.Groups["name"];
            var direction = match.Groups["before"].Value.ToLowerInvariant() switch
            {
                "from" => Direction.From,
                "to" or "into" => Direction.To,
                _ => Direction.None,
            };
            if (direction != slot.Toward && direction != Direction.None && (lowerCase || slot.Toward != Direction.None))
                continue;
            if (reading.IsQuoted(name.Index) || !IsName(name.Value, reading))
                continue;
            var introduced = match.Groups["before"].Success;
            yield return new Candidate(JsonValue.Create(name.Value), name.Index, name.Index + name.Length, direction != Direction.None && direction == slot.Toward ? 0.7 : introduced ? 0.4 : 0);
        }

        if (!lowerCase)
            yield break;

        foreach (Match match in LowerPlace().Matches(reading.Text))
        {
            var name = match.Groups["name"];
            var direction = match.Groups["before"].Value.ToLowerInvariant() switch { "from" => Direction.From, "to" => Direction.To, _ => Direction.None };
            if (direction == slot.Toward && !reading.IsQuoted(name.Index) && IsName(name.Value, reading))
                yield return new Candidate(JsonValue.Create(name.Value), name.Index, name.Index + name.Length, 0.2);
        }
    }

    private static bool IsName(string phrase, Reading reading)
    {
        var words = Word.InText(phrase);
        return words.Count > 0 && !words.Any(word => KnownNames.IsOrdinaryCapital(word.Text) || KnownNames.Units.ContainsKey(word.Text))
            && words.All(word => char.IsUpper(phrase[word.Start]) && words.Count > 1
                || !CommonWords.IsFiller(word.Stem) && !CommonWords.IsGeneric(word.Stem) && !reading.Vocabulary.Contains(word.Stem) && !Thesaurus.Knows(word.Stem));
    }

    private const string Capital = @"(?:\p{Lu}[\p{L}\p{M}'’.-]*[\p{L}\p{M}]|\p{Lu})";

    [GeneratedRegex(@"(?:\b(?<before>in|at|near|around|for|of|from|to|into|over|visit|visiting)\s+)?(?<![\p{L}\p{N}])(?<name>" + Capital + @"(?:\s+(?:(?:de|da|do|la|le|las|los|del|of|the|am|upon)\s+)*" + Capital + @")*(?:,\s[A-Z]{2}\b)?)", RegexOptions.CultureInvariant)]
    private static partial Regex Place();

    [GeneratedRegex(@"(?:\b(?<before>for|with|by|to|from|of|about|at|called|named)\s+)?(?<![\p{L}\p{N}])(?<name>" + Capital + @"(?:\s+(?:(?:de|van|von|of|the|&|and)\s+)?" + Capital + @")*)", RegexOptions.CultureInvariant)]
    private static partial Regex Person();

    [GeneratedRegex(@"\b(?<before>in|at|near|around|from|to|for)\s+(?<name>\p{Ll}+(?:\s(?:york|francisco|angeles|delhi|city|town|aires|janeiro|kong|diego|vegas))?)(?=\s*(?:$|[?.!,;]|(?:today|tonight|tomorrow|now|right|on|in|to|from|for|at|next|this|like|please|by)\b))", RegexOptions.CultureInvariant)]
    private static partial Regex LowerPlace();

    [GeneratedRegex(@"(?<one>[\p{L}]+|[$€£¥₹])(?=(?:\s(?<two>[\p{L}]+))?)", RegexOptions.CultureInvariant)]
    private static partial Regex Piece();

    [GeneratedRegex(@"[0-9][kKmM]?\s?(?:degrees\s|°\s?)?$|°\s?$", RegexOptions.CultureInvariant | RegexOptions.RightToLeft)]
    private static partial Regex Number();
}
