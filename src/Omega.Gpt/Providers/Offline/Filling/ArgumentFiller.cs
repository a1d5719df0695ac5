using System.Text.Json;
using System.Text.Json.Nodes;
using Omega.Gpt.Functions.Schema;

namespace Omega.Gpt.Providers.Offline;

/// <summary>What a prompt gives for a function's parameters.</summary>
/// <param name="Arguments">The values found; they satisfy the schema when <paramref name="IsComplete"/>.</param>
/// <param name="Missing">Required parameters that the prompt does not give.</param>
/// <param name="IsComplete">Whether the arguments satisfy the whole schema.</param>
/// <param name="UnusedNumbers">How many numbers of the prompt no parameter took.</param>
internal sealed record Filled(JsonObject Arguments, IReadOnlyList<SchemaProperty> Missing, bool IsComplete, int UnusedNumbers);

/// <summary>
/// Fills a function's arguments from a prompt. A value comes from the prompt's words or is not there: nothing is invented, and a default
/// is left to the function. Pure.
/// </summary>
internal static class ArgumentFiller
{
    // The surest signs first: what one of them takes, the ones after it cannot have.
    private static readonly Func<Slot, Reading, IEnumerable<Candidate>>[] Signs =
    [
        (slot, reading) => ChoiceFiller.Choices(slot, reading).Concat(ListsOfChoices(slot, reading)).Concat(ChoiceFiller.Examples(slot, reading)),
        ShapeFiller.Addresses,
        TextFiller.Quotations,
        ShapeFiller.Moments,
        ShapeFiller.Codes,
        ShapeFiller.Paths,
        NameFiller.Currencies,
        NameFiller.Units,
        NameFiller.Languages,
        ShapeFiller.Tickers,
        ChoiceFiller.Switches,
        NumberFiller.Numbers,
        NameFiller.Places,
        NameFiller.People,
        ListFiller.Lists,
        TextFiller.Clauses,
    ];

    public static Filled Fill(FunctionProfile profile, string prompt)
    {
        var values = new Dictionary<string, JsonNode>(StringComparer.Ordinal);
        var reading = new Reading(prompt, profile.Vocabulary);
        foreach (var sign in Signs)
            Take(sign, profile, reading, values);

        var arguments = new JsonObject();
        foreach (var slot in profile.Slots)
        {
            if (values.TryGetValue(slot.Name, out var value))
                arguments[slot.Name] = value;
        }

        var missing = profile.Slots.Where(slot => slot.IsRequired && !values.ContainsKey(slot.Name)).Select(slot => slot.Property).ToArray();
        return new Filled(arguments, missing, missing.Length == 0 && profile.Schema.Validate(arguments.ToJsonString()).IsValid, reading.Quantities.Count(quantity => reading.IsFree(quantity.Start, quantity.End)));
    }

    private static void Take(Func<Slot, Reading, IEnumerable<Candidate>> sign, FunctionProfile profile, Reading reading, Dictionary<string, JsonNode> values)
    {
        var offers =
            from slot in profile.Slots
            where !values.ContainsKey(slot.Name)
            from candidate in sign(slot, reading)
            where candidate.Score > 0 || slot.IsRequired
            select (slot, candidate);

        foreach (var (slot, candidate) in offers.ToArray().OrderByDescending(offer => offer.candidate.Score).ThenByDescending(offer => offer.slot.IsRequired))
        {
            if (values.ContainsKey(slot.Name) || !reading.IsFree(candidate.Start, candidate.End) || !Suits(profile, slot, candidate.Value))
                continue;
            values.Add(slot.Name, candidate.Value.DeepClone());
            reading.Use(candidate.Start, candidate.End);
        }
    }

    private static IEnumerable<Candidate> ListsOfChoices(Slot slot, Reading reading) =>
        slot.TakesLists && slot.Property.Items is { } items && (items.Enum.Count > 0 || items.Schema.ValueKind == JsonValueKind.Object && items.Schema.TryGetProperty("examples", out _)) ? ListFiller.Lists(slot, reading) : [];

    // Other parameters may still be missing, so only what the schema says of this one counts.
    private static bool Suits(FunctionProfile profile, Slot slot, JsonNode value)
    {
        var path = "/" + slot.Name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
        var alone = new JsonObject { [slot.Name] = value.DeepClone() };
        return profile.Schema.Validate(alone.ToJsonString()).Errors
            .All(error => error.InstancePath != path && !error.InstancePath.StartsWith(path + "/", StringComparison.Ordinal));
    }
}
