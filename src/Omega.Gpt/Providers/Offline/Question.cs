using System.Text;
using System.Text.Json;
using Omega.Gpt.Functions.Schema;

namespace Omega.Gpt.Providers.Offline;

/// <summary>Asks for the values that a call needs and the prompt does not give. Pure.</summary>
internal static class Question
{
    /// <summary>How each question begins.</summary>
    public const string Opening = "To call ";

    public static string For(Wish wish)
    {
        var text = new StringBuilder(Opening).Append(wish.Profile.Name);
        if (wish.Filled.Missing.Count == 0)
            return Speech.Signed(text.Append(" I need arguments that its schema allows, and could not read such from the prompt. Please say them one by one, with their names."));

        text.Append(" I need:\n");
        foreach (var property in wish.Filled.Missing)
            text.Append("- ").Append(property.Name).Append(Detail(property)).Append('\n');
        return Speech.Signed(text.Append("Please ask again with ").Append(wish.Filled.Missing.Count == 1 ? "it." : "them."));
    }

    private static string Detail(SchemaProperty property)
    {
        var parts = new List<string>();
        if (property.Description is { Length: > 0 } description)
            parts.Add(description.ReplaceLineEndings(" ").Trim().TrimEnd('.'));
        if (property.Enum.Count > 0)
            parts.Add("one of " + string.Join(", ", property.Enum.Take(20).Select(choice => choice.ValueKind == JsonValueKind.String ? choice.GetString() : choice.GetRawText())));
        else if (Kind(property) is { } kind)
            parts.Add(kind);
        if (property.Minimum is { } least && property.Maximum is { } most)
            parts.Add(FormattableString.Invariant($"{least} to {most}"));
        else if (property.Minimum is { } minimum)
            parts.Add(FormattableString.Invariant($"at least {minimum}"));
        else if (property.Maximum is { } maximum)
            parts.Add(FormattableString.Invariant($"at most {maximum}"));
        return parts.Count == 0 ? "" : ": " + string.Join("; ", parts);
    }

    private static string? Kind(SchemaProperty property) => property.Format switch
    {
        "date" => "a date, such as 2025-03-14",
        "time" => "a time of day, such as 15:00",
        "date-time" => "a date and time, such as 2025-03-14T15:00:00Z",
        "email" => "an e-mail address",
        "uri" => "a URL",
        _ => property.Types switch
        {
            JsonTypes.Integer => "a whole number",
            JsonTypes.Number | JsonTypes.Integer => "a number",
            JsonTypes.Boolean => "yes or no",
            JsonTypes.Array => "a list",
            _ => null,
        },
    };
}
