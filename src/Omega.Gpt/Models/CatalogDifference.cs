using System.Globalization;

namespace Omega.Gpt.Models;

/// <summary>Says in words what one catalogue changes of another. Pure.</summary>
internal static class CatalogDifference
{
    public static IReadOnlyList<CatalogChange> Between(ModelCatalog before, ModelCatalog after)
    {
        var changes = new List<CatalogChange>();
        foreach (var model in after.All)
        {
            if (before.All.FirstOrDefault(known => IsSame(known, model)) is { } known)
                Compare(known, model, changes);
            else
                changes.Add(new CatalogChange(CatalogChangeKind.Added, model.ToString(), $"{Prices(model)}; {State(model)}"));
        }

        foreach (var gone in before.All.Where(model => !after.All.Any(known => IsSame(known, model))))
            changes.Add(new CatalogChange(CatalogChangeKind.Removed, gone.ToString(), "no longer listed"));
        foreach (var (provider, model) in after.Defaults)
        {
            if (before.Defaults.GetValueOrDefault(provider) is var old && old != model)
                changes.Add(new CatalogChange(CatalogChangeKind.Default, provider, $"{old ?? "none"} -> {model}"));
        }

        return changes;
    }

    private static bool IsSame(ModelInfo a, ModelInfo b) =>
        a.Provider.Equals(b.Provider, StringComparison.OrdinalIgnoreCase) && a.Name.Equals(b.Name, StringComparison.OrdinalIgnoreCase);

    private static void Compare(ModelInfo old, ModelInfo now, List<CatalogChange> changes)
    {
        if (Prices(old) != Prices(now))
            changes.Add(new CatalogChange(CatalogChangeKind.Price, now.ToString(), $"{Prices(old)} -> {Prices(now)}"));
        if (State(old) != State(now))
            changes.Add(new CatalogChange(CatalogChangeKind.Lifecycle, now.ToString(), $"{State(old)} -> {State(now)}"));
        var facts = new List<string>();
        Fact("context", Count(old.Context), Count(now.Context));
        Fact("output", Count(old.MaxOutput), Count(now.MaxOutput));
        Fact("tokenizer", old.Tokenizer ?? "?", now.Tokenizer ?? "?");
        Fact("aliases", string.Join(" ", old.Aliases), string.Join(" ", now.Aliases));
        foreach (var ((name, was), (_, holds)) in Flags(old.Capabilities).Zip(Flags(now.Capabilities)))
            Fact(name, was, holds);
        if (facts.Count > 0)
            changes.Add(new CatalogChange(CatalogChangeKind.Facts, now.ToString(), string.Join(", ", facts)));

        void Fact(string name, string was, string holds)
        {
            if (was != holds)
                facts.Add($"{name} {(was.Length == 0 ? "none" : was)} -> {(holds.Length == 0 ? "none" : holds)}");
        }
    }

    private static string Prices(ModelInfo model) => model.Prices is []
        ? "price unknown"
        : (model.PricesVary ? "~" : "") + string.Join(", ", model.Prices.Select(tier => Tier(tier) + (tier.AboveInput > 0 ? $" above {Count((int)Math.Min(tier.AboveInput, int.MaxValue))}" : "")));

    private static string Tier(PriceTier tier)
    {
        var text = $"${Usd(tier.Input)} in, ${Usd(tier.Output)} out";
        if (tier.CacheRead is { } read)
            text += $", ${Usd(read)} cached";
        if (tier.CacheWrite is { } write)
            text += $", ${Usd(write)} cache write";
        return tier.CacheWriteHour is { } hour ? $"{text}, ${Usd(hour)} for an hour" : text;
    }

    private static string State(ModelInfo model)
    {
        var state = model.Lifecycle.ToString().ToLowerInvariant();
        if (model.RetiresOn is { } day)
            state += $" ({(model.Lifecycle == ModelLifecycle.Retired ? "since" : "until")} {day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)})";
        return model.Successor is { } successor ? $"{state}, then {successor}" : state;
    }

    private static IEnumerable<(string Name, string Value)> Flags(ModelCapabilities takes) =>
    [
        ("functions", Yes(takes.Functions)), ("functions over chat", Yes(takes.FunctionsOverChat)), ("images", Yes(takes.Images)), ("files", Yes(takes.Files)),
        ("JSON Schema", Yes(takes.JsonSchema)), ("reasoning", Yes(takes.Reasoning)), ("reasons by default", Yes(takes.ReasonsByDefault)),
        ("efforts", takes.Efforts is { } efforts ? string.Join(" ", efforts).ToLowerInvariant() : "?"),
        ("temperature", Yes(takes.Temperature)), ("top_p", Yes(takes.TopP)), ("sampling without reasoning", Yes(takes.SamplingWithoutReasoning)),
        ("temperature with top_p", Yes(takes.TemperatureWithTopP)), ("stop", Yes(takes.Stop)), ("seed", Yes(takes.Seed)), ("prefix continuation", Yes(takes.PrefixContinuation)),
    ];

    private static string Yes(bool value) => value ? "yes" : "no";

    private static string Count(int? count) => count is { } number ? number.ToString("N0", CultureInfo.InvariantCulture) : "?";

    private static string Usd(decimal usd) => usd.ToString("0.00#####", CultureInfo.InvariantCulture);
}
