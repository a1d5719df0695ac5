using System.Text.Json;
using Omega.Cli.Screen;
using Omega.Gpt;

namespace Omega.Cli.Turns;

/// <summary>The figures of an answer that no function gave, as lines for a person: where each stands, and why it is doubted. Pure.</summary>
internal static class UngroundedNotes
{
    private const int MostShown = 6;
    private const int Around = 24;

    public static bool Concerns(AnnotationEvent annotation) => annotation.Kind == "ungrounded";

    /// <param name="answer">The whole answer.</param>
    /// <param name="annotations">Those that concern figures.</param>
    public static IEnumerable<string> Of(string answer, IReadOnlyList<AnnotationEvent> annotations)
    {
        foreach (var annotation in annotations.Take(MostShown))
            yield return $"{Place(answer, annotation.Data)}: {Reason(annotation.Data)}";
        if (annotations.Count > MostShown)
            yield return $"and {annotations.Count - MostShown} more figures that no function gave";
    }

    // The figure with a few words around it, so that it can be found above.
    private static string Place(string answer, JsonElement data)
    {
        if (Number(data, "start") is not { } start || Number(data, "length") is not { } length || start < 0 || length < 0 || start + length > answer.Length)
            return Text(data, "text") ?? "a figure";
        var (from, until) = (Math.Max(0, start - Around), Math.Min(answer.Length, start + length + Around));
        var before = answer[from..start];
        var after = answer[(start + length)..until];
        // Whole words of the same line.
        before = before[(before.LastIndexOf('\n') + 1)..];
        if (from > 0 && before.Length == start - from)
            before = "…" + before[(before.IndexOf(' ', StringComparison.Ordinal) + 1)..];
        var end = after.IndexOf('\n', StringComparison.Ordinal);
        if (end >= 0)
            after = after[..end];
        else if (until < answer.Length)
            after = (after.LastIndexOf(' ') is var space && space > 0 ? after[..space] : "") + "…";
        return $"{before}{answer.AsSpan(start, length)}{after}".Trim();
    }

    private static string Reason(JsonElement data)
    {
        var nearest = data.ValueKind == JsonValueKind.Object && data.TryGetProperty("nearest", out var near) && near.ValueKind == JsonValueKind.Object && near.TryGetProperty("value", out var value)
            ? $" ({Text(near, "ref")} has {value.GetRawText()}{(Text(near, "unit") is { } unit ? " " + unit : "")} as {Name(Text(near, "pointer"))})"
            : "";
        return Text(data, "reason") switch
        {
            "value" => $"the function gave another value{nearest}",
            "label" => $"that is the value of another quantity{nearest}",
            "sign" => $"the function gave the other sign{nearest}",
            "unit" => $"the function gave it in another unit{nearest}",
            "market" => $"that is another market's{nearest}",
            "timeframe" => $"that is another timeframe's{nearest}",
            "strategy" => $"that is another strategy's{nearest}",
            "unlabelled" => "nothing says what it is",
            _ => "no function gave it",
        };
    }

    // /figures/rsi_14/value is rsi_14, and /support/0/price is support price.
    private static string Name(string? pointer) =>
        string.Join(' ', (pointer ?? "").Split('/').Where(part => part.Length > 0 && part is not ("figures" or "value") && !part.All(char.IsAsciiDigit)));

    private static string? Text(JsonElement data, string name) =>
        data.ValueKind == JsonValueKind.Object && data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? PlainText.Line(value.GetString()!, 80) : null;

    private static int? Number(JsonElement data, string name) =>
        data.ValueKind == JsonValueKind.Object && data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : null;
}
