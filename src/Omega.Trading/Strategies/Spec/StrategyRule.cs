using System.Globalization;

namespace Omega.Trading.Strategies;

/// <summary>A rule of a strategy in words, for people to read.</summary>
/// <param name="Name">Which, such as <c>long enter</c> or <c>size</c>.</param>
/// <param name="Text">The expression, or the rule in words.</param>
public sealed record StrategyRule(string Name, string Text)
{
    internal static IEnumerable<StrategyRule> Of(SpecDocument document)
    {
        if (document.Timeframe is { } timeframe)
            yield return new("timeframe", $"{timeframe} only");
        foreach (var rule in Side("long", document.Long).Concat(Side("short", document.Short)))
            yield return rule;
        if (document.Size is { } size)
        {
            yield return new("size", size.Kind switch
            {
                EntrySizeKind.CashFraction => $"{Show(size.Value)} of the free cash",
                EntrySizeKind.Quote => $"{Show(size.Value)} of quote currency",
                _ => $"{Show(size.Value)} of the equity at risk until the stop",
            });
        }

        if (document.Parts is { } parts)
            yield return new("parts", $"{Show(parts.Count)}, one every {parts.Every.Value}");
        if (document.Hours is { } hours)
            yield return new("entries", hours.ToString());
    }

    private static IEnumerable<StrategyRule> Side(string side, SideRule? rule)
    {
        if (rule is null)
            yield break;
        yield return new($"{side} enter", rule.Enter.Value);
        if (rule.Exit is { } exit)
            yield return new($"{side} exit", exit.Value);
        if (rule.Stop is { } stop)
            yield return new($"{side} stop", Show(stop));
        if (rule.Target is { } target)
            yield return new($"{side} target", Show(target));
        if (rule.Trail is { } trail)
            yield return new($"{side} trail", Show(trail));
    }

    private static string Show(LevelRule level) => level switch
    {
        FractionLevel fraction => $"{Show(fraction.Fraction)} of the entry price away",
        AtrLevel atr => $"{Show(atr.Multiple)} × atr({(atr.Length is null ? "14" : Show(atr.Length))}) away",
        PriceLevel price => price.Price.Value,
        _ => "",
    };

    private static string Show(SpecValue value) => value switch
    {
        SpecNumber number => number.Value.ToString("R", CultureInfo.InvariantCulture),
        SpecText text => text.Value,
        _ => value.Shown,
    };
}
