using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Omega.Gpt.Providers.Offline;

/// <summary>
/// Tells what stands below a result's summary: figures that carry their unit (<c>"figures": {"price": {"value": 64210.5, "unit":
/// "usd"}}</c>), entries that have a name, the first notes, and where all of it comes from. Pure.
/// </summary>
internal static class FigureTeller
{
    private const int Figures = 12, Entries = 12, EntryFigures = 4, Notes = 2, TextLength = 300;

    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    // Short forms that are read letter by letter, and two that are written as they are.
    private static readonly FrozenDictionary<string, string> ShortForms = "adx atr btc cagr cci cmf dsr ema eth eur fx hv id ip macd mfi pnl psr roc rsi sma sql uri url usd utc vwap"
        .Split(' ').Select(word => (word, word.ToUpperInvariant())).Append(("var", "VaR")).Append(("cvar", "CVaR"))
        .ToFrozenDictionary(pair => pair.Item1, pair => pair.Item2, StringComparer.Ordinal);

    /// <summary>Appends it to what has been said; nothing where there is nothing of the kind.</summary>
    public static void Append(StringBuilder text, JsonElement result)
    {
        var lines = new List<string>();
        if (result.TryGetProperty("figures", out var figures) && figures.ValueKind == JsonValueKind.Object)
            lines.AddRange(figures.EnumerateObject().Select(Line).OfType<string>().Take(Figures));
        if (lines.Count > 0)
            text.Append("\n\n").AppendJoin('\n', lines.Select(line => "- " + line));

        var entries = EntriesOf(result).Take(Entries).ToArray();
        if (entries.Length > 0)
            text.Append("\n\n").AppendJoin('\n', entries.Select(entry => "- " + entry));

        if (result.TryGetProperty("notes", out var notes) && notes.ValueKind == JsonValueKind.Array)
        {
            var said = notes.EnumerateArray().Where(note => note.ValueKind == JsonValueKind.String).Take(Notes).Select(note => Short(note.GetString()!)).ToArray();
            if (said.Length > 0)
                text.Append("\n\n").AppendJoin(' ', said);
        }

        if (Source(result) is { } source)
            text.Append("\n\n").Append(source);
    }

    private static string? Line(JsonProperty figure) =>
        ValueOf(figure.Value) is { } value ? $"{Label(figure.Name)}: {value}" : null;

    /// <summary>A value with its unit as a person reads it; null where it is none.</summary>
    private static string? ValueOf(JsonElement figure)
    {
        if (figure.ValueKind != JsonValueKind.Object || !figure.TryGetProperty("value", out var value) || value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out var number))
            return null;
        var unit = Text(figure, "unit") ?? "";
        return unit switch
        {
            "fraction" => Rounded(100 * number) + " %",
            "fraction_per_year" => Rounded(100 * number) + " % a year",
            "percent" or "%" => Rounded(number) + " %",
            "probability" => number.ToString("0.000", Culture),
            "count" => number.ToString("#,##0.##", Culture),
            "ratio" or "index" or "number" or "" => Rounded(number),
            _ when KnownNames.Coins.Contains(unit) && !unit.StartsWith("usd", StringComparison.Ordinal) => $"{number.ToString("#,##0.########", Culture)} {unit.ToUpperInvariant()}",
            _ when KnownNames.Coins.Contains(unit) || unit.Length == 3 && KnownNames.Currencies.ContainsKey(unit) => $"{Rounded(number)} {unit.ToUpperInvariant()}",
            _ => $"{Rounded(number)} {ShortForms.GetValueOrDefault(unit, unit.Replace('_', ' '))}",
        };
    }

    /// <summary>Entries of lists whose entries have a name: a line each of their texts and first figures.</summary>
    private static IEnumerable<string> EntriesOf(JsonElement result) =>
        from property in result.EnumerateObject()
        where property.Value.ValueKind == JsonValueKind.Array
        from entry in property.Value.EnumerateArray()
        where entry.ValueKind == JsonValueKind.Object && Text(entry, "name") is not null
        select EntryOf(entry);

    private static string EntryOf(JsonElement entry)
    {
        var told = new StringBuilder(Text(entry, "name"));
        if ((Text(entry, "description") ?? Text(entry, "text")) is { } text)
            told.Append(": ").Append(Short(text));
        var figures = entry.EnumerateObject().Select(Line).OfType<string>().Take(EntryFigures).ToArray();
        return figures.Length == 0 ? told.ToString() : told.Append(": ").AppendJoin(", ", figures).ToString();
    }

    private static string? Source(JsonElement result)
    {
        if (Text(result, "source") is not { } source)
            return null;
        var isMadeUp = result.TryGetProperty("simulated", out var simulated) && simulated.ValueKind == JsonValueKind.True;
        var parts = new List<string> { isMadeUp ? source + " (simulated)" : source };
        parts.AddRange(new[] { Text(result, "market"), Text(result, "timeframe") }.OfType<string>());
        if (Text(result, "as_of") is { } asOf)
            parts.Add("as of " + (DateTimeOffset.TryParse(asOf, Culture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time.ToString("yyyy-MM-dd HH:mm 'UTC'", Culture) : Short(asOf)));
        return $"Source: {string.Join(", ", parts)}{(Text(result, "ref") is { } reference ? $" [{Short(reference)}]" : "")}.";
    }

    /// <summary><c>rsi_14</c> as <c>RSI(14)</c>, <c>macd_12_26_9_line</c> as <c>MACD(12,26,9) line</c>, <c>max_drawdown</c> as <c>max drawdown</c>.</summary>
    private static string Label(string name)
    {
        var words = name.Split('_', StringSplitOptions.RemoveEmptyEntries);
        var label = new StringBuilder();
        for (var i = 0; i < words.Length; i++)
        {
            var values = words.Skip(i + 1).TakeWhile(word => word.All(char.IsAsciiDigit)).ToArray();
            label.Append(i > 0 ? " " : "").Append(ShortForms.GetValueOrDefault(words[i], words[i]));
            if (values.Length == 0 || !ShortForms.ContainsKey(words[i]))
                continue;
            label.Append('(').AppendJoin(',', values).Append(')');
            i += values.Length;
        }

        return label.ToString();
    }

    private static string? Text(JsonElement value, string name) =>
        value.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String && !string.IsNullOrWhiteSpace(text.GetString()) ? text.GetString() : null;

    // Two digits after the point; of what is small, those that count.
    private static string Rounded(double value) => Math.Abs(value) is > 0 and < 0.01
        ? value.ToString("0.##########", Culture)
        : (Math.Round(value, 2, MidpointRounding.AwayFromZero) + 0.0).ToString("#,##0.00", Culture);

    private static string Short(string text)
    {
        text = text.ReplaceLineEndings(" ").Trim();
        return text.Length <= TextLength ? text : text[..(char.IsHighSurrogate(text[TextLength - 1]) ? TextLength - 1 : TextLength)] + "…";
    }
}
