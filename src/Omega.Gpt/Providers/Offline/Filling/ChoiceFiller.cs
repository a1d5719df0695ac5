using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Omega.Gpt.Functions.Schema;

namespace Omega.Gpt.Providers.Offline;

/// <summary>Finds values of an <c>enum</c>, and what turns a <c>boolean</c> on or off.</summary>
internal static class ChoiceFiller
{
    private static readonly SearchValues<char> Numbers = SearchValues.Create("0123456789., ");

    public static IEnumerable<Candidate> Choices(Slot slot, Reading reading) => Named(slot.Property.Enum, reading);

    /// <summary>The choices that the prompt names, whatever their case and with spaces or hyphens for underscores.</summary>
    public static IEnumerable<Candidate> Named(IReadOnlyList<JsonElement> choices, Reading reading) => Named(choices, reading, Word.InName);

    private static IEnumerable<Candidate> Named(IReadOnlyList<JsonElement> choices, Reading reading, Func<string, IReadOnlyList<Word>> wordsOf)
    {
        foreach (var choice in choices)
        {
            if (choice.ValueKind != JsonValueKind.String)
                continue;

            var words = wordsOf(choice.GetString()!);
            if (words.Count == 0)
                continue;
            for (var i = 0; i + words.Count <= reading.Words.Count; i++)
            {
                // The longest name wins: "premium economy" is not "economy".
                if (words.Select((word, k) => reading.Words[i + k].Stem == word.Stem).All(same => same))
                    yield return new Candidate(JsonValue.Create(choice.GetString()!), reading.Words[i].Start, reading.Words[i + words.Count - 1].End, 1 + 0.01 * words.Count);
            }
        }
    }

    /// <summary>Places where the prompt names one of the schema's examples: as the prompt writes it, with a value in brackets behind it.</summary>
    public static IEnumerable<Candidate> Examples(Slot slot, Reading reading)
    {
        if (!slot.TakesText || slot.Property.Schema.ValueKind != JsonValueKind.Object || !slot.Property.Schema.TryGetProperty("examples", out var examples) || examples.ValueKind != JsonValueKind.Array)
            yield break;
        foreach (var found in Named([.. examples.EnumerateArray()], reading, Word.InText))
        {
            var end = Bracket(reading.Text, found.End);
            if (!reading.IsQuoted(found.Start) && IsWhole(reading.Text, found.Start, found.End))
                yield return new Candidate(JsonValue.Create(reading.Text[found.Start..end]), found.Start, end, found.Score - 0.1);
        }
    }

    public static IEnumerable<Candidate> Switches(Slot slot, Reading reading)
    {
        if (slot.TakesText || slot.TakesNumbers || !slot.Types.HasFlag(JsonTypes.Boolean) || slot.Property.Enum.Any(choice => choice.ValueKind == JsonValueKind.String))
            yield break;

        var isPower = slot.Speaks("on", "enabled", "active", "power", "state", "off");
        var named = slot.NameStems.Where(stem => !CommonWords.IsFiller(stem) && stem is not ("includ" or "enabl")).ToArray();
        for (var i = 0; i < reading.Words.Count; i++)
        {
            var word = reading.Words[i];
            if (isPower && PowerOf(reading, i) is { } power)
                yield return new Candidate(JsonValue.Create(power != slot.Speaks("off")), word.Start, word.End, 0.9);

            if (named.Length > 0 && i + named.Length <= reading.Words.Count && named.Select((stem, k) => reading.Words[i + k].Stem == stem).All(same => same))
            {
                var denied = reading.Before(word.Start, 2).Any(before => before.Text is "no" or "not" or "without" or "non" or "dont" or "never" or "false" or "disable" or "skip");
                var end = reading.Words[i + named.Length - 1].End;
                denied |= reading.After(end, 2).Any(after => after.Text is "off" or "false" or "no");
                yield return new Candidate(JsonValue.Create(!denied), word.Start, end, 0.8);
            }
        }
    }

    // A part of a path, an address or a compound is not the word itself.
    private static bool IsWhole(string text, int start, int end) =>
        (start == 0 || text[start - 1] is not ('/' or '\\' or '.' or '-' or '_' or '@' or ':'))
        && (end >= text.Length || text[end] is not ('/' or '\\' or '-' or '_' or '@' or ':') && (text[end] != '.' || end + 1 >= text.Length || !char.IsLetterOrDigit(text[end + 1])));

    // "rsi(14)" is one value, "BTC (the coin)" is not.
    private static int Bracket(string text, int end)
    {
        if (end >= text.Length || text[end] != '(')
            return end;
        var close = text.IndexOf(')', end);
        return close > 0 && !text.AsSpan(end + 1, close - end - 1).ContainsAnyExcept(Numbers) ? close + 1 : end;
    }

    private static bool? PowerOf(Reading reading, int i)
    {
        var verb = reading.Words.Take(i).Any(word => word.Stem is "turn" or "switch" or "put" or "leav" or "leave");
        return reading.Words[i].Text switch
        {
            "enable" or "enabled" or "activate" => true,
            "disable" or "disabled" or "deactivate" => false,
            "on" when verb => true,
            "off" => false,
            _ => null,
        };
    }
}
