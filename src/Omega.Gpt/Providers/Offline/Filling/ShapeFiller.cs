using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Omega.Gpt.Providers.Offline;

/// <summary>Finds values that are known by their form: addresses, days, times, codes, paths.</summary>
internal static partial class ShapeFiller
{
    public static IEnumerable<Candidate> Addresses(Slot slot, Reading reading)
    {
        if (!slot.TakesText)
            return [];
        if (slot.Property.Format is "email" or "idn-email" || slot.IsAbout("email", "mail") && slot.Speaks("to", "from", "email", "recipient", "address", "cc", "bcc", "sender"))
            return Matches(slot, reading, Email());
        return slot.Property.Format is "uri" or "iri" or "uri-reference" || slot.Speaks("url", "uri", "link", "website") ? Matches(slot, reading, Url()) : [];
    }

    public static IEnumerable<Candidate> Moments(Slot slot, Reading reading)
    {
        if (!slot.TakesText)
            return [];
        if (slot.Property.Format == "date" || slot.Property.Format is null && slot.Speaks("date", "day", "birthday", "deadline", "since", "until"))
            return reading.Days.Select(day => At(day, day.Text));
        if (slot.Property.Format == "time")
            return reading.Times.Select(time => At(time, time.Text + ":00Z"));
        if (slot.Property.Format is not null)
            return [];
        if (slot.Speaks("time") && (HasPattern(slot) || slot.IsAbout("hh", "mm", "clock")))
            return reading.Times.Select(time => At(time, time.Text));
        return slot.Speaks("time", "when", "at", "datetime") && !HasPattern(slot) && !slot.IsAbout("zone", "timezone")
            ? Offline.Moments.Phrases(reading.Text).Where(phrase => !reading.IsQuoted(phrase.Start)).Select(phrase => At(phrase, phrase.Text) with { Score = 0.5 })
            : [];

        Candidate At(Found found, string text) => Text(slot, reading, text, found.Start, found.End);
    }

