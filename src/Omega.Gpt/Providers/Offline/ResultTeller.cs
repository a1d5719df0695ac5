using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Omega.Gpt.Providers.Offline;

/// <summary>Tells the results of functions in plain sentences. Pure.</summary>
internal static class ResultTeller
{
    private const int Fields = 8, ListItems = 5, TextLength = 400, SummaryLength = 1200;

    public static string Tell(IEnumerable<FunctionResultPart> results)
    {
        var text = new StringBuilder();
        foreach (var result in results)
        {
            if (text.Length > 0)
                text.Append("\n\n");
            text.Append(result.IsError ? Failed(result.Name, result.Result) : Of(result.Name, result.Result));
        }

        return Speech.Signed(text);
    }

    private static string Of(string name, JsonElement result)
    {
        if (result.ValueKind == JsonValueKind.String)
            return string.IsNullOrWhiteSpace(result.GetString()) ? $"{name} is done; it returned no text." : Short(result.GetString()!.Trim());
        if (result.ValueKind == JsonValueKind.Object)
        {
            if (Text(result, "summary") is { } summary)
                return Summary(summary, result);
            if (Text(result, "error") is { } error)
                return $"{name} failed: {Sentence(error)}";
            var fields = result.EnumerateObject().Where(field => field.Value.ValueKind != JsonValueKind.Null).ToArray();
            return fields.Length == 0
                ? $"{name} is done; it returned nothing more."
                : $"{name} returned {string.Join("; ", fields.Take(Fields).Select(field => $"{Plain(field.Name)}: {Value(field.Value)}"))}{(fields.Length > Fields ? $"; and {fields.Length - Fields} more fields" : "")}.";
        }

        if (result.ValueKind == JsonValueKind.Array)
        {
            var count = result.GetArrayLength();
            return count == 0 ? $"{name} found nothing." : $"{name} returned {Count(count, "item")}: {string.Join("; ", result.EnumerateArray().Take(ListItems).Select(Value))}{(count > ListItems ? "; …" : "")}.";
        }

        return result.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined ? $"{name} is done; it returned nothing more." : $"{name} returned {Value(result)}.";
    }

    private static string Summary(string summary, JsonElement result)
    {
        var text = new StringBuilder(Sentence(summary, SummaryLength));
        FigureTeller.Append(text, result);
        return text.ToString();
    }

    // Most of the engine's own messages begin with the function's name and say that it was not run.
    private static string Failed(string name, JsonElement result)
    {
        var error = Sentence(ErrorOf(result));
        var isNamed = error.StartsWith(name, StringComparison.Ordinal);
        if (result.ValueKind == JsonValueKind.Object && result.TryGetProperty("error", out var detail) && detail.ValueKind == JsonValueKind.Object && Text(detail, "kind") == "approval_denied")
            return $"{(isNamed ? error : $"{name} was not run: {error}")} Nothing was done.";
        return isNamed ? error : $"{name} failed: {error}";
    }

    private static string ErrorOf(JsonElement result) => result.ValueKind switch
    {
        JsonValueKind.String => result.GetString()!,
        JsonValueKind.Object => Text(result, "message") ?? Text(result, "error") ?? Text(result, "summary") ?? result.GetRawText(),
        JsonValueKind.Undefined => "it gave no reason",
        _ => result.GetRawText(),
    };

    private static string? Text(JsonElement result, string name)
    {
        if (!result.TryGetProperty(name, out var value))
            return null;
        if (value.ValueKind == JsonValueKind.Object)
            return Text(value, "message");
        return value.ValueKind == JsonValueKind.String && !string.IsNullOrWhiteSpace(value.GetString()) ? value.GetString() : null;
    }

    private static string Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => Short(value.GetString()!),
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        JsonValueKind.Null => "nothing",
        JsonValueKind.Array when value.EnumerateArray().All(item => item.ValueKind is JsonValueKind.Number or JsonValueKind.String) && value.GetArrayLength() is > 0 and <= ListItems =>
            string.Join(", ", value.EnumerateArray().Select(Value)),
        JsonValueKind.Array => Count(value.GetArrayLength(), "item"),
        JsonValueKind.Object => string.Join(", ", value.EnumerateObject().Where(field => field.Value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.Null)).Take(ListItems).Select(field => $"{Plain(field.Name)} {Value(field.Value)}")),
        _ => value.GetRawText(),
    };

    private static string Plain(string name) => string.Join(' ', Word.InName(name).Select(word => word.Text)) is { Length: > 0 } words ? words : name;

    private static string Count(int count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");

    private static string Sentence(string text, int most = TextLength) => Short(text.Trim(), most) is var cut && cut.Length > 0 && char.IsLetterOrDigit(cut[^1]) ? cut + "." : Short(text.Trim(), most);

    private static string Short(string text, int most = TextLength) =>
        text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)] + "…";
}