    /// <summary>Codes: what satisfies a pattern, or looks like an example in the description.</summary>
    public static IEnumerable<Candidate> Codes(Slot slot, Reading reading)
    {
        if (!slot.TakesText || slot.Property.Enum.Count > 0)
            yield break;

        var shapes = Example().Matches(slot.Property.Description ?? "").Select(match => Shape(match.Groups["e"].Value)).Where(shape => shape.Contains('9', StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);
        var isId = slot.Speaks("id", "number", "code", "key", "sku", "reference", "tracking");
        foreach (Match token in Token().Matches(reading.Text))
        {
            if (reading.IsQuoted(token.Index) || token.Value.Contains('@', StringComparison.Ordinal))
                continue;
            // Everything may satisfy a loose pattern; only what does not look like an ordinary word is a code.
            var isOdd = token.Value.AsSpan().ContainsAnyInRange('0', '9') || token.Value.Length > 1 && token.Value.All(c => !char.IsLower(c));
            if (!isOdd)
                continue;
            if (HasPattern(slot) && !IsCurrency(slot))
                yield return Text(slot, reading, token.Value, token.Index, token.Index + token.Length) with { Score = 0.9 };
            else if (shapes.Contains(Shape(token.Value)))
                yield return Text(slot, reading, token.Value, token.Index, token.Index + token.Length) with { Score = 0.8 };
            else if (isId && token.Value.AsSpan().ContainsAnyInRange('0', '9'))
                yield return Text(slot, reading, token.Value, token.Index, token.Index + token.Length);
        }
    }

    public static IEnumerable<Candidate> Paths(Slot slot, Reading reading)
    {
        if (!slot.TakesText)
            yield break;

        if (slot.Speaks("path", "directory", "folder", "dir", "file", "filename", "cwd") || slot.IsAbout("path"))
        {
            foreach (var candidate in Matches(slot, reading, Path()))
                yield return candidate with { Score = Math.Max(candidate.Score, 0.5) };
            if (slot.Speaks("path", "file", "filename"))
            {
                foreach (var candidate in Matches(slot, reading, FileName()))
                    yield return candidate with { Score = Math.Max(candidate.Score, 0.4) };
            }
        }

        if (slot.Speaks("pattern", "glob"))
        {
            foreach (var candidate in Matches(slot, reading, Glob()))
                yield return candidate with { Score = Math.Max(candidate.Score, 0.5) };
        }
    }

    public static IEnumerable<Candidate> Tickers(Slot slot, Reading reading) =>
        slot.TakesText && slot.Property.Enum.Count == 0 && slot.IsAbout("ticker", "symbol") ? TickersIn(slot, reading) : [];

    public static IEnumerable<Candidate> TickersIn(Slot slot, Reading reading)
    {
        foreach (Match token in Ticker().Matches(reading.Text))
        {
            if (!KnownNames.IsOrdinaryCapital(token.Value.ToLowerInvariant()) && !reading.IsQuoted(token.Index) && (token.Length > 1 || token.Value is not ("I" or "A")))
                // What an amount is counted in is named by the way.
                yield return Text(slot, reading, token.Value.TrimStart('$'), token.Index, token.Index + token.Length) with { Score = reading.Quantities.Any(quantity => quantity.Unit.Length == token.Length && reading.Text.AsSpan(quantity.End).TrimStart().StartsWith(token.Value, StringComparison.Ordinal) && token.Index - quantity.End is 0 or 1) ? 0.4 : 0.5 };
        }
    }

    public static bool IsCurrency(Slot slot) => slot.IsAbout("currency", "currencies");

    public static bool HasPattern(Slot slot) => slot.Property.Schema.ValueKind == JsonValueKind.Object && slot.Property.Schema.TryGetProperty("pattern", out _);

    private static IEnumerable<Candidate> Matches(Slot slot, Reading reading, Regex form) =>
        form.Matches(reading.Text).Select(match => match.Groups["v"]).Select(value => Text(slot, reading, value.Value, value.Index, value.Index + value.Length));

    private static Candidate Text(Slot slot, Reading reading, string text, int start, int end) =>
        new(JsonValue.Create(text), start, end, slot.CueIn(reading.Near(start, end, 3, 0)) is var score && score > 0 ? score + Nearest(slot, reading, start) : 0);

    // Of two parameters that share a word, the one whose word stands nearer has the better claim.
    private static double Nearest(Slot slot, Reading reading, int start) =>
        reading.Before(start, 1).Any(word => slot.NameStems.Contains(word.Stem) || slot.Cues.Contains(word.Stem)) ? 0.1 : 0;

    private static string Shape(string text) =>
        Repeated().Replace(string.Concat(text.Select(c => char.IsDigit(c) ? '9' : char.IsUpper(c) ? 'A' : char.IsLower(c) ? 'a' : c)), "$1");

    [GeneratedRegex(@"(.)\1+", RegexOptions.CultureInvariant)]
    private static partial Regex Repeated();

    [GeneratedRegex(@"(?:like|such as|e\.g\.|example|for instance)[,:]?\s+[""'`]?(?<e>[\w#-]+)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Example();

    [GeneratedRegex(@"#?[A-Za-z0-9](?:[\w/:-]*\w)?", RegexOptions.CultureInvariant)]
    private static partial Regex Token();

    [GeneratedRegex(@"(?<v>[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)", RegexOptions.CultureInvariant)]
    private static partial Regex Email();

    [GeneratedRegex(@"(?<v>https?://[^\s""'<>]*[^\s""'<>.,;!?)])", RegexOptions.CultureInvariant)]
    private static partial Regex Url();

    [GeneratedRegex(@"(?<![\w:/.])(?<v>(?:~|\.{1,2})?/[\w./~-]*\w/?|~|[A-Za-z]:\\[\w.\\-]+)(?=$|[\s,;.!?""')])", RegexOptions.CultureInvariant)]
    private static partial Regex Path();

    [GeneratedRegex(@"(?<![\w@/.])(?<v>[\w-]+(?:/[\w-]+)*\.[A-Za-z]\w{0,4})(?![\w@])", RegexOptions.CultureInvariant)]
    private static partial Regex FileName();

    [GeneratedRegex(@"(?<!\S)[""']?(?<v>[\w.?-]*\*[\w.*?-]*)", RegexOptions.CultureInvariant)]
    private static partial Regex Glob();

    [GeneratedRegex(@"(?<![\w/.@-])\$?[A-Z]{1,5}(?:[./-][A-Z]{1,5})?(?![\w@])", RegexOptions.CultureInvariant)]
    private static partial Regex Ticker();
}
